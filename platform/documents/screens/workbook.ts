/** A workbook of Excel, opened in the browser. Unpacked here, within limits and without threads of its own, which this page does not allow. */

/** Bytes of a file, and of what is in it. */
const LARGEST = 2_000_000
const LARGEST_UNPACKED = 40_000_000

export interface Sheet {
  readonly name: string
  /** Lines of cells, as if they had been pasted. */
  readonly text: string
}

/** Throws if it is no workbook, or too large. */
export async function readWorkbook(file: Blob): Promise<readonly Sheet[]> {
  if (file.size > LARGEST) throw new Error('too large')
  const [{ unzipSync, zipSync }, { default: read }] = await Promise.all([import('fflate'), import('read-excel-file/browser')])
  let unpacked = 0
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()), {
    filter: ({ originalSize, name }) => {
      unpacked += originalSize
      if (unpacked > LARGEST_UNPACKED) throw new Error('too large once unpacked')
      return /\.(xml|rels)$/.test(name)
    },
  })
  // What is not packed is read without a thread.
  const plain = zipSync(files, { level: 0 })
  const sheets = await read(new Blob([plain.slice().buffer]))
  return sheets.map(({ sheet, data }) => ({
    name: sheet,
    text: data.map((row) => row.map((cell) => written(cell).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n'),
  }))
}

function written(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date
    ? cell
        .toISOString()
        .replace(/T00:00:00\.000Z$/, '')
        .replace(/\.000Z$/, '')
    : String(cell)
}
