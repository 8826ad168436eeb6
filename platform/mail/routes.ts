/** /api/mail: one's own address for notices. */
import { z } from 'zod'
import { type Api, asked } from '../access/api.ts'
import type { Database } from '../database/database.ts'
import { Address, Mail } from './schema.ts'

export function mailRoutes(app: Api, { database, sends }: { readonly database: Database; readonly sends: boolean }): void {
  app.get('/api/mail', { schema: { tags: ['mail'], summary: 'Where notices are sent to', response: { 200: Mail } } }, (request) =>
    asked(database, request, async (client) => {
      const { rows } = await client.query<{ address: string }>('select address from mail.addresses')
      return { sends, address: rows[0]?.address ?? null }
    }),
  )

  app.put(
    '/api/mail',
    {
      schema: {
        tags: ['mail'],
        summary: 'Give an address for notices, or take it back',
        body: z.object({ address: Address.nullable() }),
        response: { 200: z.object({}) },
      },
    },
    async (request) => {
      await asked(database, request, (client) => client.query('select mail.give($1, $2)', [request.body.address, sends]))
      return {}
    },
  )
}
