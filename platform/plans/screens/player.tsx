/** One night on the map: choose it, play it, read what happens. */
import type { Summary } from '@aman/kernel/experiment/summary'
import type { Model } from '@aman/kernel/world/model'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { StudyDocuments } from '../../packs/scene.ts'
import { recordNight } from '../../runs/record.ts'
import { type Moment, Playback } from '../playback.ts'
import { story } from '../story.ts'
import { doorPlaces } from './map.tsx'
import './player.css'
import { useWords } from './words.ts'

const SPEEDS = [1, 5, 15, 30, 60, 120, 600, 3600] as const
const DAY = 86_400

export interface NightChoice {
  readonly kind: 'typical' | 'good' | 'bad'
  readonly number: number
}

/** Nights that stand for many: in the middle of all, among the best, and among those that fail (or take longest). */
export function nightsToShow(summary: Summary, clock: number): NightChoice[] {
  const times = summary.column(clock)
  const order = Array.from(times.keys()).sort(
    (a, b) => Number(summary.success[b]) - Number(summary.success[a]) || times[a]! - times[b]! || a - b,
  )
  const at = (share: number) => order[Math.min(order.length - 1, Math.floor(share * order.length))]!
  return [
    { kind: 'typical', number: at(0.5) },
    { kind: 'good', number: at(0.08) },
    { kind: 'bad', number: at(0.96) },
  ]
}

interface Props {
  readonly documents: StudyDocuments
  readonly model: Model
  readonly seed: number
  readonly nights: readonly NightChoice[]
  /** How things stand at the moment shown; undefined when no night is being shown. */
  readonly onMoment: (moment: Moment | undefined) => void
}

export function Player({ documents, model, seed, nights, onMoment }: Props) {
  const { t, language, words } = useWords()
  const [chosen, choose] = useState<NightChoice>()
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<number>()
  const [time, setTime] = useState(0)
  const [every, setEvery] = useState(false)
  const list = useRef<HTMLOListElement>(null)
  const night = useMemo(() => (chosen === undefined ? undefined : recordNight(model, seed, chosen.number)), [chosen, model, seed])
  const playback = useMemo(
    () => (night === undefined ? undefined : new Playback(model, night, doorPlaces(documents, model))),
    [night, model, documents],
  )
  const lines = useMemo(
    () => (night === undefined ? [] : story(night.lines, model, documents, language, words).map((line, key) => ({ ...line, key }))),
    [night, model, documents, language, words],
  )
  const end = playback === undefined ? 0 : Math.max(60, playback.end)
  const pace = speed ?? SPEEDS.find((s) => end / s <= 150) ?? 3600

  // Another question or another set of options: that night is no more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the model is what the effect waits for
  useEffect(() => {
    choose(undefined)
    setPlaying(false)
  }, [model, seed])
  useEffect(() => {
    onMoment(playback === undefined ? undefined : { ...playback.at(time) })
  }, [playback, time, onMoment])
  useEffect(() => {
    if (!playing || playback === undefined) return
    let before = performance.now()
    let frame = requestAnimationFrame(function tick(now) {
      const passed = ((now - before) / 1000) * pace
      before = now
      setTime((old) => {
        const next = Math.min(end, old + passed)
        if (next >= end) setPlaying(false)
        return next
      })
      frame = requestAnimationFrame(tick)
    })
    return () => cancelAnimationFrame(frame)
  }, [playing, playback, pace, end])
  const shown = lines.filter((line) => line.time <= time && (every || line.weight !== 'detail'))
  const last = shown.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a line has been added
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [last])

  const clock = (seconds: number) => {
    const second = (night?.onset ?? 0) + seconds
    const of = second - Math.floor(second / DAY) * DAY
    const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
    const text = `${two(of / 3600)}:${two((of % 3600) / 60)}:${two(of % 60)}`
    const days = Math.floor(second / DAY) - Math.floor((night?.onset ?? 0) / DAY)
    return end > 2 * DAY ? `+${days} ${text.slice(0, 5)}` : text
  }

  return (
    <section aria-labelledby="play-title" className="player">
      <h2 id="play-title">{t('play')}</h2>
      <div className="row">
        {nights.map((n) => (
          <button
            key={n.kind}
            type="button"
            className={chosen?.number === n.number && chosen.kind === n.kind ? 'chosen' : ''}
            aria-pressed={chosen?.kind === n.kind}
            onClick={() => {
              choose(n)
              setTime(0)
              setSpeed(undefined)
              setPlaying(true)
            }}
          >
            {t(n.kind)}
          </button>
        ))}
        {chosen !== undefined && (
          <button type="button" className="quiet" onClick={() => choose(undefined)}>
            {t('close')}
          </button>
        )}
      </div>
      {chosen === undefined ? (
        <p className="quiet">{t('playLead')}</p>
      ) : (
        <>
          <div className="row transport">
            <button
              type="button"
              className="primary"
              onClick={() => {
                if (time >= end) setTime(0)
                setPlaying(!playing)
              }}
            >
              {playing ? t('pause') : t('start')}
            </button>
            <input
              type="range"
              min={0}
              max={end}
              step={end / 2000}
              value={time}
              aria-label={t('time')}
              aria-valuetext={clock(time)}
              onChange={(event) => setTime(Number(event.target.value))}
            />
            <output className="clock">{clock(time)}</output>
            <label>
              {t('speed')}{' '}
              <select value={pace} onChange={(event) => setSpeed(Number(event.target.value))}>
                {SPEEDS.map((s) => (
                  <option key={s} value={s}>
                    {s}×
                  </option>
                ))}
              </select>
            </label>
          </div>
          <div className="row">
            <h3>
              {t('log')} · {t('nightNumber', { n: chosen.number })}
            </h3>
            <label>
              <input type="checkbox" checked={every} onChange={(event) => setEvery(event.target.checked)} /> {t('logAll')}
            </label>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
          <ol className="story" ref={list} tabIndex={0} aria-label={t('log')}>
            {shown.slice(-400).map((line) => (
              <li key={line.key} className={line.weight}>
                <time>{clock(line.time)}</time> {line.text}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
