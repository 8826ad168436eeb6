/** A thread that sets reports. */
import { answering } from '../aside/answering.ts'
import type { Format, Report } from './content.ts'
import { write } from './writing.ts'

export interface ToWrite {
  readonly report: Report
  readonly format: Format
}

answering(({ report, format }: ToWrite) => write(report, format))
