/** A thread that reads documents. */
import { answering } from '../aside/answering.ts'
import type { Kind } from '../packs/kinds/kinds.ts'
import { checkText } from '../packs/text.ts'

export interface ToRead {
  readonly text: string
  readonly file: string
}

/** As JSON: it comes over many times as fast as an object does. */
export interface Read {
  readonly kind: Kind
  readonly json: string
}

answering(({ text, file }: ToRead): Read => {
  const { kind, raw } = checkText(text, file)
  return { kind, json: JSON.stringify(raw) }
})
