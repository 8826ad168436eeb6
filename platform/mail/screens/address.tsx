/** One's own address for notices, where the server sends any. */
import { Fault, Field, Form } from '../../access/screens/form.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { ask, useDeed, useServer } from '../../web/server.ts'
import type { MailWire } from '../schema.ts'

export function MailAddress() {
  const { t } = useWords()
  const { data, error } = useServer<MailWire>('/api/mail')
  const give = useDeed((address: string | null) => ask('PUT', '/api/mail', { address }), ['mail'], ['access'])
  if (data?.sends !== true) return <Fault error={error} />
  return (
    <section>
      <h2>{t('mailTitle')}</h2>
      <p className="quiet">{t('mailLead')}</p>
      {data.address === null ? (
        <Form button={t('add')} busy={give.isPending} error={give.error} onSubmit={(values) => give.mutate(values.address!)}>
          <Field name="address" label={t('mailAddress')} type="email" autoComplete="email" />
        </Form>
      ) : (
        <p>
          {data.address}{' '}
          <button type="button" disabled={give.isPending} onClick={() => give.mutate(null)}>
            {t('mailStop')}
          </button>
        </p>
      )}
    </section>
  )
}
