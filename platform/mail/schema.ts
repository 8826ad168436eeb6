/** Shapes of what is asked of /api/mail and answered. */
import { z } from 'zod'

export const Address = z.email().max(200)
export const Mail = z.object({
  /** Whether this server sends letters at all. */
  sends: z.boolean(),
  /** One’s own. */
  address: z.string().nullable(),
})
export type MailWire = z.input<typeof Mail>
