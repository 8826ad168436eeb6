/** One question: the map, the answer, the night, and the reasons. */
import { useMemo, useState } from 'react'
import { numberIn, type Text, textIn } from '../contracts/languages.ts'
import { nameOf } from '../plans/entities.ts'
import type { Moment } from '../plans/playback.ts'
import { Answer as AnswerText } from '../plans/screens/answer.tsx'
import { Incident } from '../plans/screens/incident.tsx'
import { EstablishmentMap, Legend } from '../plans/screens/map.tsx'
import { PlanGraph } from '../plans/screens/plan.tsx'
import { nightsToShow, Player } from '../plans/screens/player.tsx'
import { Scroll } from '../plans/screens/scroll.tsx'
import { Sources } from '../plans/screens/sources.tsx'
import { useWords } from '../plans/screens/words.ts'
import { clockMeasure } from '../runs/model.ts'
import type { Opened } from './catalogue.ts'
import { Controls } from './controls.tsx'
import { Distribution } from './distribution.tsx'
import type { Shared } from './header.tsx'
import { useInquiry } from './inquiry.ts'
import { Options } from './options.tsx'
import type { Question } from './session.ts'
import { useTitle } from './title.ts'
import { Weakest } from './weakest.tsx'

interface RoomProps extends Shared {
  readonly opened: Opened
  readonly question: Question
  /** The establishment whose documents are played; undefined: what ships, which says itself where it is. */
  readonly place: Text | undefined
}

export function Room({ opened, question, place, link, onChange }: RoomProps) {
  const { t, language } = useWords()
  const { documents, model } = question.prepared
  const { study } = documents
  const inquiry = useInquiry(opened, question, link)
  const { answer, running, options, together, weak } = inquiry
  const [moment, setMoment] = useState<Moment>()
  const [highlight, setHighlight] = useState<string>()
  const { report } = answer ?? {}
  const summary = answer?.result.summary
  const matches = summary !== undefined && summary.model.hash === model.hash
  const clock = clockMeasure(model)
  const choices = useMemo(
    () => (matches && !running && summary !== undefined && summary.nights > 0 ? nightsToShow(summary, clock) : []),
    [matches, running, summary, clock],
  )
  const tasks = useMemo(() => new Map((report?.tasks ?? []).map((task) => [task.id, task])), [report])
  const best =
    options.length < Object.keys(study.options).length
      ? undefined
      : [...options].sort((a, b) => b.success.difference - a.success.difference)[0]
  const worst = weak?.effects.find((e) => e.success.high < 0)
  const title = textIn(study.title, language)
  useTitle(title)

  return (
    <main className="page">
      <section className="hero">
        <div className="stage">
          <Scroll className="map-scroll" label={t('map')}>
            <EstablishmentMap documents={documents} model={model} moment={moment} highlight={highlight} />
          </Scroll>
          <Legend documents={documents} />
        </div>
        <div className="side" id="answer">
          <p className="kicker">
            {textIn(place ?? documents.facility.title, language)}
            {study.question !== undefined && ` · ${title}`}
          </p>
          <h1 className="question">{study.question === undefined ? title : textIn(study.question, language)}</h1>
          <Controls link={link} onChange={onChange} inquiry={inquiry} />
          {running && <progress max={link.nights} value={report?.replications ?? 0} aria-label={t('running')} />}
          <AnswerText
            documents={documents}
            model={model}
            report={report}
            running={running}
            stopped={answer?.result.stopped === true}
            weakest={
              worst === undefined
                ? undefined
                : `${nameOf(worst.of, documents, language)} (${t('costs', { points: numberIn(100 * worst.success.difference, 1, language) })})`
            }
            best={
              best === undefined || best.success.low <= 0
                ? undefined
                : { title: textIn(study.options[best.id]!.title, language), probability: best.probability }
            }
          />
          {link.options.length > 0 && (
            <p>
              {t('optionOn', { what: link.options.map((id) => textIn(study.options[id]?.title ?? { en: id }, language)).join('; ') })}{' '}
              {together !== undefined &&
                t('pairedEffect', {
                  d: numberIn(100 * together.difference, 1, language),
                  low: numberIn(100 * together.low, 1, language),
                  high: numberIn(100 * together.high, 1, language),
                })}
            </p>
          )}
          {choices.length > 0 && <Player documents={documents} model={model} seed={link.seed} nights={choices} onMoment={setMoment} />}
        </div>
      </section>

      {opened.incident !== undefined && <Incident incident={opened.incident} documents={documents} report={report} />}

      {report !== undefined && summary !== undefined && matches && summary.nights > 0 && (
        <Distribution documents={documents} model={model} report={report} summary={summary} />
      )}
      <Options documents={documents} inquiry={inquiry} link={link} onChange={onChange} />
      <Weakest documents={documents} inquiry={inquiry} clock={model.measures[clock]!.name} onPoint={setHighlight} />

      {documents.plans.map((plan) => (
        <section key={plan.id} aria-labelledby={`plan-${plan.id}`}>
          <h2 id={`plan-${plan.id}`}>
            {t('plan')}: {textIn(plan.title, language)}
          </h2>
          {plan.purpose !== undefined && <p>{textIn(plan.purpose, language)}</p>}
          <p className="quiet">{t('planLead')}</p>
          <PlanGraph plan={plan} prefix={documents.plans.length > 1 ? `${plan.id}/` : ''} reports={tasks} states={moment?.tasks} />
        </section>
      ))}

      <Sources bundle={opened.bundle} documents={documents} incident={opened.incident} report={running ? undefined : report} />
    </main>
  )
}
