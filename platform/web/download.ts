/** Files for people to keep. */
import { Refused } from './server.ts'

/** Gives a file to the person. */
export function download(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Fetches a file from the server and gives it to the person. Throws {@link Refused}. */
export async function fetchFile(path: string): Promise<void> {
  const response = await fetch(path).catch(() => {
    throw new Refused({ title: '', status: 0, code: 'no-connection', detail: '', instance: '' })
  })
  if (!response.ok) throw new Refused(await response.json())
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'report'
  download(name, await response.blob(), response.headers.get('content-type') ?? '')
}
