/** The readiness board: which plans hold tonight, for each establishment that one may see. */
import './board.css'
import { useState } from 'react'
import type { OneselfWire } from '../../access/schema.ts'
import { Fault } from '../../access/screens/form.tsx'
import { Notices } from '../../access/screens/notices.tsx'
import { numberIn, textIn, weekdayIn } from '../../contracts/languages.ts'
import { ofHundred } from '../../plans/measures.ts'
import { useDates, useWords } from '../../plans/screens/words.ts'
import { ReportLinks } from '../../reports/screens/links.tsx'
import { ask, useDeed, useServer } from '../../web/server.ts'
import type { BoardWire, StandingPlanWire, StandingWire } from '../schema.ts'
import { Hours } from './hours.tsx'

/** An approved plan is to be looked at again after so many milliseconds: a year. Assumption of ours; owner: planning desk. */
const REVIEW = 365 * 86_400_000

type Verdict = 'holds' | 'unsure' | 'fails' | 'untested' | 'open'

/** By the interval, not by its middle: what is not known well enough is said to be so. */
function verdictOf({ tested, standard }: StandingWire): Verdict {
  const [newest] = tested
  if (newest === undefined) return 'untested'
  if (standard === null) return 'open'
  return newest.low >= standard ? 'holds' : newest.high < standard ? 'fails' : 'unsure'
}

export function BoardRoom({ oneself }: { readonly oneself: OneselfWire }) {
  const { t } = useWords()
  const { data, error, isPending } = useServer<BoardWire[]>('/api/board')
  return (
    <main className="page" tabIndex={-1} aria-busy={isPending}>
      <h1 className="visually-hidden">{t('board')}</h1>
      <Fault error={error} />
      <Notices oneself={oneself} />
      {data !== undefined && data.length > 1 && <Everywhere boards={data} oneself={oneself} />}
      {data?.map((board) => (
        <Establishment key={board.establishment} board={board} oneself={oneself} />
      ))}
    </main>
  )
}

/** For headquarters: how many establishments hold, and one test of all. */
function Everywhere({ boards, oneself }: { readonly boards: readonly BoardWire[]; readonly oneself: OneselfWire }) {
  const { t } = useWords()
  const begin = useDeed((hourly: boolean) => ask<{ begun: string[] }>('POST', '/api/campaigns', { hourly }), ['board'])
  // Of whom nothing has been tested yet, nothing is said.
  const all = boards.map((board) => board.studies.map(verdictOf)).filter((verdicts) => verdicts.some((verdict) => verdict !== 'untested'))
  const holding = all.filter((verdicts) => verdicts.every((verdict) => verdict === 'holds' || verdict === 'open')).length
  const acts = boards.filter((b) =>
    oneself.grants.some((g) => g.role !== 'monitor' && (g.establishment ?? b.establishment) === b.establishment),
  )
  return (
    <section className="everywhere">
      <p className="headline">{t('everywhere', { k: holding, n: all.length })}</p>
      <Fault error={begin.error} />
      {acts.length > 1 && (
        <div className="row">
          <button type="button" disabled={begin.isPending} onClick={() => begin.mutate(false)}>
            {t('testEverywhere')}
          </button>
          {begin.data !== undefined && <span role="status">{t('testsBegun', { n: begin.data.begun.length })}</span>}
        </div>
      )}
    </section>
  )
}

function Establishment({ board, oneself }: { readonly board: BoardWire; readonly oneself: OneselfWire }) {
  const { t, language } = useWords()
  const { day } = useDates()
  const verdicts = board.studies.map(verdictOf)
  const judged = verdicts.filter((v) => v === 'holds' || v === 'unsure' || v === 'fails').length
  const holding = verdicts.filter((v) => v === 'holds').length
  const untested = verdicts.filter((v) => v === 'untested').length
  const acts = oneself.grants.some((g) => g.role !== 'monitor' && (g.establishment === null || g.establishment === board.establishment))
  const parts = { k: holding, n: judged }
  return (
    <section className="board" aria-labelledby={`board-${board.establishment}`}>
      <h2 className="place" id={`board-${board.establishment}`}>
        {textIn(board.title, language)}
      </h2>
      {board.studies.length === 0 ? (
        <p>
          {t('noStudies')} <a href={`#/documents/${board.establishment}`}>{t('beginDocuments')}</a>
        </p>
      ) : (
        <>
          <p className="headline">
            {judged > 0 && t(holding === judged ? 'holdAll' : holding === 0 ? 'holdNone' : 'holdSome', parts)}{' '}
            {untested > 0 && t('untested', { n: untested })}
          </p>
          {board.alerts.map((alert) => (
            <p key={alert.study} role="alert" className="fault">
              {t('alertDropped', {
                what: textIn(board.studies.find((one) => one.study === alert.study)?.title ?? { en: alert.study }, language),
                a: ofHundred(alert.from, language),
                b: ofHundred(alert.to, language),
                p: numberIn(100 * alert.standard, 0, language),
                day: day(alert.at),
              })}
              {alert.hour !== null && ` ${t('alertHour', { when: hourIn(alert.hour, language) })}`}
            </p>
          ))}
          {board.inReview > 0 && (
            <p>
              <a href={`#/documents/${board.establishment}`}>{t('waitingForReview', { n: board.inReview })}</a>
            </p>
          )}
          <p className="quiet">{t('standard')}</p>
          <table className="standings" aria-label={t('board')}>
            <thead>
              <tr>
                <th scope="col">{t('kind-study')}</th>
                <th scope="col">{t('chanceHead')}</th>
                <th scope="col">{t('trend')}</th>
                <th scope="col">{t('weakestLink')}</th>
                <th scope="col">{t('lastTested')}</th>
              </tr>
            </thead>
            <tbody>
              {board.studies.map((standing, k) => (
                <Standing
                  key={standing.study}
                  standing={standing}
                  verdict={verdicts[k]!}
                  runs={board.campaign?.state === 'running'}
                  establishment={board.establishment}
                />
              ))}
            </tbody>
          </table>
          {board.unasked.length > 0 && (
            <section className="unasked">
              <h3>{t('unasked')}</h3>
              <p className="quiet">
                {t('unaskedHelp')} <a href={`#/documents/${board.establishment}`}>{t('beginQuestion')}</a>
              </p>
              <ul className="plain">
                {board.unasked.map((plan) => (
                  <li key={plan.document}>
                    <Plan plan={plan} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Campaign board={board} acts={acts} />
        </>
      )}
    </section>
  )
}

/** An hour of the week, from Monday. */
const hourIn = (hour: number, language: string) => `${weekdayIn(Math.floor(hour / 24), language)} ${String(hour % 24).padStart(2, '0')}:00`

const SIGN: Readonly<Record<Verdict, string>> = { holds: '●', unsure: '◐', fails: '○', untested: '·', open: '·' }

function Standing({
  standing,
  verdict,
  runs,
  establishment,
}: {
  readonly standing: StandingWire
  readonly verdict: Verdict
  /** A test is under way here; otherwise what has not been tested waits for approval. */
  readonly runs: boolean
  readonly establishment: string
}) {
  const { t, language } = useWords()
  const { moment } = useDates()
  const [hours, setHours] = useState(false)
  const [newest, before] = standing.tested
  const weakest = standing.weakest?.[0]
  const title = textIn(standing.title, language)
  const word = verdict === 'untested' ? t(runs ? 'testing' : 'noneInForce') : verdict === 'open' ? t('noStandard') : t(verdict)
  const moved =
    newest === undefined || before === undefined
      ? undefined
      : newest.high < before.low
        ? 'dropped'
        : newest.low > before.high
          ? 'rose'
          : undefined
  return (
    <>
      <tr className="standing">
        <th scope="row" className="what">
          <a href={`#study=${standing.study}&at=${establishment}`}>{title}</a>
          {standing.answers.map((plan) => (
            <Plan key={plan.document} plan={plan} />
          ))}
        </th>
        <td className={`verdict ${verdict}`}>
          {newest === undefined ? (
            <span className="quiet">{word}</span>
          ) : (
            <>
              <strong>{ofHundred(newest.probability, language)}</strong>{' '}
              <span className="quiet">
                ({ofHundred(newest.low, language)}–{ofHundred(newest.high, language)})
              </span>
              <span className="word">
                <span aria-hidden="true">{SIGN[verdict]}</span> {word}
                {standing.standard !== null && (
                  <span className="quiet"> · {t('standardOf', { p: numberIn(100 * standing.standard, 0, language) })}</span>
                )}
              </span>
              {standing.tonight !== null && (
                <span className={standing.standard !== null && standing.tonight.low < standing.standard ? 'word' : 'word quiet'}>
                  {t('tonight', {
                    p: `${ofHundred(standing.tonight.probability, language)} (${ofHundred(standing.tonight.low, language)}–${ofHundred(standing.tonight.high, language)})`,
                    when: hourIn(standing.tonight.hour, language),
                  })}
                </span>
              )}
              {moved !== undefined && (
                <span className={`moved ${moved}`}>{moved === 'dropped' ? `↓ ${t('dropped')}` : `↑ ${t('rose')}`}</span>
              )}
            </>
          )}
        </td>
        <td className="trend">
          <Trend standing={standing} />
        </td>
        <td>
          {weakest === undefined ? (
            <span className="quiet">{standing.weakest === null ? '' : t('none')}</span>
          ) : (
            <>
              {textIn(weakest.title, language)}
              <span className="quiet"> {t('costs', { points: numberIn(100 * weakest.difference, 0, language) })}</span>
            </>
          )}
        </td>
        <td>
          {newest !== undefined && <time dateTime={newest.at}>{moment(newest.at)}</time>}
          {standing.stale && newest !== undefined && <span className="quiet since">{t('changedSince')}</span>}
          <button type="button" className="quiet flush" aria-expanded={hours} onClick={() => setHours(!hours)}>
            {t('hours')}
          </button>
          {newest !== undefined && !standing.stale && (
            <ReportLinks path={`/api/establishments/${establishment}/studies/${standing.study}/report`} of={title} />
          )}
        </td>
      </tr>
      {hours && (
        <tr>
          <td colSpan={5}>
            <Hours establishment={establishment} study={standing.study} title={title} standard={standing.standard} />
          </td>
        </tr>
      )}
    </>
  )
}

/** A plan: since when it is in force, and when it was last rehearsed. */
function Plan({ plan }: { readonly plan: StandingPlanWire }) {
  const { t, language } = useWords()
  const { day, date } = useDates()
  return (
    <span className="quiet plan">
      <a href={`#/document/${plan.document}`}>{textIn(plan.title, language)}</a>
      {plan.approvedAt !== null && ` · ${t('approvedOn').toLowerCase()} ${day(plan.approvedAt)}`}
      {plan.approvedAt !== null && Date.now() - Date.parse(plan.approvedAt) > REVIEW && <strong> · {t('overdue')}</strong>}
      <br />
      {t('rehearsed').toLowerCase()}:{' '}
      {plan.rehearsed === null
        ? t('notYetRehearsed')
        : [
            date(plan.rehearsed.on),
            t(`form-${plan.rehearsed.form}`),
            ...(plan.rehearsed.current ? [] : [t('earlierVersion', { n: plan.rehearsed.version })]),
          ].join(' · ')}
    </span>
  )
}

const WIDTH = 132
const HEIGHT = 36

/** Results of the last tests as intervals, the newest on the right, over the line of the standard. */
function Trend({ standing }: { readonly standing: StandingWire }) {
  const { t, language } = useWords()
  const tests = [...standing.tested].reverse()
  if (tests.length === 0) return null
  const shares = tests.map((test) => test.probability)
  const label =
    tests.length === 1
      ? t('oneTest')
      : t('ofTests', { n: tests.length, a: ofHundred(Math.min(...shares), language), b: ofHundred(Math.max(...shares), language) })
  const low = Math.max(0, Math.min(...tests.map((x) => x.low), standing.standard ?? 1) - 0.05)
  const high = Math.min(1, Math.max(...tests.map((x) => x.high), standing.standard ?? 0) + 0.05)
  const y = (share: number) => HEIGHT - 3 - ((share - low) / (high - low || 1)) * (HEIGHT - 6)
  const x = (k: number) => (tests.length === 1 ? WIDTH / 2 : 6 + (k * (WIDTH - 12)) / (tests.length - 1))
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      {standing.standard !== null && <line className="standard" x1="0" x2={WIDTH} y1={y(standing.standard)} y2={y(standing.standard)} />}
      <polyline points={tests.map((test, k) => `${x(k)},${y(test.probability)}`).join(' ')} />
      {tests.map((test, k) => (
        <g key={test.at}>
          <line x1={x(k)} x2={x(k)} y1={y(test.low)} y2={y(test.high)} />
          <circle cx={x(k)} cy={y(test.probability)} r={k === tests.length - 1 ? 3 : 2} />
        </g>
      ))}
    </svg>
  )
}

function Campaign({ board, acts }: { readonly board: BoardWire; readonly acts: boolean }) {
  const { t } = useWords()
  const { campaign, establishment } = board
  const begin = useDeed((hourly: boolean) => ask('POST', `/api/establishments/${establishment}/campaigns`, { hourly }), ['board'])
  const steer = useDeed((state: string) => ask('POST', `/api/campaigns/${campaign!.id}/state`, { state }), ['board'])
  const open = campaign !== null && (campaign.state === 'running' || campaign.state === 'paused')
  const parts = { done: campaign?.done ?? 0, total: campaign?.total ?? 0 }
  return (
    <div className="campaign">
      {open && (
        <>
          <p role="status" className="quiet">
            {t(campaign.state === 'running' ? 'campaignRuns' : 'campaignPaused', parts)}
          </p>
          <progress max={campaign.total} value={campaign.done + campaign.failed} aria-label={t('campaignRuns', parts)} />
        </>
      )}
      {campaign !== null && campaign.failed > 0 && <p>{t('campaignFailed', { n: campaign.failed })}</p>}
      <Fault error={begin.error ?? steer.error} />
      {acts && (
        <div className="row">
          {open ? (
            <>
              <button type="button" onClick={() => steer.mutate(campaign.state === 'running' ? 'paused' : 'running')}>
                {t(campaign.state === 'running' ? 'pauseTests' : 'goOn')}
              </button>
              <button type="button" onClick={() => steer.mutate('cancelled')}>
                {t('cancel')}
              </button>
            </>
          ) : (
            <>
              <button type="button" onClick={() => begin.mutate(false)}>
                {t('testNow')}
              </button>
              <button type="button" onClick={() => begin.mutate(true)}>
                {t('testHours')}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  )
}
