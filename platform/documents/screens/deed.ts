/** What one does with a document, sent or kept for later. */
import { sendOrKeep } from '../../web/outbox.ts'
import { ask, useDeed } from '../../web/server.ts'
import type { DeedWire, DetailWire } from '../schema.ts'

/** A UUID that names a request or a comment, so that a repeated one counts once. */
export const fresh = () => crypto.randomUUID()

export function useDocumentDeed(document: DetailWire) {
  return useDeed(
    (deed: DeedWire): Promise<unknown> => {
      const path = `/api/documents/${document.id}/deeds`
      const body = { expected: document.position, request: fresh(), deed }
      // Decisions are taken with the newest before one's eyes.
      if (deed.do === 'approve' || deed.do === 'return' || deed.do === 'retire') return ask('POST', path, body)
      return sendOrKeep({ what: deed.do, document: document.id, title: document.title, path, body })
    },
    ['documents', document.id],
    ['establishments'],
    ['board'],
  )
}
