/** Bars and intervals, drawn plainly; each stands beside a table that says the same. */
import './charts.css'
import { numberIn, valueIn } from '../measures.ts'
import { useWords } from './words.ts'

const WIDTH = 640
const HEIGHT = 190
const LEFT = 8
const BOTTOM = 26
const BINS = 28

interface HistogramProps {
  readonly values: Float64Array
  readonly unit: string
  readonly label: string
  /** Line of success: values beyond it fail. */
  readonly line?: { readonly value: number; readonly atMost: boolean } | undefined
}

interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Bins of equal width over nearly all finite values, from a round number to a round number. */
export function binsOf(values: Float64Array, line?: number): Bin[] {
  const finite = values.filter((v) => v < Number.POSITIVE_INFINITY).sort()
  if (finite.length === 0) return []
  const low = Math.min(finite[0]!, line ?? Number.POSITIVE_INFINITY)
  const high = Math.max(finite[Math.min(finite.length - 1, Math.floor(0.995 * finite.length))]!, line ?? Number.NEGATIVE_INFINITY)
  if (high === low) return [{ from: low, to: low, count: finite.length }]
  const whole = finite.every(Number.isInteger) && high - low <= BINS * 3
  const step = whole ? Math.max(1, Math.ceil((high - low + 1) / BINS)) : (high - low) / BINS
  const count = whole ? Math.ceil((high - low + 1) / step) : BINS
  const bins = Array.from({ length: count }, (_, i) => ({ from: low + i * step, to: low + (i + 1) * step, count: 0 }))
  for (const v of finite) bins[Math.min(count - 1, Math.max(0, Math.floor((v - low) / step)))]!.count++
  return bins
}

export function Histogram({ values, unit, label, line }: HistogramProps) {
  const { t, language } = useWords()
  const bins = binsOf(values, line?.value)
  const never = values.filter((v) => v === Number.POSITIVE_INFINITY).length
  if (bins.length === 0) return <p>{t('neverReached', { p: 100 })}</p>
  const most = Math.max(...bins.map((b) => b.count))
  const low = bins[0]!.from
  const high = bins.at(-1)!.to
  const x = (v: number) => LEFT + ((v - low) / (high - low || 1)) * (WIDTH - 2 * LEFT)
  const sorted = values.slice().sort()
  const median = sorted[Math.floor(sorted.length / 2)]!
  const fails = (b: Bin) => line !== undefined && (line.atMost ? b.from >= line.value : b.to <= line.value)
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((p) => low + p * (high - low))
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {bins.map((b) => {
          const tall = ((HEIGHT - BOTTOM - 14) * b.count) / most
          const left = high > low ? x(b.from) : WIDTH / 2 - 20
          const wide = high > low ? Math.max(1, x(b.to) - x(b.from) - 1.5) : 40
          return (
            <rect key={b.from} className={fails(b) ? 'bar beyond' : 'bar'} x={left} y={HEIGHT - BOTTOM - tall} width={wide} height={tall}>
              <title>{`${valueIn(b.from, unit, language)} – ${valueIn(b.to, unit, language)}: ${numberIn((100 * b.count) / values.length, 1, language)} %`}</title>
            </rect>
          )
        })}
        <line className="axis" x1={LEFT} x2={WIDTH - LEFT} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
        {high > low &&
          ticks.map((v, i) => (
            <text key={v} className="tick" x={x(v)} y={HEIGHT - 8} textAnchor={i === 0 ? 'start' : i === 4 ? 'end' : 'middle'}>
              {valueIn(v, unit, language)}
            </text>
          ))}
        {line !== undefined && high > low && (
          <g>
            <line className="success-line" x1={x(line.value)} x2={x(line.value)} y1={4} y2={HEIGHT - BOTTOM} />
            <text
              className="line-label"
              x={x(line.value) + (x(line.value) > WIDTH * 0.6 ? -6 : 6)}
              y={14}
              textAnchor={x(line.value) > WIDTH * 0.6 ? 'end' : 'start'}
            >
              {t('line', { value: valueIn(line.value, unit, language) })}
            </text>
          </g>
        )}
      </svg>
      <figcaption>
        {label}; {t('median', { value: valueIn(median, unit, language) })}
        {never > 0 && `; ${t('neverReached', { p: numberIn((100 * never) / values.length, 1, language) })}`}
      </figcaption>
      <details>
        <summary>{t('table')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('from')}</th>
              <th scope="col">{t('to')}</th>
              <th scope="col">{t('share')}</th>
            </tr>
          </thead>
          <tbody>
            {bins.map((b) => (
              <tr key={b.from}>
                <td>{valueIn(b.from, unit, language)}</td>
                <td>{valueIn(b.to, unit, language)}</td>
                <td>{numberIn((100 * b.count) / values.length, 1, language)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

export interface IntervalRow {
  readonly key: string
  readonly title: string
  readonly difference: number
  readonly low: number
  readonly high: number
  /** Cells after the interval. */
  readonly more: readonly string[]
  /** In front of the title, for instance a switch. */
  readonly control?: React.ReactNode
  readonly zone?: string | undefined
}

interface IntervalsProps {
  readonly rows: readonly IntervalRow[]
  readonly first: string
  readonly heads: readonly string[]
  readonly caption: string
  readonly onPoint?: (row: IntervalRow | undefined) => void
}

/** Effects with their intervals on one scale around nothing, as rows of a table. Shares of one; shown as points of a hundred. */
export function Intervals({ rows, first, heads, caption, onPoint }: IntervalsProps) {
  const { t, language } = useWords()
  const far = Math.max(0.01, ...rows.flatMap((r) => [Math.abs(r.low), Math.abs(r.high)]))
  const low = Math.min(0, ...rows.map((r) => r.low)) < -0.002 ? -far : -far * 0.06
  const high = Math.max(0, ...rows.map((r) => r.high)) > 0.002 ? far : far * 0.06
  const x = (v: number) => 4 + ((v - low) / (high - low)) * 192
  const points = (v: number) => `${v > 0.0005 ? '+' : ''}${numberIn(100 * v, 1, language)}`
  return (
    <div className="scroll">
      <table className="intervals">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col" aria-hidden="true" className="plot" />
            <th scope="col">{t('effect')}</th>
            <th scope="col">{t('interval')}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.key} onMouseEnter={() => onPoint?.(r)} onMouseLeave={() => onPoint?.(undefined)}>
              <th scope="row">
                {r.control}
                {r.control === undefined && r.title}
              </th>
              <td className="plot" aria-hidden="true">
                <svg viewBox="0 0 200 20" preserveAspectRatio="none">
                  <line className="zero" x1={x(0)} x2={x(0)} y1="0" y2="20" />
                  <line className="whisker" x1={x(r.low)} x2={x(r.high)} y1="10" y2="10" />
                  <rect className={r.difference < 0 ? 'dot worse' : 'dot'} x={x(r.difference) - 2.5} y="4" width="5" height="12" />
                </svg>
              </td>
              <td>{points(r.difference)}</td>
              <td>
                {points(r.low)} … {points(r.high)}
              </td>
              {r.more.map((cell, i) => (
                <td key={heads[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
