/** What the other documents of a place name, as last written. */
import { useMemo } from 'react'
import type { Text } from '../../contracts/languages.ts'
import { SKILL_NAMES, THING_NAMES } from '../../plans/skill-names.ts'
import type { Things } from '../../plans/wording.ts'
import { useServer } from '../../web/server.ts'
import { Naming, type Namings } from '../authoring/naming.ts'
import type { BesideWire } from '../schema.ts'

const NOTHING: BesideWire = { zones: {}, roles: {}, skills: [], keys: [], equipment: {}, agencies: {}, doors: {}, sources: {} }

/** Nothing until it is known. */
export function useBeside(establishment: string): BesideWire {
  const { data } = useServer<BesideWire>(`/api/establishments/${establishment}/names`)
  return data ?? NOTHING
}

const titled = (named: BesideWire['zones']) =>
  Object.fromEntries(Object.entries(named).map(([id, title]) => [id, { title: title ?? undefined }]))

/** The same, for putting parts of plans into words. */
export function useThings({ zones, roles, agencies, doors, sources, equipment }: BesideWire): Things {
  return useMemo(() => {
    const byId = titled(zones)
    const byRole = Object.fromEntries(
      Object.entries(roles).flatMap(([role, zone]) => (byId[zone] === undefined ? [] : [[role, byId[zone]]])),
    )
    return {
      zones: { ...byRole, ...byId },
      agencies: titled(agencies),
      doors: titled(doors),
      sources: titled(sources),
      equipment: titled(equipment),
    }
  }, [zones, roles, agencies, doors, sources, equipment])
}

/** How what is written in tables there is understood. */
export function useNamings({ zones, roles, skills, keys }: BesideWire): Namings {
  return useMemo(() => {
    const called = (ids: readonly string[], names: ReadonlyMap<string, Text>) =>
      new Naming([...new Set([...ids, ...names.keys()])].map((id) => [id, names.get(id) ?? null]))
    return {
      zones: new Naming([...Object.entries(zones), ...Object.keys(roles).map((id) => [id, null] as const)]),
      skills: called(skills, SKILL_NAMES),
      keys: called(keys, THING_NAMES),
    }
  }, [zones, roles, skills, keys])
}
