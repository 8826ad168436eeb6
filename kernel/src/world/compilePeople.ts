/** Staff, shifts, keys, agencies and equipment as tables. */
import { keyNamesOf, skillNamesOf } from './compilePlace.ts'
import type { Compiler } from './compiler.ts'
import { Names } from './compiler.ts'
import { OFFICER } from './layout.ts'
import type { Agencies, Model, Shifts, StaffTable } from './model.ts'
import type { Agency, Shift, Staff } from './scene.ts'
import { AGENCY_SLOT, SHIFT_SLOT } from './slots.ts'

const DAY = 86400

export type People = Pick<Model, 'staff' | 'shifts' | 'agencies' | 'equipment'>

interface Person {
  readonly id: string
  readonly skills: readonly string[]
  readonly keys: number
  readonly breathing: boolean
  readonly shielded: boolean
  readonly presence: number
}

export function compilePeople(compiler: Compiler): People {
  const { roster } = compiler.scene
  const keys = keyNamesOf(compiler)
  const skills = skillNamesOf(compiler)
  const staff = byId(roster.staff)
  const agencies = byId(roster.agencies)
  const mask = (names: readonly string[]) => names.reduce((bits, name) => bits | (1 << keys.of(name)), 0)
  const held = (id: string) => roster.keySets.filter((set) => set.holder === id).reduce((bits, set) => bits | mask(set.opens), 0)
  const persons: Person[] = [
    ...staff.map((s) => ({ ...s, keys: held(s.id) })),
    ...agencies.flatMap((a) => Array.from({ length: a.staff }, (_, i) => ({ ...a, id: `${a.id}-${i + 1}`, keys: mask(a.keys) }))),
  ]
  const classes = new Names(
    persons
      .flatMap((p) => [accessName(p), accessName({ ...p, keys: 0 })])
      .concat(accessName({ keys: 0, breathing: false, shielded: false })),
  )
  const shifts = shiftsOf(compiler)
  const agencyOf = agencies.flatMap((a, i) => Array.from({ length: a.staff }, () => i))
  const gate = compiler.scene.facility.roles.gate
  const equipment = byId(roster.equipment)
  const kinds = equipmentKindsOf(compiler)
  return {
    staff: staffTable(compiler, { staff, persons, classes, skills, keys, shifts, agencyOf }),
    shifts,
    agencies: agenciesOf(compiler, agencies, gate === undefined ? 0 : compiler.zoneNames.of(gate)),
    equipment: {
      ids: equipment.map((e) => e.id),
      kind: Int32Array.from(equipment, (e) => kinds.of(e.kind)),
      kinds: kinds.ids,
    },
  }
}

export function equipmentKindsOf(compiler: Compiler): Names {
  const { roster, plans } = compiler.scene
  return new Names([...roster.equipment.map((e) => e.kind), ...plans.flatMap((p) => p.tasks.flatMap((t) => t.equipment))])
}

function byId<T extends { readonly id: string }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function accessName(p: { keys: number; breathing: boolean; shielded: boolean }): string {
  return `${p.keys.toString(16).padStart(8, '0')}${p.breathing ? 'b' : '-'}${p.shielded ? 's' : '-'}`
}

interface StaffParts {
  readonly staff: readonly Staff[]
  readonly persons: readonly Person[]
  readonly classes: Names
  readonly skills: Names
  readonly keys: Names
  readonly shifts: Shifts
  readonly agencyOf: readonly number[]
}

function staffTable(compiler: Compiler, { staff, persons, classes, skills, keys, shifts, agencyOf }: StaffParts): StaffTable {
  const access = classes.ids
  const keysOf = (name: string) => Number.parseInt(name.slice(0, 8), 16) | 0
  const onRoster = <T>(value: (s: Staff) => T, otherwise: T): T[] => persons.map((_, i) => (i < staff.length ? value(staff[i]) : otherwise))
  const shiftIndex = new Names(shifts.ids)
  const doorKeys = compiler.scene.facility.doors.reduce((bits, d) => bits | (d.key === undefined ? 0 : 1 << keys.of(d.key)), 0)
  return {
    count: persons.length,
    roster: staff.length,
    ids: persons.map((p) => p.id),
    post: Int32Array.from(onRoster((s) => compiler.place(s.post), 0)),
    skills: Int32Array.from(persons, (p) => p.skills.reduce((bits, skill) => bits | (1 << skills.of(skill)), 0)),
    skillNames: skills.ids,
    keyNames: keys.ids,
    access: Int32Array.from(persons, (p) => classes.of(accessName(p))),
    withoutKeys: Int32Array.from(access, (name) => classes.of(`00000000${name.slice(8)}`)),
    accessKeys: Int32Array.from(access, keysOf),
    accessLike: Int32Array.from(access, (name) => access.findIndex((other) => (keysOf(other) & doorKeys) === (keysOf(name) & doorKeys))),
    accessBreathing: Uint8Array.from(access, (name) => (name[8] === 'b' ? 1 : 0)),
    accessShielded: Uint8Array.from(access, (name) => (name[9] === 's' ? 1 : 0)),
    shifts: Int32Array.from(onRoster((s) => s.shifts.reduce((bits, shift) => bits | (1 << shiftIndex.of(shift)), 0), 0)),
    absence: Float64Array.from(onRoster((s) => s.absence, 0)),
    absenceKey: Uint32Array.from(persons, (p) => compiler.key(`staff/${p.id}/absence`)),
    stays: Uint8Array.from(onRoster((s) => (s.stays ? 1 : 0), 0)),
    presence: Float64Array.from(persons, (p) => p.presence),
    agency: Int32Array.from(persons, (_, i) => (i < staff.length ? -1 : agencyOf[i - staff.length])),
    luckKey: Uint32Array.from(persons, (p) => compiler.key(`staff/${p.id}/luck`)),
    noAccess: classes.of(accessName({ keys: 0, breathing: false, shielded: false })),
    byShift: compiler.lists(shifts.ids.map((shift) => staff.flatMap((one, i) => (one.shifts.includes(shift) ? [i] : [])))),
    bySkill: compiler.lists(
      skills.ids.map((skill) => persons.flatMap((p, i) => (p.skills.includes(skill) ? [compiler.officerAt + i * OFFICER] : []))),
    ),
  }
}

function shiftsOf(compiler: Compiler): Shifts {
  const { roster, horizon } = compiler.scene
  const shifts = byId(roster.shifts)
  const length = (s: (typeof shifts)[number]) => (s.to > s.from ? s.to - s.from : s.to - s.from + DAY)
  // A night can only see a change of shift if somebody's shift may end within it.
  const changes = shifts.length > 1 && shifts.some((s) => length(s) < DAY) && horizon > 0
  const boundaries = [...new Set(shifts.flatMap((s) => [s.from, s.to]))].sort((a, b) => a - b)
  return {
    ids: shifts.map((s) => s.id),
    boundaries: Float64Array.from(boundaries),
    onDuty: Int32Array.from([0, 1, 2, 3, 4, 5, 6].flatMap((day) => [0, ...boundaries].map((time) => onDuty(shifts, day, time)))),
    slot: changes ? compiler.slot(SHIFT_SLOT, 0) : -1,
  }
}

/** The shifts on duty at `time` of `day`, one bit each. A shift that ends no later than it begins ends on the next day. */
function onDuty(shifts: readonly Shift[], day: number, time: number): number {
  return shifts.reduce((bits, { from, to, days }, shift) => {
    const sinceToday = days.includes(day) && time >= from && (time < to || to <= from)
    const sinceYesterday = days.includes((day + 6) % 7) && to <= from && time < to
    return sinceToday || sinceYesterday ? bits | (1 << shift) : bits
  }, 0)
}

function agenciesOf(compiler: Compiler, agencies: readonly Agency[], gate: number): Agencies {
  return {
    ids: agencies.map((a) => a.id),
    arrives: Int32Array.from(agencies, (a) => compiler.sampler(a.arrives)),
    admission: Int32Array.from(agencies, (a) => compiler.maybeSampler(a.admission)),
    key: Uint32Array.from(agencies, (a) => compiler.key(`agency/${a.id}`)),
    slot: Int32Array.from(agencies, (_, i) => compiler.slot(AGENCY_SLOT, i)),
    calledMark: Int32Array.from(agencies, (a) => compiler.globalMark(`${a.id}-called`)),
    arrivedMark: Int32Array.from(agencies, (a) => compiler.globalMark(`${a.id}-arrived`)),
    admittedMark: Int32Array.from(agencies, (a) => compiler.globalMark(`${a.id}-admitted`)),
    gate,
  }
}
