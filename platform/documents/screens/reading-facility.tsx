/** An establishment as drawn, for whoever only reads. */
import './drawing.css'
import { textIn } from '../../contracts/languages.ts'
import type { FacilityDocument } from '../../packs/kinds/facility.ts'
import { useWords } from '../../plans/screens/words.ts'
import { boxOf, middleBetween, type Point, sheetFor } from '../authoring/geometry.ts'
import { PostMarks } from './drawing-posts.tsx'
import { useRosters } from './rosters.ts'

/** Width of a letter as a share of the sheet: names that do not fit are told when one points at them. */
const LETTER = 0.0055
const NOWHERE: readonly Point[] = [[0, 0]]

export function FacilityReading({ facility, establishment }: { readonly facility: FacilityDocument; readonly establishment: string }) {
  const { t, language } = useWords()
  const { posts } = useRosters(establishment)
  const zones = Object.entries(facility.zones)
  const view = sheetFor(
    zones.flatMap(([, { outline }]) => outline),
    undefined,
  )
  const name = textIn(facility.title, language)
  const caption = t('mapLabel', { name, zones: zones.length, doors: Object.keys(facility.doors).length })
  return (
    <figure className="reading-map">
      <svg
        className="sheet"
        role="img"
        aria-label={caption}
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        style={{ '--unit': `${view.width / 100}px` } as React.CSSProperties}
      >
        {zones.map(([id, { outline, title, outside }]) => {
          const { x, y, width, height } = boxOf(outline)
          const says = textIn(title, language)
          return (
            <g key={id}>
              <polygon points={outline.map((p) => p.join(',')).join(' ')} className={`sheet-zone ${outside ? 'outside' : ''}`}>
                <title>{says}</title>
              </polygon>
              {width > LETTER * view.width * says.length && (
                <text x={x + width / 2} y={y + height / 2} pointerEvents="none">
                  {says}
                </text>
              )}
            </g>
          )
        })}
        {Object.entries(facility.doors).map(([id, { at, between }]) => {
          const [x, y] = at ?? middleBetween(...between.map((zone) => facility.zones[zone]?.outline ?? NOWHERE))
          return <circle key={id} cx={x} cy={y} r={view.width / 160} className="sheet-door" />
        })}
        {Object.entries(facility.sensors).map(([id, { at, covers }]) => {
          const [x, y] = at ?? middleBetween(facility.zones[covers[0]!]?.outline ?? NOWHERE)
          const size = view.width / 220
          return <path key={id} className="sheet-sensor" d={`M${x},${y - size}l${size},${2 * size}h${-2 * size}Z`} />
        })}
        <PostMarks posts={posts} roles={facility.roles} zones={zones} size={view.width / 150} />
      </svg>
      <figcaption className="quiet">
        {caption} {t('marksOnMap')}
      </figcaption>
    </figure>
  )
}
