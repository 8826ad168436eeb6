/** A floor plan from another program, taken over as zones and doors. */
import { useState } from 'react'
import type { Raw } from '../../packs/parse.ts'
import { useWords } from '../../plans/screens/words.ts'
import { edited, put } from '../authoring/edit.ts'
import { GeoFault, type Imported, readGeo } from '../authoring/geo.ts'

interface Props {
  readonly text: string
  readonly raw: Raw
  readonly onText: (text: string) => void
}

/** The text with what was read; ids that are taken get something of their own. */
export function withImported(text: string, raw: Raw, { zones, doors }: Imported): string {
  const there = raw as unknown as {
    types?: Record<string, unknown>
    zones?: Record<string, unknown>
    doors?: Record<string, { type?: string }>
  }
  const taken = new Set([...Object.keys(there.zones ?? {}), ...Object.keys(there.doors ?? {})])
  const names = new Map<string, string>()
  for (const { id } of [...zones, ...doors]) {
    let name = id
    for (let k = 2; taken.has(name); k++) name = `${id}-${k}`
    taken.add(name)
    names.set(id, name)
  }
  const zoneType = there.types?.corridor === undefined ? undefined : 'corridor'
  const doorType = Object.values(there.doors ?? {})[0]?.type
  return edited(text, (document) => {
    for (const zone of zones)
      put(document, ['zones', names.get(zone.id)!], {
        title: zone.title,
        ...(zoneType === undefined ? { kind: 'corridor' } : { type: zoneType }),
        ...(zone.outside ? { outside: true } : {}),
        ...(zone.level === 0 ? {} : { level: zone.level }),
        outline: zone.outline,
      })
    for (const door of doors)
      put(document, ['doors', names.get(door.id)!], {
        ...(doorType === undefined ? { width: '1 m', normally: 'closed' } : { type: doorType }),
        between: door.between.map((zone) => names.get(zone)),
        at: door.at,
      })
  })
}

export function GeoPicker({ text, raw, onText }: Props) {
  const { t } = useWords()
  const [said, setSaid] = useState<{ readonly fault: boolean; readonly text: string }>()
  const open = async (files: FileList | null) => {
    if (files === null || files.length === 0) return
    try {
      const read = readGeo(await Promise.all([...files].map(async (file) => ({ name: file.name, text: await file.text() }))))
      if (read.zones.length === 0) {
        setSaid({ fault: true, text: t('geoEmpty') })
        return
      }
      onText(withImported(text, raw, read))
      setSaid({ fault: false, text: t('geoTaken', { zones: read.zones.length, doors: read.doors.length, left: read.left }) })
    } catch (error) {
      setSaid({ fault: true, text: `${t('geoBroken')} ${error instanceof GeoFault ? t(error.says, error.parts) : String(error)}` })
    }
  }
  return (
    <>
      <label className="button">
        {t('geoOpen')}
        <input
          className="visually-hidden"
          type="file"
          multiple
          accept=".geojson,.json,application/geo+json"
          onChange={(event) => void open(event.target.files)}
        />
      </label>
      {said !== undefined && (
        <p role={said.fault ? 'alert' : 'status'} className={said.fault ? 'fault' : 'quiet'}>
          {said.text}
        </p>
      )}
    </>
  )
}
