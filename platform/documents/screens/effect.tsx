/** What a change does to the chance of success: the same nights played with one version and with the other, in this browser. Of a first version,
 * the chance itself. */
import { type Difference, pairedDifference } from '@aman/kernel/experiment/statistics'
import { useRef, useState } from 'react'
import { Fault } from '../../access/screens/form.tsx'
import { numberIn, textIn } from '../../contracts/languages.ts'
import { type StudyBundle, within } from '../../packs/bundle.ts'
import type { Raw } from '../../packs/parse.ts'
import { ofHundred } from '../../plans/measures.ts'
import { Intervals } from '../../plans/screens/charts.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { type StressResult, Z } from '../../runs/stress.ts'
import { ask, Refused, useServer } from '../../web/server.ts'
import { COMPARED, questionOf, theSession } from '../../web/session.ts'
import type { DetailWire, RowWire } from '../schema.ts'

interface Found {
  readonly study: RowWire
  readonly before: StressResult | undefined
  readonly after: StressResult
  /** Not everything beside it is in force. */
  readonly drafts: boolean
}

interface Asked {
  readonly bundle: StudyBundle
  readonly uses: readonly { readonly document: string }[]
}

interface EffectProps {
  readonly document: DetailWire
  readonly before?: number
  readonly after: number
  /** What version `after` will say: it is being written, from version `before`. */
  readonly written?: Raw
}

const SEED = 1

export function Effect({ document, before, after, written }: EffectProps) {
  const { t, language } = useWords()
  const place = `/api/establishments/${document.establishment}`
  const { data: documents } = useServer<RowWire[]>(`${place}/documents`)
  const [found, setFound] = useState<readonly Found[]>()
  /** What was played; what is being written goes on. */
  const [played, setPlayed] = useState<Raw>()
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<Refused>()
  const stop = useRef<AbortController>(undefined)

  /** What a question is made of with one version and with the other; undefined if it does not use the document. */
  const bundlesOf = async (study: string) => {
    const bundleWith = (version: number, choice: 'approved' | 'latest') =>
      ask<Asked>('POST', `${place}/bundle`, { study, choice, instead: { document: document.id, version } })
    const last = written === undefined ? after : (before ?? document.latest)
    // Beside what is in force; where not all of it is yet, beside the newest.
    let choice = 'approved' as 'approved' | 'latest'
    const found = await bundleWith(last, choice).catch((fault: Refused) => {
      if (fault.problem.code !== 'not-found' && fault.problem.status !== 422) throw fault
      choice = 'latest'
      return bundleWith(last, choice)
    })
    if (!found.uses.some((used) => used.document === document.id)) return undefined
    const drafts = choice === 'latest'
    if (written === undefined)
      return { drafts, later: found.bundle, earlier: before === undefined ? undefined : (await bundleWith(before, choice)).bundle }
    const later = within(found.bundle, document.kind, document.name, written)
    return later === undefined ? undefined : { drafts, later, earlier: found.bundle }
  }

  const play = async () => {
    const controller = new AbortController()
    stop.current = controller
    setRunning(true)
    setError(undefined)
    setFound(undefined)
    setPlayed(written)
    const results: Found[] = []
    const playOf = async (bundle: StudyBundle) => {
      const question = questionOf(bundle, [])
      return question === undefined ? undefined : theSession().compare(question, SEED, controller.signal)
    }
    try {
      for (const study of documents?.filter((row) => row.kind === 'study') ?? []) {
        const bundles = await bundlesOf(study.name)
        if (bundles === undefined || controller.signal.aborted) continue
        const earlier = bundles.earlier && (await playOf(bundles.earlier))
        const later = await playOf(bundles.later)
        if (controller.signal.aborted) break
        if (later === undefined || (bundles.earlier !== undefined && earlier === undefined)) continue
        results.push({ study, before: earlier, after: later, drafts: bundles.drafts })
        setFound([...results])
      }
      setFound(results)
    } catch (fault) {
      if (fault instanceof Refused) setError(fault)
      else throw fault
    } finally {
      setRunning(false)
    }
  }
  const n = numberIn(COMPARED, 0, language)
  return (
    <section>
      <h2>{t(before === undefined ? 'chanceHead' : 'effectTitle')}</h2>
      <p className="quiet">{before === undefined ? t('effectAlone', { n, a: after }) : t('effectLead', { n, a: before, b: after })}</p>
      {error !== undefined && (
        <>
          <p>{t('cannotPlay')}</p>
          <Fault error={error} />
        </>
      )}
      {found !== undefined && found.length > 0 && (
        <>
          {before === undefined ? <Chances found={found} /> : <Differences found={found} before={before} after={after} />}
          {played !== written && <p role="status">{t('writtenSince')}</p>}
        </>
      )}
      {found?.some(({ drafts }) => drafts) && <p className="quiet">{t('effectDrafts')}</p>}
      {found?.length === 0 && !running && error === undefined && <p>{t('effectNone')}</p>}
      {running ? (
        <button type="button" className="play" onClick={() => stop.current?.abort()}>
          {t('stop')}
        </button>
      ) : (
        <button type="button" className="play" disabled={documents === undefined} onClick={() => void play()}>
          {t('effectRun')}
        </button>
      )}
    </section>
  )
}

/** Of every question, by how much one version does better than the other. */
function Differences({ found, before, after }: { readonly found: readonly Found[]; readonly before: number; readonly after: number }) {
  const { t, language } = useWords()
  return (
    <Intervals
      rows={found.flatMap(({ study, before: was, after: is }) => {
        if (was === undefined) return []
        const { difference, low, high }: Difference = pairedDifference(was.summary.success, is.summary.success, Z)
        const more = [ofHundred(was.probability, language), ofHundred(is.probability, language)]
        return [{ key: study.id, title: textIn(study.title, language), difference, low, high, more }]
      })}
      first={t('kind-study')}
      heads={[t('effectBefore', { n: before }), t('effectBefore', { n: after })]}
      caption={t('effectTitle')}
    />
  )
}

/** Of every question, the chance of success. */
function Chances({ found }: { readonly found: readonly Found[] }) {
  const { t, language } = useWords()
  return (
    <table className="intervals">
      <thead>
        <tr>
          <th scope="col">{t('kind-study')}</th>
          <th scope="col">{t('chanceHead')}</th>
          <th scope="col">{t('interval')}</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ study, after: { probability, low, high } }) => (
          <tr key={study.id}>
            <th scope="row">{textIn(study.title, language)}</th>
            <td>{ofHundred(probability, language)}</td>
            <td>
              {ofHundred(low, language)}–{ofHundred(high, language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
