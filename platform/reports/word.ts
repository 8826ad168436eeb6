/** A report for Word: headings, tables and drawings that one can go on editing. */
import {
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { type Block, type Cell, type Report, says } from './content.ts'

/** Twentieths of a point: the width between the margins of an A4 page. */
const WIDTH = 9638
const MARGIN = 1134
/** Pixels of the same width, for drawings. */
const PIXELS = 642
const QUIET = '55616A'
/** One transparent pixel, for programs that draw no SVG. */
const EMPTY = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

/** The library numbers every drawing 1; programs that go by the number want each to have its own. */
function numbered(file: Buffer): Buffer {
  const parts = unzipSync(file)
  let next = 0
  const text = strFromU8(parts['word/document.xml']!).replace(/<wp:docPr id="\d+"/g, () => `<wp:docPr id="${++next}"`)
  return Buffer.from(zipSync({ ...parts, 'word/document.xml': strToU8(text) }, { mtime: BEGINNING }))
}

/** The earliest day that a packed file can carry: the same content is the same file. */
const BEGINNING = '1980-01-02'

export async function writeWord(report: Report): Promise<Buffer> {
  const document = new Document({
    title: report.title,
    creator: 'Aman',
    styles: {
      default: {
        document: { run: { font: 'Noto Sans', size: 20, language: { value: report.language } } },
        heading1: { run: { size: 34, bold: true }, paragraph: { spacing: { after: 120 } } },
        heading2: { run: { size: 24, bold: true }, paragraph: { spacing: { before: 320, after: 120 }, keepNext: true } },
      },
    },
    sections: [
      {
        properties: {
          page: { size: { width: 11_906, height: 16_838 }, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                children: [
                  new TextRun({
                    children: [`${report.title}  `, PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
                    size: 16,
                    color: QUIET,
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ text: report.title, heading: HeadingLevel.HEADING_1 }),
          ...report.lines.map((line) => new Paragraph({ children: [new TextRun({ text: line, color: QUIET })] })),
          ...report.blocks.flatMap(childrenOf),
        ],
      },
    ],
  })
  return numbered(await Packer.toBuffer(document))
}

function childrenOf(block: Block): FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ text: block.text, heading: HeadingLevel.HEADING_2 })]
    case 'answer':
      return [new Paragraph({ spacing: { before: 200, after: 160 }, children: [new TextRun({ text: block.text, size: 26 })] })]
    case 'text':
      return [new Paragraph({ text: block.text, spacing: { after: 120 } })]
    case 'list':
      return block.items.map((text) => new Paragraph({ text, bullet: { level: 0 } }))
    case 'figure': {
      const [wide, tall] = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(block.svg)!.slice(1).map(Number) as [number, number]
      return [
        new Paragraph({
          keepNext: true,
          children: [
            new ImageRun({
              type: 'svg',
              data: Buffer.from(block.svg, 'utf8'),
              fallback: { type: 'png', data: EMPTY },
              transformation: { width: PIXELS, height: Math.round((PIXELS * tall) / wide) },
              altText: { name: block.caption, title: block.caption, description: block.says },
            }),
          ],
        }),
        new Paragraph({ spacing: { after: 160 }, children: [new TextRun({ text: block.caption, size: 17, color: QUIET })] }),
      ]
    }
    case 'table': {
      const parts = block.widths ?? block.head.map(() => 1)
      const all = parts.reduce((sum, part) => sum + part, 0)
      const widths = parts.map((part) => Math.round((WIDTH * part) / all))
      const line = { style: BorderStyle.SINGLE, size: 4, color: 'DDE2E5' }
      const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
      const row = (cells: readonly Cell[], head: boolean) =>
        new TableRow({
          tableHeader: head,
          cantSplit: true,
          children: cells.map(
            (cell, k) =>
              new TableCell({
                width: { size: widths[k]!, type: WidthType.DXA },
                margins: { top: 60, bottom: 60, left: 80, right: 80 },
                children: [new Paragraph({ children: [new TextRun({ text: says(cell), size: 17, ...(head ? { color: QUIET } : {}) })] })],
              }),
          ),
        })
      return [
        new Table({
          columnWidths: widths,
          width: { size: WIDTH, type: WidthType.DXA },
          borders: { top: line, bottom: line, left: none, right: none, insideHorizontal: line, insideVertical: none },
          rows: [row(block.head, true), ...block.rows.map((cells) => row(cells, false))],
        }),
        new Paragraph({ text: '' }),
      ]
    }
  }
}
