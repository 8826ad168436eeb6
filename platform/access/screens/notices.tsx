/** What somebody must know before anything else: emergencies that a monitor has not read, a role that is about to end. */
import { useDates, useWords } from '../../plans/screens/words.ts'
import { ask, useDeed, useServer } from '../../web/server.ts'
import type { Word } from '../../words/dictionary.ts'
import type { EmergencyWire, OneselfWire } from '../schema.ts'
import { Fault } from './form.tsx'
import { shownName } from './happenings.ts'

/** Milliseconds before its end from which a role is said to end: thirty days. Assumption of ours; owner: the service. */
const SOON = 30 * 86_400_000
const HOUR = 3_600_000

export function Notices({ oneself }: { readonly oneself: OneselfWire }) {
  const { t } = useWords()
  const { day } = useDates()
  const left = (expiresAt: string) => Date.parse(expiresAt) - Date.now()
  // A role in an emergency ends within the hour, and whoever has it knows. What goes on by another grant does not end.
  const soon = oneself.grants.filter(
    ({ role, establishment, expiresAt }) =>
      !oneself.demonstration &&
      left(expiresAt) > HOUR &&
      !oneself.grants.some((g) => g.role === role && g.establishment === establishment && left(g.expiresAt) > SOON),
  )
  return (
    <>
      {oneself.grants.some(({ role }) => role === 'monitor') && <Emergencies />}
      {soon.map(({ id, role, expiresAt }) => (
        <p key={id} className="notice">
          {t(role === 'administrator' ? 'administratorEnds' : 'roleEnds', { role: t(`role-${role}` as Word), day: day(expiresAt) })}
        </p>
      ))}
    </>
  )
}

function Emergencies() {
  const { t } = useWords()
  const { moment } = useDates()
  const { data } = useServer<EmergencyWire[]>('/api/access/emergencies')
  const read = useDeed((id: string) => ask('POST', `/api/access/emergencies/${id}`, {}), ['access'])
  if (data === undefined || data.length === 0) return null
  return (
    <section role="alert" className="fault">
      <h2>{t('emergencies')}</h2>
      <ul className="plain">
        {data.map(({ id, name, role, establishment, reason, at }) => (
          <li key={id} className="row">
            <span>
              {moment(at)} · {establishment} · {shownName(name ?? '–', t)}: {t(`role-${role}` as Word)}. {reason}
            </span>
            <button type="button" disabled={read.isPending} onClick={() => read.mutate(id)}>
              {t('emergencyRead')}
            </button>
          </li>
        ))}
      </ul>
      <Fault error={read.error} />
    </section>
  )
}
