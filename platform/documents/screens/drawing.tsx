/** Drawing an establishment: zones and doors on a grid, by mouse and by keyboard, over a plan that lies underneath. */
import './drawing.css'
import { useMemo, useRef, useState } from 'react'
import { textIn } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'
import { remarksOn } from '../authoring/checks.ts'
import { copyZones, edited, freeId, put, removeZone } from '../authoring/edit.ts'
import { aligned, type Box, boxOf, distanceTo, fitted, type Point, rectangle, round } from '../authoring/geometry.ts'
import { type Door, DoorFields, type Trace, TracePicker, type Zone, ZoneFields } from './drawing-fields.tsx'
import { GeoPicker } from './drawing-import.tsx'
import { PostMarks, PostsHere, usePosts } from './drawing-posts.tsx'
import { type Sensor, SensorFields, SensorMarks } from './drawing-sensors.tsx'
import type { TableProps } from './roster-table.tsx'

interface Facility {
  readonly types?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly zones?: Readonly<Record<string, Zone>>
  readonly doors?: Readonly<Record<string, Door>>
  readonly sensors?: Readonly<Record<string, Sensor>>
  readonly roles?: Readonly<Record<string, string>>
}

const TOOLS = ['select', 'zone', 'door', 'sensor'] as const
type Tool = (typeof TOOLS)[number]

const NAMES = { select: 'toolSelect', zone: 'toolZone', door: 'toolDoor', sensor: 'toolSensor' } as const
const HELP = { select: 'toolHelpSelect', zone: 'toolHelpZone', door: 'toolHelpDoor', sensor: 'toolHelpSensor' } as const
const REMARKS = { unreachable: 'unreachable', 'no-key': 'noKey', unseen: 'unseen' } as const
/** Metres within which edges are laid on each other. */
const NEAR = 0.6

/** Width of a letter as a share of the sheet: names that do not fit are left to the pointer. */
const LETTER = 0.0055
const GRIDS = [0.5, 1, 2, 5]
/** Metres from a click to the zones between which a door is put. */
const REACH = 3

export function Drawing({ establishment, text, raw, onText }: TableProps) {
  const { t, language } = useWords()
  const { zones = {}, doors = {}, sensors = {}, types = {}, roles = {} } = raw as unknown as Facility
  const posts = usePosts(establishment)
  const [tool, setTool] = useState<Tool>('select')
  const [grid, setGrid] = useState(1)
  const [floor, setFloor] = useState<number>()
  const [chosen, setChosen] = useState<{ readonly kind: 'zone' | 'door' | 'sensor'; readonly id: string }>()
  const [drag, setDrag] = useState<{ readonly from: Point; readonly to: Point; readonly zone?: string }>()
  const [trace, setTrace] = useState<Trace>()
  // On a phone names are too small otherwise.
  const [zoom, setZoom] = useState(() => (innerWidth < 700 ? 2.5 : 1))
  const svg = useRef<SVGSVGElement>(null)
  const floors = [...new Set(Object.values(zones).map((zone) => zone.level ?? 0))].sort((a, b) => a - b)
  const shown = Object.entries(zones).filter(([, zone]) => floor === undefined || (zone.level ?? 0) === floor)
  const view = useMemo(() => viewOf(Object.values(zones), trace), [zones, trace])
  const titleOf = (id: string) => {
    const title = zones[id]?.title
    return title === undefined ? id : typeof title === 'string' ? title : textIn(title, language)
  }
  const at = (event: { readonly clientX: number; readonly clientY: number }): Point => {
    const matrix = svg.current!.getScreenCTM()!.inverse()
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix)
    return [x, y]
  }
  const snapped = ([x, y]: Point): Point => [round(x, grid), round(y, grid)]
  const change = (work: Parameters<typeof edited>[1]) => onText(edited(text, work))
  const setBox = (id: string, box: Box) => change((document) => put(document, ['zones', id, 'outline'], fitted(zones[id]!.outline, box)))

  const place = ([x, y]: Point) => {
    const near = shown
      .map(([id, zone]) => ({ id, distance: distanceTo(zone.outline, [x, y]) }))
      .filter(({ distance }) => distance <= REACH)
      .sort((a, b) => a.distance - b.distance)
    if (tool === 'sensor') {
      if (near.length > 0) placeSensor([x, y], near[0]!.id)
      return
    }
    if (near.length < 2) return
    const id = freeId(raw, 'doors', 'door')
    const type = Object.values(doors)[0]?.type
    change((document) =>
      put(document, ['doors', id], {
        ...(type === undefined ? { width: '1 m', normally: 'closed' } : { type }),
        between: [near[0]!.id, near[1]!.id],
        at: [Math.round(x * 10) / 10, Math.round(y * 10) / 10],
      }),
    )
    setChosen({ kind: 'door', id })
    setTool('select')
  }
  const sensorTypes = Object.keys(types).filter((type) => 'chance' in types[type]!)
  const placeSensor = ([x, y]: Point, zone: string) => {
    const id = freeId(raw, 'sensors', 'sensor')
    change((document) =>
      put(document, ['sensors', id], {
        ...(sensorTypes[0] === undefined ? { kind: 'camera', chance: '90 %' } : { type: sensorTypes[0] }),
        covers: [zone],
        at: [Math.round(x * 10) / 10, Math.round(y * 10) / 10],
      }),
    )
    setChosen({ kind: 'sensor', id })
    setTool('select')
  }
  const finish = () => {
    if (drag === undefined) return
    setDrag(undefined)
    const [from, to] = [snapped(drag.from), snapped(drag.to)]
    if (drag.zone !== undefined) {
      const by: Point = [to[0] - from[0], to[1] - from[1]]
      if (by[0] === 0 && by[1] === 0) return
      const box = boxOf(zones[drag.zone]!.outline)
      const others = shown.filter(([id]) => id !== drag.zone).map(([, zone]) => boxOf(zone.outline))
      setBox(drag.zone, aligned({ ...box, x: box.x + by[0], y: box.y + by[1] }, others, NEAR))
      return
    }
    if (tool !== 'zone' || Math.abs(to[0] - from[0]) < grid || Math.abs(to[1] - from[1]) < grid) return
    const id = freeId(raw, 'zones', 'zone')
    const type = types.corridor === undefined ? Object.keys(types)[0] : 'corridor'
    const name = id.replace('-', ' ')
    change((document) =>
      put(document, ['zones', id], {
        title: { en: name, ...(language === 'en' ? {} : { [language]: name }) },
        ...(type === undefined ? { kind: 'corridor' } : { type }),
        ...(floor === undefined || floor === 0 ? {} : { level: floor }),
        outline: rectangle(from, to),
      }),
    )
    setChosen({ kind: 'zone', id })
    setTool('select')
  }
  const remove = () => {
    if (chosen === undefined) return
    change((document) => (chosen.kind === 'zone' ? removeZone(document, chosen.id) : document.deleteIn([`${chosen.kind}s`, chosen.id])))
    setChosen(undefined)
  }
  const onKey = (event: React.KeyboardEvent, id: string) => {
    const step = { ArrowLeft: [-grid, 0], ArrowRight: [grid, 0], ArrowUp: [0, -grid], ArrowDown: [0, grid] }[event.key]
    if (event.key === 'Delete') return remove()
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      return setChosen({ kind: 'zone', id })
    }
    if (step === undefined) return
    event.preventDefault()
    const box = boxOf(zones[id]!.outline)
    const [dx, dy] = step as [number, number]
    setBox(
      id,
      event.shiftKey
        ? { ...box, width: Math.max(grid, box.width + dx), height: Math.max(grid, box.height + dy) }
        : { ...box, x: box.x + dx, y: box.y + dy },
    )
  }
  const manned = new Set(posts.map((post) => roles[post.at] ?? post.at))
  const remarks = useMemo(() => remarksOn(raw), [raw]).filter(({ what, id }) => what !== 'unseen' || !manned.has(id))
  return (
    <div className="drawing">
      <div className="row" role="toolbar" aria-label={t('asDrawing')}>
        {TOOLS.map((one) => (
          <button key={one} type="button" className={tool === one ? 'chosen' : ''} aria-pressed={tool === one} onClick={() => setTool(one)}>
            {t(NAMES[one])}
          </button>
        ))}
        <label>
          {t('grid')}{' '}
          <select value={grid} onChange={(event) => setGrid(Number(event.target.value))}>
            {GRIDS.map((one) => (
              <option key={one} value={one}>
                {one} m
              </option>
            ))}
          </select>
        </label>
        {floors.length > 1 && (
          <label>
            {t('floor')}{' '}
            <select value={floor ?? ''} onChange={(event) => setFloor(event.target.value === '' ? undefined : Number(event.target.value))}>
              <option value="">{t('allFloors')}</option>
              {floors.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
        )}
        <span className="zoom">
          <button type="button" aria-label={t('smaller')} disabled={zoom <= 1} onClick={() => setZoom(Math.max(1, zoom / 1.5))}>
            −
          </button>
          <button type="button" aria-label={t('larger')} disabled={zoom >= 8} onClick={() => setZoom(Math.min(8, zoom * 1.5))}>
            +
          </button>
        </span>
        <TracePicker trace={trace} onTrace={setTrace} />
        <GeoPicker text={text} raw={raw} onText={onText} />
      </div>
      <p className="quiet">{t(HELP[tool])}</p>
      <div className="board-and-sheet">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too */}
        <section className="sheet-frame" aria-label={t('asDrawing')} tabIndex={0}>
          <svg
            ref={svg}
            className={`sheet ${tool}`}
            viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
            style={
              {
                '--unit': `${view.width / 100}px`,
                width: `${100 * zoom}%`,
                maxHeight: zoom === 1 ? undefined : 'none',
              } as React.CSSProperties
            }
            onPointerDown={(event) => {
              if (tool === 'zone') setDrag({ from: at(event), to: at(event) })
              else if (tool === 'select' && event.target === svg.current) setChosen(undefined)
            }}
            onPointerMove={(event) => drag !== undefined && setDrag({ ...drag, to: at(event) })}
            // When the button is let go: the focus has moved by then.
            onPointerUp={(event) => (tool === 'door' || tool === 'sensor' ? place(at(event)) : finish())}
            onPointerLeave={finish}
          >
            <title>{t('asDrawing')}</title>
            <defs>
              <pattern id="grid" width={5} height={5} patternUnits="userSpaceOnUse">
                <path d="M 5 0 L 0 0 0 5" className="sheet-grid" />
              </pattern>
            </defs>
            {trace !== undefined && (
              <image href={trace.data} x={0} y={0} width={trace.across} height={trace.across * trace.ratio} opacity={0.45} />
            )}
            <rect x={view.x} y={view.y} width={view.width} height={view.height} fill="url(#grid)" pointerEvents="none" />
            {shown.map(([id, zone]) => {
              const by: Point =
                drag?.zone === id ? [round(drag.to[0] - drag.from[0], grid), round(drag.to[1] - drag.from[1], grid)] : [0, 0]
              const is = chosen?.kind === 'zone' && chosen.id === id
              const box = boxOf(zone.outline)
              return (
                <g key={id} transform={`translate(${by[0]} ${by[1]})`}>
                  {/* biome-ignore lint/a11y/useSemanticElements: a shape in a drawing cannot be a button element */}
                  <polygon
                    points={zone.outline.map((p) => p.join(',')).join(' ')}
                    className={`sheet-zone ${is ? 'is' : ''} ${(zone.outside ?? types[zone.type ?? '']?.outside) === true ? 'outside' : ''}`}
                    tabIndex={0}
                    role="button"
                    aria-pressed={is}
                    aria-label={`${t('zone')} ${titleOf(id)}`}
                    onFocus={() => tool === 'select' && setChosen({ kind: 'zone', id })}
                    onKeyDown={(event) => onKey(event, id)}
                    onPointerDown={(event) => {
                      if (tool !== 'select') return
                      event.stopPropagation()
                      setChosen({ kind: 'zone', id })
                      setDrag({ from: at(event), to: at(event), zone: id })
                    }}
                  />
                  {box.width > LETTER * view.width * titleOf(id).length && (
                    <text x={box.x + box.width / 2} y={box.y + box.height / 2} pointerEvents="none">
                      {titleOf(id)}
                    </text>
                  )}
                </g>
              )
            })}
            {Object.entries(doors).map(([id, door]) => {
              if (!shown.some(([zone]) => door.between.includes(zone))) return null
              const [x, y] = door.at ?? middleBetween(zones, door.between)
              return (
                // biome-ignore lint/a11y/useSemanticElements: a shape in a drawing cannot be a button element
                <circle
                  key={id}
                  cx={x}
                  cy={y}
                  r={view.width / 160 / Math.sqrt(zoom)}
                  className={`sheet-door ${chosen?.id === id ? 'is' : ''}`}
                  tabIndex={0}
                  role="button"
                  aria-label={`${t('door')} ${t('doorBetween', { a: titleOf(door.between[0]), b: titleOf(door.between[1]) })}`}
                  onFocus={() => setChosen({ kind: 'door', id })}
                  onKeyDown={(event) => event.key === 'Delete' && remove()}
                  onPointerDown={(event) => {
                    if (tool !== 'select') return
                    event.stopPropagation()
                    setChosen({ kind: 'door', id })
                  }}
                />
              )
            })}
            <SensorMarks
              sensors={sensors}
              zones={Object.fromEntries(shown)}
              chosen={chosen?.kind === 'sensor' ? chosen.id : undefined}
              size={view.width / 220 / Math.sqrt(zoom)}
              onChoose={(id) => tool === 'select' && setChosen({ kind: 'sensor', id })}
              onRemove={remove}
            />
            <PostMarks
              posts={posts}
              roles={roles}
              zones={shown}
              size={view.width / 150 / Math.sqrt(zoom)}
              onChoose={tool === 'select' ? (id) => setChosen({ kind: 'zone', id }) : undefined}
            />
            {drag !== undefined && drag.zone === undefined && (
              <polygon
                className="sheet-new"
                points={rectangle(snapped(drag.from), snapped(drag.to))
                  .map((p) => p.join(','))
                  .join(' ')}
              />
            )}
          </svg>
        </section>
        <div className="sheet-side">
          {chosen === undefined && <p className="quiet">{t('noneSelected')}</p>}
          {chosen?.kind === 'zone' && zones[chosen.id] !== undefined && (
            <ZoneFields
              key={chosen.id}
              id={chosen.id}
              zone={zones[chosen.id]!}
              types={Object.keys(types).filter((type) => 'kind' in types[type]!)}
              onField={(field, value) => change((document) => put(document, ['zones', chosen.id, ...field], value))}
              onBox={(box) => setBox(chosen.id, box)}
              onCopy={() => onText(copyZones(text, raw, [chosen.id], [boxOf(zones[chosen.id]!.outline).width, 0]))}
              onRemove={remove}
            />
          )}
          {chosen?.kind === 'zone' && zones[chosen.id] !== undefined && (
            <PostsHere
              zone={chosen.id}
              posts={posts}
              roles={roles}
              onRole={(role, zone) => change((document) => put(document, ['roles', role], zone))}
            />
          )}
          {chosen?.kind === 'door' && doors[chosen.id] !== undefined && (
            <DoorFields
              key={chosen.id}
              door={doors[chosen.id]!}
              name={t('doorBetween', { a: titleOf(doors[chosen.id]!.between[0]), b: titleOf(doors[chosen.id]!.between[1]) })}
              types={Object.keys(types).filter((type) => 'normally' in types[type]! || 'width' in types[type]!)}
              onField={(field, value) => change((document) => put(document, ['doors', chosen.id, ...field], value))}
              onRemove={remove}
            />
          )}
          {chosen?.kind === 'sensor' && sensors[chosen.id] !== undefined && (
            <SensorFields
              key={chosen.id}
              id={chosen.id}
              sensor={sensors[chosen.id]!}
              types={sensorTypes}
              zones={zones}
              titleOf={titleOf}
              onField={(field, value) => change((document) => put(document, ['sensors', chosen.id, ...field], value))}
              onRemove={remove}
            />
          )}
          {remarks.length > 0 && (
            <div role="status">
              <h2>{t('remarks')}</h2>
              <ul className="plain">
                {remarks.slice(0, 12).map(({ what, id }) => (
                  <li key={`${what} ${id}`}>
                    <button
                      type="button"
                      className="quiet flush"
                      onClick={() => setChosen({ kind: what === 'no-key' ? 'door' : 'zone', id })}
                    >
                      {t(REMARKS[what], { id: zones[id] === undefined ? id : titleOf(id) })}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

function viewOf(zones: readonly Zone[], trace: Trace | undefined): Box {
  const box = zones.length === 0 ? { x: 0, y: 0, width: 60, height: 40 } : boxOf(zones.flatMap((zone) => zone.outline))
  const width = Math.max(box.x + box.width, trace?.across ?? 0) - Math.min(0, box.x)
  const height = Math.max(box.y + box.height, trace === undefined ? 0 : trace.across * trace.ratio) - Math.min(0, box.y)
  const margin = Math.max(6, 0.06 * width)
  return { x: Math.min(0, box.x) - margin, y: Math.min(0, box.y) - margin, width: width + 2 * margin, height: height + 2 * margin }
}

function middleBetween(zones: Readonly<Record<string, Zone>>, [a, b]: readonly [string, string]): Point {
  const middle = (id: string) => {
    const box = boxOf(zones[id]?.outline ?? [[0, 0]])
    return [box.x + box.width / 2, box.y + box.height / 2] as const
  }
  const [p, q] = [middle(a), middle(b)]
  return [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]
}
