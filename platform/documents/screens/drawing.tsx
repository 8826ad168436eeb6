/** Drawing an establishment: zones and doors on a grid, by mouse and by keyboard, over a plan that lies underneath. One file of more than 400
 * lines, because whatever the hand does next depends on what it holds. */
import './drawing.css'
import { useMemo, useRef, useState } from 'react'
import { parse } from 'yaml'
import { textIn, textsOf } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'
import { copyZones, edited, freeId, put, removeZone } from '../authoring/edit.ts'
import {
  aligned,
  type Box,
  beside,
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
  tenths,
} from '../authoring/geometry.ts'
import { Chosen, type Facility, sensorTypesOf } from './drawing-chosen.tsx'
import { DoorMarks } from './drawing-doors.tsx'
import { GroupFields } from './drawing-group.tsx'
import { Handles } from './drawing-handles.tsx'
import { PostMarks, PostsHere } from './drawing-posts.tsx'
import { Remarks } from './drawing-remarks.tsx'
import { SensorMarks } from './drawing-sensors.tsx'
import { type Tool, Tools } from './drawing-tools.tsx'
import { useTrace } from './drawing-trace.tsx'
import type { TableProps } from './roster-table.tsx'
import { useRosters } from './rosters.ts'
import { DOOR, HANDLE, POST, placeOf, pointsOf, SENSOR, ZoneName } from './sheet.tsx'

/** Metres within which edges are laid on each other. */
const NEAR = 0.6

/** Metres from a click to the zones between which a door is put. */
const REACH = 3

export function Drawing({ document: { establishment }, text, raw, onText }: TableProps) {
  const { t, language } = useWords()
  const facility = raw as unknown as Facility
  const { zones = {}, doors = {}, sensors = {}, types = {}, roles = {} } = facility
  const rosters = useRosters(establishment)
  const [tool, setTool] = useState<Tool>('select')
  const [grid, setGrid] = useState(1)
  const [floor, setFloor] = useState<number>()
  const [chosen, setChosen] = useState<{ readonly kind: 'zone' | 'door' | 'sensor'; readonly id: string }>()
  /** Zones that somebody has picked together. */
  const [picked, setPicked] = useState<readonly string[]>([])
  const [adding, setAdding] = useState(false)
  const [drag, setDrag] = useState<{ readonly from: Point; readonly to: Point; readonly zone?: string }>()
  /** A door or a sensor that is being dragged. */
  const [thing, setThing] = useState<{
    readonly section: 'doors' | 'sensors'
    readonly id: string
    readonly from: Point
    readonly to: Point
  }>()
  /** The zone from which a door is to lead, chosen by keyboard. */
  const [doorFrom, setDoorFrom] = useState<string>()
  const [trace, setTrace] = useTrace(establishment)
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
    if (near.length >= 2) placeDoor([x, y], near[0]!.id, near[1]!.id)
  }
  const placeDoor = ([x, y]: Point, a: string, b: string) => {
    const id = freeId(raw, 'doors', 'door')
    const type = Object.values(doors)[0]?.type
    change((document) =>
      put(document, ['doors', id], {
        ...(type === undefined ? { width: '1 m', normally: 'closed' } : { type }),
        between: [a, b],
        at: tenths([x, y]),
      }),
    )
    choose('door', id)
    setTool('select')
  }
  const sensorTypes = sensorTypesOf(types)
  const placeSensor = ([x, y]: Point, zone: string) => {
    const id = freeId(raw, 'sensors', 'sensor')
    change((document) =>
      put(document, ['sensors', id], {
        ...(sensorTypes[0] === undefined ? { kind: 'camera', chance: '90 %' } : { type: sensorTypes[0] }),
        covers: [zone],
        at: tenths([x, y]),
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
    placeZone(rectangle(from, to))
  }
  const placeZone = (outline: readonly Point[]) => {
    const id = freeId(raw, 'zones', 'zone')
    const type = types.corridor === undefined ? Object.keys(types)[0] : 'corridor'
    const name = id.replace('-', ' ')
    change((document) =>
      put(document, ['zones', id], {
        title: { en: name, ...(language === 'en' ? {} : { [language]: name }) },
        ...(type === undefined ? { kind: 'corridor' } : { type }),
        ...(floor === undefined || floor === 0 ? {} : { level: floor }),
        outline,
      }),
    )
    choose('zone', id)
    setTool('select')
  }
  /** By keyboard: beside what is there, to be moved and stretched from where it comes up. */
  const zoneBeside = () => {
    placeZone(
      beside(
        shown.flatMap(([, { outline }]) => outline),
        grid,
      ),
    )
  }
  const moveThing = (section: 'doors' | 'sensors', id: string, to: Point) =>
    change((document) => put(document, [section, id, 'at'], tenths(to)))
  const letGo = () => {
    if (thing !== undefined && Math.hypot(thing.to[0] - thing.from[0], thing.to[1] - thing.from[1]) > 0.2)
      moveThing(thing.section, thing.id, thing.to)
    setThing(undefined)
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
      if (tool === 'sensor') return placeSensor(placeOf(undefined, zones, [id]), id)
      if (tool === 'door') {
        if (doorFrom === undefined || doorFrom === id) return setDoorFrom(id)
        placeDoor(placeOf(undefined, zones, [doorFrom, id]), doorFrom, id)
        return setDoorFrom(undefined)
      }
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
            className={`sheet ${tool} ${trace === undefined ? '' : 'traced'}`}
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
            onPointerMove={(event) => {
              if (thing !== undefined) setThing({ ...thing, to: at(event) })
              if (drag !== undefined) setDrag({ ...drag, to: at(event) })
            }}
            // When the button is let go: the focus has moved by then.
            onPointerUp={(event) => (thing !== undefined ? letGo() : tool === 'door' || tool === 'sensor' ? place(at(event)) : finish())}
            onPointerLeave={finish}
          >
            <title>{t('asDrawing')}</title>
            <defs>
              <pattern id="grid" width={5} height={5} patternUnits="userSpaceOnUse">
                <path d="M 5 0 L 0 0 0 5" className="sheet-grid" />
              </pattern>
            </defs>
            {trace !== undefined && (
              <image href={trace.data} x={trace.x} y={trace.y} width={trace.across} height={trace.across * trace.ratio} opacity={0.6} />
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
            <DoorMarks
              doors={Object.fromEntries(
                Object.entries(doors)
                  .filter(([, door]) => shown.some(([zone]) => door.between.includes(zone)))
                  .map(([id, door]) => [id, thing?.id === id ? { ...door, at: tenths(thing.to) } : door]),
              )}
              zones={zones}
              chosen={chosen?.kind === 'door' ? chosen.id : undefined}
              size={(view.width * DOOR) / Math.sqrt(zoom)}
              selects={tool === 'select'}
              titleOf={titleOf}
              onChoose={(id) => choose('door', id)}
              onGrab={(id, event) => setThing({ section: 'doors', id, from: at(event), to: at(event) })}
              onMove={(id, to) => moveThing('doors', id, to)}
              onRemove={remove}
            />
            <SensorMarks
              sensors={thing?.section === 'sensors' ? { ...sensors, [thing.id]: { ...sensors[thing.id], at: tenths(thing.to) } } : sensors}
              zones={Object.fromEntries(shown)}
              chosen={chosen?.kind === 'sensor' ? chosen.id : undefined}
              size={(view.width * SENSOR) / Math.sqrt(zoom)}
              onChoose={(id) => tool === 'select' && choose('sensor', id)}
              onGrab={(id, event) => tool === 'select' && setThing({ section: 'sensors', id, from: at(event), to: at(event) })}
              onMove={(id, to) => moveThing('sensors', id, to)}
              onRemove={remove}
            />
            {tool === 'select' && chosen?.kind === 'zone' && group.length === 1 && drag === undefined && (
              <Handles
                outline={zones[chosen.id]!.outline}
                size={(view.width * HANDLE) / Math.sqrt(zoom)}
                grid={grid}
                at={at}
                snapped={snapped}
                onOutline={(outline) => change((document) => put(document, ['zones', chosen.id, 'outline'], outline))}
              />
            )}
            <PostMarks posts={rosters.posts} roles={roles} zones={shown} size={(view.width * POST) / Math.sqrt(zoom)} />
            {drag !== undefined && drag.zone === undefined && (
              <polygon className="sheet-new" points={pointsOf({ outline: rectangle(snapped(drag.from), snapped(drag.to)) })} />
            )}
          </svg>
        </section>
        <div className="sheet-side">
          {chosen === undefined && <p className="quiet">{t('noneSelected')}</p>}
          {tool === 'zone' && (
            <button type="button" onClick={zoneBeside}>
              {t('zoneBeside')}
            </button>
          )}
          {tool === 'door' && (
            <p className="quiet" role="status">
              {doorFrom === undefined ? t('doorByKeys') : t('doorFrom', { a: titleOf(doorFrom) })}
            </p>
          )}
          {group.length > 1 && <GroupFields count={group.length} onAlign={align} onCopy={copy} onRemove={remove} />}
          {chosen !== undefined && group.length <= 1 && (
            <Chosen
              {...chosen}
              facility={facility}
              titleOf={titleOf}
              onField={(path, value) => change((document) => put(document, path, value))}
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
          <Remarks raw={raw} manned={new Set(rosters.posts.map((post) => roles[post.at] ?? post.at))} titleOf={titleOf} onChoose={choose} />
        </div>
      </div>
    </div>
  )
}
