/** The weakest links: what the absence of each person, key set, door, sensor and machine costs. */
import type { EntityRef } from '@aman/kernel/experiment/variants'
import type { StudyDocuments } from '../packs/scene.ts'
import { nameOf } from '../plans/entities.ts'
import { measureTitle, timeIn } from '../plans/measures.ts'
import { Intervals } from '../plans/screens/charts.tsx'
import { useWords } from '../plans/screens/words.ts'
import type { Inquiry } from './inquiry.ts'

interface Props {
  readonly documents: StudyDocuments
  readonly inquiry: Inquiry
  /** Measure of time that is shown beside the chance. */
  readonly clock: string
  /** Is told of the zone of the row that is pointed at. */
  readonly onPoint: (zone: string | undefined) => void
}

export function Weakest({ documents, inquiry: { weak, looking }, clock, onPoint }: Props) {
  const { t, language } = useWords()
  if (weak === undefined && looking === undefined) return null
  return (
    <section aria-labelledby="weak-title">
      <h2 id="weak-title">{t('weakest')}</h2>
      {weak === undefined ? (
        <p className="quiet">{t('looking', { done: looking![0], all: looking![1] })}</p>
      ) : weak.effects.length === 0 ? (
        <p>{t('weakestNone')}</p>
      ) : (
        <>
          <p className="quiet">{t('weakestLead', { n: weak.screened })}</p>
          <Intervals
            rows={weak.effects.map((e) => ({
              key: `${e.of.kind} ${e.of.id}`,
              title: nameOf(e.of, documents, language),
              difference: e.success.difference,
              low: e.success.low,
              high: e.success.high,
              more: [Number.isFinite(e.clock.difference) ? timeIn(e.clock.difference, language) : '–'],
              zone: zoneOf(e.of, documents),
            }))}
            first={t('without')}
            heads={[`${t('clock')}: ${measureTitle(clock, documents, language)}`]}
            caption={t('weakest')}
            onPoint={(r) => onPoint(r?.zone)}
          />
          <p className="caution">{t('caution')}</p>
        </>
      )}
    </section>
  )
}

function zoneOf({ kind, id }: EntityRef, documents: StudyDocuments): string | undefined {
  const { facility, roster } = documents
  if (kind === 'door') return facility.doors[id]?.between[0]
  if (kind === 'sensor') return facility.sensors[id]?.covers[0]
  if (kind !== 'officer') return undefined
  const post = Object.keys(roster.posts).find((p) => id.startsWith(`${p}-`))
  const place = post === undefined ? undefined : roster.posts[post]!.post
  return place === undefined ? undefined : (facility.roles[place] ?? place)
}
