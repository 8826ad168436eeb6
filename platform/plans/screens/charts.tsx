/** Bars and intervals, drawn plainly; each stands beside a table that says the same. */
import { numberIn } from '../../contracts/languages.ts'
import './charts.css'
import { type Bin, binsOf } from '../bins.ts'
import { valueIn } from '../measures.ts'
import { Scroll } from './scroll.tsx'
import { useWords } from './words.ts'

const WIDTH = 640
const HEIGHT = 190
const LEFT = 8
const BOTTOM = 26

interface HistogramProps {
  readonly values: Float64Array
  readonly unit: string
  readonly label: string
  /** Line of success: values beyond it fail. */
  readonly line?: { readonly value: number; readonly atMost: boolean } | undefined
}

export function Histogram({ values, unit, label, line }: HistogramProps) {
  const { t, language } = useWords()
  const { bins, whole } = binsOf(values, line?.value)
  const never = values.filter((v) => v === Number.POSITIVE_INFINITY).length
  if (bins.length === 0) return <p>{t('neverReached', { p: 100 })}</p>
  const most = Math.max(...bins.map((b) => b.count))
  const low = bins[0]!.from
  const high = bins.at(-1)!.to + (whole ? 1 : 0)
  const x = (v: number) => LEFT + ((v - low) / (high - low || 1)) * (WIDTH - 2 * LEFT)
  const sorted = values.slice().sort()
  const median = sorted[Math.floor(sorted.length / 2)]!
  const fails = (b: Bin) =>
    line !== undefined &&
    (line.atMost ? (whole ? b.from > line.value : b.from >= line.value) : whole ? b.to < line.value : b.to <= line.value)
  const percent = (b: Bin) => `${numberIn((100 * b.count) / values.length, 1, language)} %`
  const range = (b: Bin) =>
    b.from === b.to ? valueIn(b.from, unit, language) : `${valueIn(b.from, unit, language)} – ${valueIn(b.to, unit, language)}`
  // Bars of whole numbers are named below each; others by a scale.
  const every = Math.ceil(bins.length / 12)
  const ticks = whole
    ? bins.flatMap((b, i) =>
        i % every === 0 ? [{ at: (x(b.from) + x(b.to + 1)) / 2, text: numberIn(b.from, 0, language), anchor: 'middle' }] : [],
      )
    : [0, 0.25, 0.5, 0.75, 1].map((p, i) => ({
        at: x(low + p * (high - low)),
        text: valueIn(low + p * (high - low), unit, language),
        anchor: i === 0 ? 'start' : i === 4 ? 'end' : 'middle',
      }))
  const lineAt = line === undefined ? 0 : x(line.value + (whole ? (line.atMost ? 1 : 0) : 0))
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {bins.map((b) => {
          const tall = ((HEIGHT - BOTTOM - 14) * b.count) / most
          const left = x(b.from)
          const wide = Math.max(1, x(b.to + (whole ? 1 : 0)) - left - 1.5)
          return (
            <rect key={b.from} className={fails(b) ? 'bar beyond' : 'bar'} x={left} y={HEIGHT - BOTTOM - tall} width={wide} height={tall}>
              <title>{`${range(b)}: ${percent(b)}`}</title>
            </rect>
          )
        })}
        <line className="axis" x1={LEFT} x2={WIDTH - LEFT} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
        {ticks.map((tick) => (
          <text key={tick.at} className="tick" x={tick.at} y={HEIGHT - 8} textAnchor={tick.anchor as 'start' | 'middle' | 'end'}>
            {tick.text}
          </text>
        ))}
        {line !== undefined && (
          <g>
            <line className="success-line" x1={lineAt} x2={lineAt} y1={4} y2={HEIGHT - BOTTOM} />
            <text
              className="line-label"
              x={lineAt + (lineAt > WIDTH * 0.6 ? -6 : 6)}
              y={14}
              textAnchor={lineAt > WIDTH * 0.6 ? 'end' : 'start'}
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
              <th scope="col">{label}</th>
              <th scope="col">{t('share')}</th>
            </tr>
          </thead>
          <tbody>
            {bins.map((b) => (
              <tr key={b.from}>
                <td>{range(b)}</td>
                <td>{percent(b)}</td>
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
  /** Not known yet: shown as such. */
  readonly open?: boolean
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
    <Scroll label={caption}>
      <table className="intervals">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <td className="plot" />
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
              <td className="plot">
                <svg viewBox="0 0 200 20" preserveAspectRatio="none" aria-hidden="true">
                  <line className="zero" x1={x(0)} x2={x(0)} y1="0" y2="20" />
                  {!r.open && <line className="whisker" x1={x(r.low)} x2={x(r.high)} y1="10" y2="10" />}
                  {!r.open && (
                    <rect className={r.difference < 0 ? 'dot worse' : 'dot'} x={x(r.difference) - 2.5} y="4" width="5" height="12" />
                  )}
                </svg>
              </td>
              <td>{r.open ? '…' : points(r.difference)}</td>
              <td>{r.open ? '…' : `${points(r.low)} … ${points(r.high)}`}</td>
              {r.more.map((cell, i) => (
                <td key={heads[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
