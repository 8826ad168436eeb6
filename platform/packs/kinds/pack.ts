/** What a folder of documents says about itself. */
import { z } from 'zod'
import * as s from '../shapes.ts'

export const pack = z.strictObject({
  kind: z.literal('pack'),
  id: s.id,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: s.text,
  summary: s.text.optional(),
  /** Who hands it out, as they call themselves; a signature proves the key, a trust list the name. */
  publisher: z.string().min(1).max(200).optional(),
  licence: z.string().min(1),
})

export type PackDocument = z.infer<typeof pack>
