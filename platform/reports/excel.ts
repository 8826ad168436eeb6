/** The tables of a report as sheets of a workbook. */
import writeXlsxFile from 'write-excel-file/node'
import type { Cell, Report, Table } from './content.ts'

/** What a name of a sheet may not have, and how long it may be. */
const FORBIDDEN = /[[\]:*?/\\']/g
const LONGEST = 31

/** A number stays a number, with its unit in how it is shown; whatever begins like a formula is text. */
const cellOf = (cell: Cell, bold = false) =>
  typeof cell === 'string'
    ? { value: cell, type: String, wrap: true, ...(bold ? { fontWeight: 'bold' as const } : {}) }
    : { value: cell.value, type: Number, format: cell.unit === '%' ? '0.0%' : cell.unit === '' ? '0.0' : `0.0 "${cell.unit}"` }

export async function writeExcel(report: Report): Promise<Buffer> {
  const tables = report.blocks.filter((block): block is Table => block.kind === 'table')
  const said = report.blocks.flatMap((block) =>
    block.kind === 'answer' || block.kind === 'text' ? [block.text] : block.kind === 'list' ? block.items : [],
  )
  const first = [report.title, ...report.lines, '', ...said].map((line, k) => [cellOf(line, k === 0)])
  const used = new Set<string>()
  const named = (title: string) => {
    const plain = title.replace(FORBIDDEN, ' ').trim().slice(0, LONGEST) || '–'
    let name = plain
    for (let k = 2; used.has(name.toLowerCase()); k++) name = `${plain.slice(0, LONGEST - 4)} (${k})`
    used.add(name.toLowerCase())
    return name
  }
  const sheets = [
    { data: first, sheet: named(report.title), columns: [{ width: 100 }] },
    ...tables.map((table) => ({
      data: [table.head.map((head) => cellOf(head, true)), ...table.rows.map((row) => row.map((value) => cellOf(value)))],
      sheet: named(table.title),
      columns: (table.widths ?? table.head.map(() => 2)).map((part) => ({ width: Math.round(part * 12) })),
      stickyRowsCount: 1,
    })),
  ]
  return writeXlsxFile(sheets as Parameters<typeof writeXlsxFile>[0]).toBuffer()
}
