/** The page: a question, its answer, and the reasons. */
import { type Difference, pairedDifference } from '@aman/kernel/experiment/statistics'
import type { EntityRef } from '@aman/kernel/experiment/variants'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { textIn } from '../contracts/languages.ts'
import { nameOf } from '../plans/entities.ts'
import { measureTitle, numberIn, timeIn } from '../plans/measures.ts'
import type { Moment } from '../plans/playback.ts'
import { Answer as AnswerText, ofHundred } from '../plans/screens/answer.tsx'
import { Histogram, type IntervalRow, Intervals } from '../plans/screens/charts.tsx'
import { Incident } from '../plans/screens/incident.tsx'
import { EstablishmentMap, Legend } from '../plans/screens/map.tsx'
import { Measures } from '../plans/screens/measures.tsx'
import { PlanGraph } from '../plans/screens/plan.tsx'
import { nightsToShow, Player } from '../plans/screens/player.tsx'
import { Scroll } from '../plans/screens/scroll.tsx'
import { Sources } from '../plans/screens/sources.tsx'
import { LanguageContext, useWords } from '../plans/screens/words.ts'
import type { Effects } from '../runs/effects.ts'
import { clockMeasure } from '../runs/model.ts'
import { type StressResult, Z } from '../runs/stress.ts'
import { type CatalogueEntry, fetchCatalogue, type Opened, openStudy } from './catalogue.ts'
import { type Question as Link, readLink, writeLink } from './link.ts'
import { type Answer, COMPARED, type Question, questionOf, Session } from './session.ts'

const FIRST: Link = { study: 'cell-fire', options: [], seed: 1, nights: 10_000, language: 'en', run: false }

export function App() {
  const [link, setLink] = useState<Link>(() =>
    readLink(location.hash, { ...FIRST, language: navigator.language.startsWith('ru') ? 'ru' : 'en' }),
  )
  const [catalogue, setCatalogue] = useState<readonly CatalogueEntry[]>([])
  const [failed, setFailed] = useState<string>()
  useEffect(() => {
    fetchCatalogue().then(setCatalogue, (error: Error) => setFailed(error.message))
    const follow = () => setLink((old) => readLink(location.hash, old))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  useEffect(() => {
    document.documentElement.lang = link.language
  }, [link.language])
  const change = useCallback((part: Partial<Link>) => {
    setLink((old) => {
      const next = { ...old, run: false, ...part }
      history.replaceState(null, '', writeLink(next, false))
      return next
    })
  }, [])
  const entry = catalogue.find((e) => e.id === link.study) ?? catalogue.find((e) => e.id === FIRST.study)
  useEffect(() => {
    // A link to a question that is not here opens the first one, and the address says so.
    if (entry !== undefined && entry.id !== link.study) change({ study: entry.id, options: [] })
  }, [entry, link.study, change])
  return (
    <LanguageContext value={link.language}>
      <Header catalogue={catalogue} entry={entry} link={link} onChange={change} />
      {failed !== undefined && <p role="alert">{failed}</p>}
      {entry !== undefined && <Study key={entry.id} entry={entry} link={link} onChange={change} />}
    </LanguageContext>
  )
}

interface Shared {
  readonly link: Link
  readonly onChange: (part: Partial<Link>) => void
}

function Header({
  catalogue,
  entry,
  link,
  onChange,
}: Shared & { readonly catalogue: readonly CatalogueEntry[]; readonly entry: CatalogueEntry | undefined }) {
  const { t, language } = useWords()
  const [copied, setCopied] = useState(false)
  const groups = (['studies', 'cases', 'reference'] as const).filter((g) => catalogue.some((e) => e.group === g))
  return (
    <header className="top">
      <a className="skip" href="#answer">
        {t('skip')}
      </a>
      <h1>
        {t('product')} <span>{t('tagline')}</span>
      </h1>
      <label className="study">
        <span className="visually-hidden">{t('study')}</span>
        <select value={entry?.id ?? ''} onChange={(event) => onChange({ study: event.target.value, options: [] })}>
          {groups.map((group) => (
            <optgroup key={group} label={t(group)}>
              {catalogue
                .filter((e) => e.group === group)
                .map((e) => (
                  <option key={e.id} value={e.id}>
                    {textIn(e.title, language)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <div className="row tools">
        <button
          type="button"
          className="quiet"
          onClick={async () => {
            const address = new URL(writeLink(link, true), location.href).href
            await navigator.clipboard.writeText(address).then(
              () => setCopied(true),
              () => prompt(t('link'), address),
            )
            setTimeout(() => setCopied(false), 2500)
          }}
        >
          {copied ? t('linkCopied') : t('link')}
        </button>
        <button type="button" className="quiet" onClick={() => print()}>
          {t('print')}
        </button>
        <button
          type="button"
          className="quiet"
          lang={language === 'en' ? 'ru' : 'en'}
          onClick={() => onChange({ language: language === 'en' ? 'ru' : 'en' })}
        >
          {t('language')}
        </button>
      </div>
    </header>
  )
}

let session: Session | undefined

function Study({ entry, link, onChange }: Shared & { readonly entry: CatalogueEntry }) {
  const { t, language } = useWords()
  const [opened, setOpened] = useState<Opened>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    openStudy(entry).then(setOpened, (error: Error) => setProblem(error.message))
  }, [entry])
  const optionKey = link.options.join(',')
  const question = useMemo(() => {
    if (opened === undefined) return undefined
    // A link may name options that the study no longer has.
    const known = Object.keys((opened.bundle.study as { options?: object }).options ?? {})
    return questionOf(
      opened.bundle,
      optionKey.split(',').filter((id) => known.includes(id)),
    )
  }, [opened, optionKey])
  if (problem !== undefined) return <p role="alert">{problem}</p>
  if (opened === undefined) return <main className="page" aria-busy="true" />
  if (question === undefined) return <p role="alert">{t('cannotRead')}</p>
  return <Room key={`${entry.id} ${language}`} opened={opened} question={question} link={link} onChange={onChange} />
}

interface OptionResult {
  readonly id: string
  readonly success: Difference
  readonly clock: Difference
  readonly probability: number
}

function Room({ opened, question, link, onChange }: Shared & { readonly opened: Opened; readonly question: Question }) {
  const { t, language } = useWords()
  const { documents, model } = question.prepared
  const { study } = documents
  const [answer, setAnswer] = useState<Answer>()
  const [running, setRunning] = useState(false)
  const [options, setOptions] = useState<readonly OptionResult[]>([])
  const [together, setTogether] = useState<Difference>()
  const [weak, setWeak] = useState<Effects<EntityRef>>()
  const [looking, setLooking] = useState<readonly [number, number]>()
  const [moment, setMoment] = useState<Moment>()
  const [measure, setMeasure] = useState<string>()
  const [highlight, setHighlight] = useState<string>()
  const stop = useRef<AbortController>(undefined)
  const plain = useMemo(() => questionOf(opened.bundle, []), [opened])!
  const optionIds = useMemo(() => Object.keys(study.options), [study])

  const run = useCallback(async () => {
    session ??= new Session()
    stop.current?.abort()
    const controller = new AbortController()
    stop.current = controller
    const { signal } = controller
    setRunning(true)
    setWeak(undefined)
    setTogether(undefined)
    setLooking(undefined)
    performance.mark('aman-run')
    const done = await session.run(question, link.seed, link.nights, signal, (part) => {
      performance.mark('aman-answer')
      setAnswer(part)
    })
    if (stop.current !== controller) return
    setAnswer(done)
    setRunning(false)
    performance.mark('aman-done')
    if (signal.aborted) return
    const base = await session.compare(plain, link.seed, signal)
    if (question.case.options.length > 0) {
      const now = await session.compare(question, link.seed, signal)
      if (!signal.aborted) setTogether(pairedDifference(base.summary.success, now.summary.success, Z))
    }
    const found: OptionResult[] = []
    for (const id of optionIds) {
      const other = questionOf(opened.bundle, [id])
      if (other === undefined || signal.aborted) break
      const result = await session.compare(other, link.seed, signal)
      if (result.stopped) break
      found.push(optionResult(id, base, result))
      setOptions([...found])
    }
    if (signal.aborted) return
    const effects = await session.weaknesses(question, done, link.seed, signal, (n, all) => setLooking([n, all]))
    if (!signal.aborted) setWeak(effects)
    setLooking(undefined)
  }, [question, link.seed, link.nights, plain, opened, optionIds])

  // Workers get ready as soon as a question is open; a link or a switched option runs at once.
  const answered = useRef(link.run)
  useEffect(() => {
    session ??= new Session()
    const controller = new AbortController()
    if (answered.current) void run()
    else void session.open(question, controller.signal)
    return () => controller.abort()
  }, [question, run])
  useEffect(() => () => stop.current?.abort(), [])

  const { report } = answer ?? {}
  const summary = answer?.result.summary
  const matches = summary !== undefined && summary.model.hash === model.hash
  const clock = clockMeasure(model)
  const choices = useMemo(
    () => (matches && !running && summary !== undefined && summary.nights > 0 ? nightsToShow(summary, clock) : []),
    [matches, running, summary, clock],
  )
  const criteria = model.success.map((s) => model.measures[s.measure]!.name)
  const shown = measure ?? criteria.find((name) => !isSure(name)) ?? criteria[0] ?? model.measures[clock]?.name
  const shownIndex = model.measures.findIndex((m) => m.name === shown)
  const criterion = model.success.find((s) => s.measure === shownIndex)
  const tasks = useMemo(() => new Map((report?.tasks ?? []).map((task) => [task.id, task])), [report])
  const best = options.length < optionIds.length ? undefined : [...options].sort((a, b) => b.success.difference - a.success.difference)[0]
  // A blocked door is rarer than somebody missing: it is named only where nobody and nothing else stands out.
  const costly = weak?.effects.filter((e) => e.success.high < 0) ?? []
  const worst = costly.find((e) => e.of.kind !== 'door') ?? costly[0]

  function isSure(name: string): boolean {
    const m = report?.measures[name]
    return m !== undefined && m.p05 === m.p95
  }

  const optionRows: IntervalRow[] = optionIds.map((id) => {
    const option = study.options[id]!
    const result = options.find((o) => o.id === id)
    const on = link.options.includes(id)
    const { price } = option
    const per =
      price === undefined || price.amount === 0 || result === undefined
        ? ''
        : `${numberIn((100 * result.success.difference) / (price.amount / 1000), 2, language)} ${t('perThousand', { currency: price.currency })}`
    return {
      key: id,
      title: textIn(option.title, language),
      open: result === undefined,
      difference: result?.success.difference ?? 0,
      low: result?.success.low ?? 0,
      high: result?.success.high ?? 0,
      control: (
        <label className="option">
          <input
            type="checkbox"
            checked={on}
            onChange={() => {
              answered.current = true
              onChange({ options: on ? link.options.filter((o) => o !== id) : [...link.options, id] })
            }}
          />{' '}
          {textIn(option.title, language)}
        </label>
      ),
      more: [
        result === undefined ? '…' : ofHundred(result.probability, language),
        price === undefined ? '' : price.amount === 0 ? '0' : `${numberIn(price.amount, 0, language)} ${price.currency} ${t(price.per)}`,
        per,
      ],
    }
  })

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
          <h2 className="question">{textIn(study.question ?? study.title, language)}</h2>
          <div className="row">
            {running ? (
              <button type="button" className="primary" onClick={() => stop.current?.abort()}>
                {t('stop')}
              </button>
            ) : (
              <button
                type="button"
                className="primary"
                onClick={() => {
                  answered.current = true
                  void run()
                }}
              >
                {answer === undefined ? t('run', { n: numberIn(link.nights, 0, language) }) : t('again')}
              </button>
            )}
            <label>
              {t('nights')}{' '}
              <select value={link.nights} onChange={(event) => onChange({ nights: Number(event.target.value) })}>
                {[...new Set([1000, 10_000, 100_000, link.nights])]
                  .sort((a, b) => a - b)
                  .map((n) => (
                    <option key={n} value={n}>
                      {numberIn(n, 0, language)}
                    </option>
                  ))}
              </select>
            </label>
            <label title={t('seedHelp')}>
              {t('seed')}{' '}
              <input
                key={link.seed}
                className="seed"
                type="number"
                min={-2147483648}
                max={2147483647}
                step={1}
                required
                defaultValue={link.seed}
                onBlur={(event) => {
                  const { value, validity } = event.target
                  if (!validity.valid) event.target.reportValidity()
                  else if (Number(value) !== link.seed) onChange({ seed: Number(value) })
                }}
              />
            </label>
          </div>
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

      {report !== undefined && summary !== undefined && matches && summary.nights > 0 && shownIndex >= 0 && (
        <section aria-labelledby="distribution-title">
          <h2 id="distribution-title">{t('distribution')}</h2>
          <div className="columns">
            <div>
              <label>
                {t('measure')}{' '}
                <select value={shown} onChange={(event) => setMeasure(event.target.value)}>
                  {model.measures
                    .filter((m) => (report.measures[m.name]?.reached ?? 0) > 0)
                    .map((m) => (
                      <option key={m.name} value={m.name}>
                        {measureTitle(m.name, documents, language)}
                      </option>
                    ))}
                </select>
              </label>
              <Histogram
                values={summary.column(shownIndex)}
                unit={model.measures[shownIndex]!.unit}
                label={measureTitle(shown!, documents, language)}
                line={
                  criterion === undefined
                    ? undefined
                    : {
                        value: criterion.high < Number.POSITIVE_INFINITY ? criterion.high : criterion.low,
                        atMost: criterion.high < Number.POSITIVE_INFINITY,
                      }
                }
              />
            </div>
            <Measures documents={documents} report={report} />
          </div>
        </section>
      )}

      <section aria-labelledby="options-title">
        <h2 id="options-title">{t('options')}</h2>
        {optionIds.length === 0 ? (
          <p className="quiet">{t('optionsNone')}</p>
        ) : (
          <>
            <p className="quiet">{t('optionsLead', { n: numberIn(COMPARED, 0, language) })}</p>
            <Intervals
              rows={[...optionRows].sort((a, b) => b.difference - a.difference)}
              first={t('option')}
              heads={[t('chance'), t('price'), t('perThousand', { currency: '' }).trim()]}
              caption={t('options')}
            />
          </>
        )}
      </section>

      {(weak !== undefined || looking !== undefined) && (
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
                  zone: zoneOf(e.of),
                }))}
                first={t('without')}
                heads={[`${t('clock')}: ${measureTitle(model.measures[clock]!.name, documents, language)}`]}
                caption={t('weakest')}
                onPoint={(r) => setHighlight(r?.zone)}
              />
              <p className="caution">{t('caution')}</p>
            </>
          )}
        </section>
      )}

      {documents.plans.map((plan) => (
        <section key={plan.id} aria-label={t('plan')}>
          <h2>
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

  function zoneOf({ kind, id }: EntityRef): string | undefined {
    const { facility, roster } = documents
    if (kind === 'door') return facility.doors[id]?.between[0]
    if (kind === 'sensor') return facility.sensors[id]?.covers[0]
    if (kind !== 'officer') return undefined
    const post = Object.keys(roster.posts).find((p) => id.startsWith(`${p}-`))
    const place = post === undefined ? undefined : roster.posts[post]!.post
    return place === undefined ? undefined : (facility.roles[place] ?? place)
  }
}

function optionResult(id: string, base: StressResult, result: StressResult): OptionResult {
  const clockOf = (r: StressResult) => r.summary.column(clockMeasure(r.summary.model))
  return {
    id,
    success: pairedDifference(base.summary.success, result.summary.success, Z),
    clock: pairedDifference(clockOf(base), clockOf(result), Z),
    probability: result.probability,
  }
}
