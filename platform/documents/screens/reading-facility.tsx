/** An establishment as drawn, for whoever only reads. */
import './drawing.css'
import { textIn } from '../../contracts/languages.ts'
import type { FacilityDocument } from '../../packs/kinds/facility.ts'
import { useWords } from '../../plans/screens/words.ts'
import { sheetFor } from '../authoring/geometry.ts'
import { PostMarks } from './drawing-posts.tsx'
import { useRosters } from './rosters.ts'
import { DOOR, POST, placeOf, pointsOf, SENSOR, triangle, ZoneName } from './sheet.tsx'

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
        {zones.map(([id, zone]) => (
          <g key={id}>
            <polygon points={pointsOf(zone)} className={`sheet-zone ${zone.outside ? 'outside' : ''}`}>
              <title>{textIn(zone.title, language)}</title>
            </polygon>
            <ZoneName zone={zone} across={view.width} name={textIn(zone.title, language)} />
          </g>
        ))}
        {Object.entries(facility.doors).map(([id, { at, between }]) => {
          const [x, y] = placeOf(at, facility.zones, between)
          return <circle key={id} cx={x} cy={y} r={view.width * DOOR} className="sheet-door" />
        })}
        {Object.entries(facility.sensors).map(([id, { at, covers }]) => (
          <path key={id} className="sheet-sensor" d={triangle(placeOf(at, facility.zones, covers.slice(0, 1)), view.width * SENSOR)} />
        ))}
        <PostMarks posts={posts} roles={facility.roles} zones={zones} size={view.width * POST} />
      </svg>
      <figcaption className="quiet">
        {caption} {t('marksOnMap')}
      </figcaption>
    </figure>
  )
}
