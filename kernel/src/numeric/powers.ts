/** Exact powers of two, from the smallest subnormal double to the largest. */

const LOWEST = -1074
const table = new Float64Array(1023 - LOWEST + 1)
table[-LOWEST] = 1
for (let k = 1; k <= 1023; k++) table[k - LOWEST] = table[k - 1 - LOWEST] * 2
for (let k = -1; k >= LOWEST; k--) table[k - LOWEST] = table[k + 1 - LOWEST] * 0.5

/** 2 to the power of the integer `k`, −1074 ≤ k ≤ 1023. */
export function powerOfTwo(k: number): number {
  return table[k - LOWEST]
}
