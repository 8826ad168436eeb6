/** What a change does to the chance of success: the same nights played with one version and with the other, in this browser. */
import { type Difference, pairedDifference } from '@aman/kernel/experiment/statistics'
import { useRef, useState } from 'react'
import { Fault } from '../../access/screens/form.tsx'
import { numberIn, textIn } from '../../contracts/languages.ts'
import type { StudyBundle } from '../../packs/bundle.ts'
import { ofHundred } from '../../plans/measures.ts'
import { Intervals } from '../../plans/screens/charts.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { Z } from '../../runs/stress.ts'
import { ask, Refused, useServer } from '../../web/server.ts'
import { COMPARED, questionOf, theSession } from '../../web/session.ts'
import type { DetailWire, RowWire } from '../schema.ts'

interface Found {
  readonly study: RowWire
  readonly success: Difference
  readonly before: number
  readonly after: number
  /** Not everything beside it is in force. */
  readonly drafts: boolean
}

interface Asked {
  readonly bundle: StudyBundle
  readonly uses: readonly { readonly document: string }[]
}

const SEED = 1

export function Effect({ document, before, after }: { readonly document: DetailWire; readonly before: number; readonly after: number }) {
  const { t, language } = useWords()
  const place = `/api/establishments/${document.establishment}`
  const { data: documents } = useServer<RowWire[]>(`${place}/documents`)
  const [found, setFound] = useState<readonly Found[]>()
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<Refused>()
  const stop = useRef<AbortController>(undefined)

  const play = async () => {
    const controller = new AbortController()
    stop.current = controller
    setRunning(true)
    setError(undefined)
    setFound(undefined)
    const results: Found[] = []
    try {
      for (const study of documents?.filter((row) => row.kind === 'study') ?? []) {
        const bundleWith = (version: number, choice: 'approved' | 'latest') =>
          ask<Asked>('POST', `${place}/bundle`, { study: study.name, choice, instead: { document: document.id, version } })
        // Beside what is in force; where not all of it is yet, beside the newest.
        let choice = 'approved' as 'approved' | 'latest'
        const later = await bundleWith(after, choice).catch((fault: Refused) => {
          if (fault.problem.code !== 'not-found' && fault.problem.status !== 422) throw fault
          choice = 'latest'
          return bundleWith(after, choice)
        })
        if (!later.uses.some((used) => used.document === document.id)) continue
        const questions = [questionOf((await bundleWith(before, choice)).bundle, []), questionOf(later.bundle, [])]
        if (questions.includes(undefined) || controller.signal.aborted) continue
        const [first, second] = [
          await theSession().compare(questions[0]!, SEED, controller.signal),
          await theSession().compare(questions[1]!, SEED, controller.signal),
        ]
        if (controller.signal.aborted) break
        const success = pairedDifference(first.summary.success, second.summary.success, Z)
        results.push({ study, success, before: first.probability, after: second.probability, drafts: choice === 'latest' })
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
  return (
    <section>
      <h2>{t('effectTitle')}</h2>
      <p className="quiet">{t('effectLead', { n: numberIn(COMPARED, 0, language), a: before, b: after })}</p>
      {error !== undefined && (
        <>
          <p>{t('cannotPlay')}</p>
          <Fault error={error} />
        </>
      )}
      {found !== undefined && found.length > 0 && (
        <Intervals
          rows={found.map(({ study, success, before: was, after: is }) => ({
            key: study.id,
            title: textIn(study.title, language),
            difference: success.difference,
            low: success.low,
            high: success.high,
            more: [ofHundred(was, language), ofHundred(is, language)],
          }))}
          first={t('kind-study')}
          heads={[t('effectBefore', { n: before }), t('effectBefore', { n: after })]}
          caption={t('effectTitle')}
        />
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
