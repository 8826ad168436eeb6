/** The page to which every problem points: all codes, what each says, what to do. */
import { ERRORS } from '../contracts/errors.ts'

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

export function errorsPage(): string {
  const entries = Object.entries(ERRORS).map(
    ([code, { says, advice }]) => `<dt id="${code}"><code>${code}</code> ${escaped(says)}</dt><dd>${escaped(advice)}</dd>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Aman: what can be wrong</title><style>body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif;color-scheme:light dark}
dt{margin-top:1rem;font-weight:600}dd{margin:0}:target{outline:2px solid}</style></head>
<body><main><h1>What can be wrong</h1><dl>${entries.join('')}</dl></main></body></html>`
}
