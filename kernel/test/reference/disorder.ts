/** Reference model B, "disorder": its tables, and a plain second implementation that shares nothing with the engine. */
import { Sfc32 } from './sfc32.ts'

export const WINGS = 20
export const PEOPLE = 60
export const AGITATED = 8
export const HORIZON_MINUTES = 240
/** Per minute. */
export const rates = { eps: 0.0002, beta: 0.155, betax: 0.05, g0: 0.004, g: 0.12, gx: 0.02, k: 0.03, d: 0.008, sg: 0.012 } as const

/** A ring with chords from every third wing to the seventh further on. */
export const links: readonly (readonly [number, number])[] = [
  ...Array.from({ length: WINGS }, (_, w) => [w, (w + 1) % WINGS] as const),
  ...[0, 3, 6, 9, 12, 15, 18].map((w) => [w, (w + 7) % WINGS] as const),
]
export const staff: readonly number[] = Array.from({ length: WINGS }, (_, w) => (w % 3 === 0 ? 3 : 2))
export const neighbours: readonly (readonly number[])[] = Array.from({ length: WINGS }, (_, w) =>
  links.flatMap(([a, b]) => (a === w ? [b] : b === w ? [a] : [])).sort((a, b) => a - b),
)

/** One replication: the peak of the number rioting. Rates are added, and the channel is chosen, in the order described. */
export function replicate(seed: number, replication: number): number {
  const chance = new Sfc32(seed, replication)
  const { eps, beta, betax, g0, g, gx, k, d, sg } = rates
  const [bN, bxN, gN, gxN] = [beta / PEOPLE, betax / PEOPLE, g / PEOPLE, gx / PEOPLE]
  const calm = Array.from({ length: WINGS }, (_, w) => (w === 0 ? PEOPLE - AGITATED : PEOPLE))
  const agitated = Array.from({ length: WINGS }, (_, w) => (w === 0 ? AGITATED : 0))
  const rioting = new Array<number>(WINGS).fill(0)
  const near = (w: number) => neighbours[w]!.reduce((sum, other) => sum + rioting[other]!, 0)
  const rate = (w: number) =>
    calm[w]! * (eps + bN * (0.5 * agitated[w]! + rioting[w]!) + bxN * near(w)) +
    agitated[w]! * (g0 + gN * rioting[w]! + gxN * near(w) + k * staff[w]!) +
    rioting[w]! * (d * staff[w]! + sg * staff[w]!)
  const wing = Array.from({ length: WINGS }, (_, w) => rate(w))
  const group = (i: number) => wing[5 * i]! + wing[5 * i + 1]! + wing[5 * i + 2]! + wing[5 * i + 3]! + wing[5 * i + 4]!
  let time = 0
  let total = 0
  let peak = 0
  for (;;) {
    const groups = [group(0), group(1), group(2), group(3)]
    const sum = groups[0]! + groups[1]! + (groups[2]! + groups[3]!)
    time += chance.exponential() / sum
    if (time > HORIZON_MINUTES) return peak
    let u = chance.u53() * sum
    let i = 0
    while (i < 3 && u >= groups[i]!) u -= groups[i++]!
    let w = 5 * i
    while (w < 5 * i + 4 && u >= wing[w]!) u -= wing[w++]!
    const channels = [
      calm[w]! * (eps + bN * (0.5 * agitated[w]! + rioting[w]!) + bxN * near(w)),
      agitated[w]! * (k * staff[w]!),
      agitated[w]! * (g0 + gN * rioting[w]! + gxN * near(w)),
      rioting[w]! * (d * staff[w]!),
    ]
    let channel = 0
    while (channel < 4 && u >= channels[channel]!) u -= channels[channel++]!
    const before = rioting[w]!
    if (channel === 0) {
      calm[w]!--
      agitated[w]!++
    } else if (channel === 1) {
      agitated[w]!--
      calm[w]!++
    } else if (channel === 2) {
      agitated[w]!--
      rioting[w]!++
    } else if (channel === 3 && before > 0) {
      rioting[w]!--
      agitated[w]!++
    } else if (before > 0) rioting[w]!--
    total += rioting[w]! - before
    peak = Math.max(peak, total)
    wing[w] = rate(w)
    if (rioting[w] !== before) for (const other of neighbours[w]!) wing[other] = rate(other)
  }
}
