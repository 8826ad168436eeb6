/** Drawing an establishment: zones and doors on a grid, by mouse and by keyboard, over a plan that lies underneath. */
import './drawing.css'
import { useMemo, useRef, useState } from 'react'
import { parse } from 'yaml'
import { textIn, textsOf } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'
import { copyZones, edited, freeId, put, removeZone } from '../authoring/edit.ts'
import {
  aligned,
  type Box,
  boxOf,
  type Edge,
  fitted,
  levelled,
  liesIn,
  nearest,
  type Point,
  rectangle,
  round,
  sheetFor,
} from '../authoring/geometry.ts'
import { type Door, DoorFields, type Trace, type Zone, ZoneFields } from './drawing-fields.tsx'
import { GroupFields } from './drawing-group.tsx'
import { PostMarks, PostsHere } from './drawing-posts.tsx'
import { Remarks } from './drawing-remarks.tsx'
import { type Sensor, SensorFields, SensorMarks } from './drawing-sensors.tsx'
import { type Tool, Tools } from './drawing-tools.tsx'
import type { TableProps } from './roster-table.tsx'
import { useRosters } from './rosters.ts'
import { DOOR, POST, placeOf, pointsOf, SENSOR, ZoneName } from './sheet.tsx'

interface Facility {
  readonly types?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly zones?: Readonly<Record<string, Zone>>
  readonly doors?: Readonly<Record<string, Door>>
  readonly sensors?: Readonly<Record<string, Sensor>>
  readonly roles?: Readonly<Record<string, string>>
}

/** Metres within which edges are laid on each other. */
const NEAR = 0.6

/** Metres from a click to the zones between which a door is put. */
const REACH = 3

export function Drawing({ establishment, text, raw, onText }: TableProps) {
  const { t, language } = useWords()
  const { zones = {}, doors = {}, sensors = {}, types = {}, roles = {} } = raw as unknown as Facility
  const rosters = useRosters(establishment)
  const [tool, setTool] = useState<Tool>('select')
  const [grid, setGrid] = useState(1)
  const [floor, setFloor] = useState<number>()
  const [chosen, setChosen] = useState<{ readonly kind: 'zone' | 'door' | 'sensor'; readonly id: string }>()
  /** Zones that somebody has picked together. */
  const [picked, setPicked] = useState<readonly string[]>([])
  const [adding, setAdding] = useState(false)
  const [drag, setDrag] = useState<{ readonly from: Point; readonly to: Point; readonly zone?: string }>()
  const [trace, setTrace] = useState<Trace>()
  // On a phone names are too small otherwise.
  const [zoom, setZoom] = useState(() => (innerWidth < 700 ? 2.5 : 1))
  const svg = useRef<SVGSVGElement>(null)
  const floors = [...new Set(Object.values(zones).map((zone) => zone.level ?? 0))].sort((a, b) => a - b)
  const shown = Object.entries(zones).filter(([, zone]) => floor === undefined || (zone.level ?? 0) === floor)
  const view = useMemo(
    () =>
      sheetFor(
        Object.values(zones).flatMap(({ outline }) => outline),
        trace,
      ),
    [zones, trace],
  )
  const titleOf = (id: string) => textIn(textsOf(zones[id]?.title ?? id), language)
  const at = (event: { readonly clientX: number; readonly clientY: number }): Point => {
    const matrix = svg.current!.getScreenCTM()!.inverse()
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix)
    return [x, y]
  }
  const snapped = ([x, y]: Point): Point => [round(x, grid), round(y, grid)]
  const change = (work: Parameters<typeof edited>[1]) => onText(edited(text, work))
  const setBoxes = (boxes: Iterable<readonly [string, Box]>) =>
    change((document) => {
      for (const [id, box] of boxes) put(document, ['zones', id, 'outline'], fitted(zones[id]!.outline, box))
    })
  const setBox = (id: string, box: Box) => setBoxes([[id, box]])
  const together = picked.filter((id) => zones[id] !== undefined)
  const group = together.length > 1 ? together : chosen?.kind === 'zone' && zones[chosen.id] !== undefined ? [chosen.id] : []
  const boxesOf = (ids: readonly string[]) => new Map(ids.map((id) => [id, boxOf(zones[id]!.outline)] as const))
  const move = (ids: readonly string[], [dx, dy]: Point) =>
    setBoxes([...boxesOf(ids)].map(([id, box]) => [id, { ...box, x: box.x + dx, y: box.y + dy }] as const))
  const choose = (kind: 'zone' | 'door' | 'sensor', id: string) => {
    setChosen({ kind, id })
    setPicked(kind === 'zone' ? [id] : [])
    setAdding(false)
  }
  const pick = (ids: readonly string[]) => {
    setChosen(ids[0] === undefined ? undefined : { kind: 'zone', id: ids[0] })
    setPicked(ids)
  }
  /** One more, or one less; one always stays. */
  const toggle = (id: string) => {
    const others = together.filter((one) => one !== id)
    pick(together.includes(id) && others.length > 0 ? others : [...others, id])
  }
  const postAt = (id: string) => {
    choose('zone', id)
    setAdding(true)
    setTool('select')
  }
  const align = (edge: Edge) => setBoxes(levelled(boxesOf(group), edge))
  const copy = (way: 'right' | 'below') => {
    const around = boxOf(group.flatMap((id) => zones[id]!.outline))
    const copied = copyZones(text, raw, group, way === 'right' ? [around.width, 0] : [0, around.height])
    onText(copied)
    pick(Object.keys((parse(copied) as Facility).zones ?? {}).filter((id) => zones[id] === undefined))
  }

  const place = ([x, y]: Point) => {
    const near = nearest(
      shown.map(([id, { outline }]) => ({ id, outline })),
      [x, y],
      REACH,
    )
    if (tool === 'sensor') return near[0] === undefined ? undefined : placeSensor([x, y], near[0].id)
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
    choose('door', id)
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
    choose('sensor', id)
    setTool('select')
  }
  const finish = () => {
    if (drag === undefined) return
    setDrag(undefined)
    const [from, to] = [snapped(drag.from), snapped(drag.to)]
    if (drag.zone !== undefined) {
      const by: Point = [to[0] - from[0], to[1] - from[1]]
      if (by[0] === 0 && by[1] === 0) return group.length > 1 ? choose('zone', drag.zone) : undefined
      if (group.length > 1) return move(group, by)
      const box = boxOf(zones[drag.zone]!.outline)
      const others = shown.filter(([id]) => id !== drag.zone).map(([, zone]) => boxOf(zone.outline))
      setBox(drag.zone, aligned({ ...box, x: box.x + by[0], y: box.y + by[1] }, others, NEAR))
      return
    }
    if (tool === 'select') {
      const around = boxOf([drag.from, drag.to])
      return pick(shown.filter(([, zone]) => liesIn(zone.outline, around)).map(([id]) => id))
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
    choose('zone', id)
    setTool('select')
  }
  const removeZones = (ids: readonly string[]) => {
    change((document) => {
      for (const id of ids) removeZone(document, id)
    })
    pick([])
  }
  const remove = () => {
    if (chosen === undefined) return
    if (chosen.kind === 'zone') return removeZones(group)
    change((document) => document.deleteIn([`${chosen.kind}s`, chosen.id]))
    setChosen(undefined)
  }
  const onKey = (event: React.KeyboardEvent, id: string) => {
    const step = { ArrowLeft: [-grid, 0], ArrowRight: [grid, 0], ArrowUp: [0, -grid], ArrowDown: [0, grid] }[event.key]
    const meant = group.includes(id) ? group : [id]
    if (event.key === 'Delete') return removeZones(meant)
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (tool === 'post') return postAt(id)
      return event.shiftKey ? toggle(id) : choose('zone', id)
    }
    if (event.key === 'Escape') return choose('zone', id)
    if (step === undefined) return
    event.preventDefault()
    const [dx, dy] = step as [number, number]
    if (!event.shiftKey) return move(meant, [dx, dy])
    const box = boxOf(zones[id]!.outline)
    setBox(id, { ...box, width: Math.max(grid, box.width + dx), height: Math.max(grid, box.height + dy) })
  }
  return (
    <div className="drawing">
      <Tools
        tool={tool}
        onTool={setTool}
        grid={grid}
        onGrid={setGrid}
        floors={floors}
        floor={floor}
        onFloor={setFloor}
        zoom={zoom}
        onZoom={setZoom}
        trace={trace}
        onTrace={setTrace}
        text={text}
        raw={raw}
        onText={onText}
      />
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
              if (tool === 'zone' || tool === 'select') setDrag({ from: at(event), to: at(event) })
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
                drag?.zone !== undefined && (drag.zone === id || (group.includes(drag.zone) && group.includes(id)))
                  ? [round(drag.to[0] - drag.from[0], grid), round(drag.to[1] - drag.from[1], grid)]
                  : [0, 0]
              const is = group.includes(id)
              return (
                <g key={id} transform={`translate(${by[0]} ${by[1]})`}>
                  {/* biome-ignore lint/a11y/useSemanticElements: a shape in a drawing cannot be a button element */}
                  <polygon
                    points={pointsOf(zone)}
                    className={`sheet-zone ${is ? 'is' : ''} ${(zone.outside ?? types[zone.type ?? '']?.outside) === true ? 'outside' : ''}`}
                    tabIndex={0}
                    role="button"
                    aria-pressed={is}
                    aria-label={`${t('zone')} ${titleOf(id)}`}
                    onFocus={() => tool === 'select' && setChosen({ kind: 'zone', id })}
                    onKeyDown={(event) => onKey(event, id)}
                    onPointerDown={(event) => {
                      if (tool === 'post') {
                        event.preventDefault()
                        postAt(id)
                      }
                      if (tool !== 'select') return
                      event.stopPropagation()
                      if (event.shiftKey) {
                        event.preventDefault()
                        return toggle(id)
                      }
                      if (!group.includes(id)) choose('zone', id)
                      setDrag({ from: at(event), to: at(event), zone: id })
                    }}
                  />
                  <ZoneName zone={zone} across={view.width} name={titleOf(id)} />
                </g>
              )
            })}
            {Object.entries(doors).map(([id, door]) => {
              if (!shown.some(([zone]) => door.between.includes(zone))) return null
              const [x, y] = placeOf(door.at, zones, door.between)
              return (
                // biome-ignore lint/a11y/useSemanticElements: a shape in a drawing cannot be a button element
                <circle
                  key={id}
                  cx={x}
                  cy={y}
                  r={(view.width * DOOR) / Math.sqrt(zoom)}
                  className={`sheet-door ${chosen?.id === id ? 'is' : ''}`}
                  tabIndex={0}
                  role="button"
                  aria-label={`${t('door')} ${t('doorBetween', { a: titleOf(door.between[0]), b: titleOf(door.between[1]) })}`}
                  onFocus={() => choose('door', id)}
                  onKeyDown={(event) => event.key === 'Delete' && remove()}
                  onPointerDown={(event) => {
                    if (tool !== 'select') return
                    event.stopPropagation()
                    choose('door', id)
                  }}
                />
              )
            })}
            <SensorMarks
              sensors={sensors}
              zones={Object.fromEntries(shown)}
              chosen={chosen?.kind === 'sensor' ? chosen.id : undefined}
              size={(view.width * SENSOR) / Math.sqrt(zoom)}
              onChoose={(id) => tool === 'select' && choose('sensor', id)}
              onRemove={remove}
            />
            <PostMarks posts={rosters.posts} roles={roles} zones={shown} size={(view.width * POST) / Math.sqrt(zoom)} />
            {drag !== undefined && drag.zone === undefined && (
              <polygon className="sheet-new" points={pointsOf({ outline: rectangle(snapped(drag.from), snapped(drag.to)) })} />
            )}
          </svg>
        </section>
        <div className="sheet-side">
          {chosen === undefined && <p className="quiet">{t('noneSelected')}</p>}
          {group.length > 1 && <GroupFields count={group.length} onAlign={align} onCopy={copy} onRemove={remove} />}
          {chosen?.kind === 'zone' && group.length === 1 && (
            <ZoneFields
              key={chosen.id}
              id={chosen.id}
              zone={zones[chosen.id]!}
              types={Object.keys(types).filter((type) => 'kind' in types[type]!)}
              onField={(field, value) => change((document) => put(document, ['zones', chosen.id, ...field], value))}
              onBox={(box) => setBox(chosen.id, box)}
              onCopy={() => copy('right')}
              onRemove={remove}
            />
          )}
          {chosen?.kind === 'zone' && group.length === 1 && (
            <PostsHere
              zone={chosen.id}
              rosters={rosters}
              roles={roles}
              adding={adding}
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
          <Remarks raw={raw} manned={new Set(rosters.posts.map((post) => roles[post.at] ?? post.at))} titleOf={titleOf} onChoose={choose} />
        </div>
      </div>
    </div>
  )
}
