/** A report as PDF/UA-1, set by Typst. The report goes in as data: what people have written is never markup. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Refusal } from '../contracts/errors.ts'
import { type Report, says } from './content.ts'

const TEMPLATE = `
#let report = json(bytes(sys.inputs.report))
#let quiet = rgb("#55616a")
#set document(title: report.title, author: "Aman")
#set page("a4", margin: (x: 2cm, top: 2cm, bottom: 2.2cm), footer: context [
  #set text(8pt, fill: quiet)
  #report.title #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(font: "Noto Sans", size: 10pt, lang: report.lang, script: report.script)
#set par(leading: 0.62em, spacing: 0.9em)
#show heading: set block(above: 1.6em, below: 0.8em, sticky: true)
#show heading.where(level: 1): set text(17pt)
#show heading.where(level: 2): set text(12pt)
#show figure.caption: set text(8.5pt, fill: quiet)
#show table: set text(8.5pt)
#set table(stroke: (x: none, y: 0.5pt + rgb("#dde2e5")), inset: (x: 4pt, y: 4pt), align: left + top)
#show table.cell.where(y: 0): set text(fill: quiet)
= #report.title
#text(fill: quiet, report.lines.join(linebreak()))
#v(0.6em)
#for block in report.blocks {
  if block.kind == "heading" { heading(level: 2, block.text) }
  else if block.kind == "answer" { par(text(13pt, block.text)) }
  else if block.kind == "text" { par(block.text) }
  else if block.kind == "list" { list(..block.items.map(item => [#item])) }
  else if block.kind == "figure" {
    figure(image(bytes(block.svg), format: "svg", alt: block.says, width: 100%), caption: block.caption, supplement: none, numbering: none)
  } else if block.kind == "table" {
    table(
      columns: block.widths.map(w => w * 1fr),
      table.header(..block.head.map(cell => [#cell])),
      ..block.rows.flatten().map(cell => [#cell]),
    )
  }
}
`

/** What lies outside of the scripts that we set: Latin, Cyrillic, Greek, signs. */
const UNKNOWN = /[^\u0020-\u024f\u02b0-\u036f\u0370-\u052f\u1e00-\u1eff\u2010-\u205e\u20a0-\u20bf\u2100-\u214f\u2190-\u2193\u2212]/gu

interface Compiler {
  pdf(what: { mainFileContent: string; inputs: Record<string, string> }, how: { pdfStandard: string; creationTimestamp: number }): Buffer
  evictCache(age: number): void
}

let compiler: Compiler | undefined

/** Throws a {@link Refusal} where this machine has no typesetter. */
function typesetter(): Compiler {
  if (compiler !== undefined) return compiler
  const require = createRequire(import.meta.url)
  try {
    // Compiled for each kind of machine, and absent where it has none.
    const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler') as { NodeCompiler: { create(how: object): Compiler } }
    const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans/package.json'))
    compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [join(fonts, '400Regular'), join(fonts, '700Bold')] }] })
    return compiler
  } catch {
    throw new Refusal('typesetter-missing')
  }
}

export function writePdf(report: Report): Buffer {
  const [lang, script = 'auto'] = report.language.split('-')
  const data = {
    ...report,
    lang,
    script: script === 'auto' ? 'latn' : script.toLowerCase(),
    blocks: report.blocks.map((block) =>
      block.kind === 'table'
        ? { ...block, widths: block.widths ?? block.head.map(() => 1), rows: block.rows.map((row) => row.map(says)) }
        : block,
    ),
  }
  const typst = typesetter()
  const set = (text: string) =>
    typst.pdf({ mainFileContent: TEMPLATE, inputs: { report: text } }, { pdfStandard: 'ua-1', creationTimestamp: report.moment })
  const written = JSON.stringify(data)
  let pdf: Buffer
  try {
    pdf = set(written)
  } catch {
    // A letter that our typeface does not have has no place in an accessible document: it becomes a question mark.
    pdf = set(written.replace(UNKNOWN, '?'))
  }
  // What it remembers of this report is of no use for the next one.
  typst.evictCache(0)
  return pdf
}
