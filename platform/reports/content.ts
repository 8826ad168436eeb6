/** What a report says, whatever it is written with. */
import type { Language } from '../contracts/languages.ts'

export interface Report {
  readonly language: Language
  readonly title: string
  /** Beneath the title: of what, as of when. */
  readonly lines: readonly string[]
  /** Seconds since 1970 that the file carries as its date, so that the same content is the same file. */
  readonly moment: number
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  /** The answer, larger than the rest. */
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | Table
  /** A drawing; `says` is for whoever does not see it. */
  | { readonly kind: 'figure'; readonly svg: string; readonly says: string; readonly caption: string }

/** What a reader sees, and the number for whoever reckons with it; the unit "%" makes a share of one. */
export type Cell = string | { readonly says: string; readonly value: number; readonly unit: string }

export const says = (cell: Cell) => (typeof cell === 'string' ? cell : cell.says)

/** A number as a cell; text alone where there is none. */
export const amount = (says: string, value: number | null, unit: string): Cell => (value === null ? says : { says, value, unit })

export interface Table {
  readonly kind: 'table'
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Parts of the width; equal if absent. */
  readonly widths?: readonly number[]
}

export const FORMATS = ['pdf', 'docx', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]

export const TYPES: Readonly<Record<Format, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
