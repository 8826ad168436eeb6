/** Who of a roster could do what, and where a threat may begin: what the checks of documents that fit together ask again and again. */
import type { Need } from '@aman/kernel/world/scene'
import type { FacilityDocument } from './kinds/facility.ts'
import type { RosterDocument } from './kinds/roster.ts'
import type { StudyDocument } from './kinds/study.ts'
import { staffOf } from './scene.ts'

type Wanted = Pick<Need, 'skill' | 'key' | 'breathing' | 'shielded'>

interface Equipped {
  readonly skills: readonly string[]
  readonly breathing: boolean
  readonly shielded: boolean
}

const meets = ({ skill, key, breathing, shielded }: Wanted, one: Equipped, keys: readonly string[]): boolean =>
  one.skills.includes(skill) && (key === undefined || keys.includes(key)) && (!breathing || one.breathing) && (!shielded || one.shielded)

/** Everybody on the roster who meets a need, with their shift and all keys that they carry. */
export function ableStaff(roster: RosterDocument, need: Wanted): { readonly shift: string; readonly keys: readonly string[] }[] {
  return staffOf(roster).flatMap((one) => {
    const sets = Object.values(roster['key-sets']).flatMap(({ holder, opens }) => (holder === one.id ? opens : []))
    const keys = [...roster.posts[one.of]!.keys, ...sets]
    return meets(need, one, keys) ? [{ shift: one.shift, keys }] : []
  })
}

/** Agencies whose people meet a need. */
export function ableAgencies(roster: RosterDocument, need: Wanted): RosterDocument['agencies'][string][] {
  return Object.values(roster.agencies).filter((agency) => meets(need, agency, agency.keys))
}

/** A need in a few words: "officer with key cell and breathing apparatus". */
export function wantedIn({ skill, key, breathing, shielded }: Wanted): string {
  const extras = [key === undefined ? [] : `key ${key}`, breathing ? 'breathing apparatus' : [], shielded ? 'shields' : []].flat()
  return extras.length === 0 ? skill : `${skill} with ${extras.join(' and ')}`
}

/** Zones that `where` of a threat names; none for a threat that begins where another is. */
export function zonesOf(where: StudyDocument['threats'][string]['where'], facility: FacilityDocument): string[] {
  if ('threat' in where) return []
  if ('zones' in where) return Array.isArray(where.zones) ? where.zones : Object.keys(where.zones)
  return Object.entries(facility.zones).flatMap(([id, { kind }]) => (where.kinds.includes(kind) ? [id] : []))
}
