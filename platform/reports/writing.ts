/** A report in the form that somebody wants. */
import { type Format, type Report, TYPES } from './content.ts'

/** Each writer is fetched when it is first wanted. */
export async function write(report: Report, format: Format): Promise<Buffer> {
  switch (format) {
    case 'pdf':
      return (await import('./pdf.ts')).writePdf(report)
    case 'docx':
      return (await import('./word.ts')).writeWord(report)
    case 'xlsx':
      return (await import('./excel.ts')).writeExcel(report)
  }
}

export interface Headers {
  readonly 'content-type': string
  readonly 'content-disposition': string
}

/** Of a file called `name`, which is an id of ours. */
export function headersOf(name: string, format: Format): Headers {
  return { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}.${format}"` }
}
