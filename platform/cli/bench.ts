/** aman bench */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pairedDifference } from '@aman/kernel/experiment/statistics'
import { clockMeasure } from '../runs/model.ts'
import { nodePool } from '../runs/node.ts'
import type { Pool } from '../runs/pool.ts'
import { Z } from '../runs/stress.ts'
import { endProgress, print, printJson, progress } from './console.ts'
import { findStudy, prepareStudy } from './studies.ts'
import { table } from './words.ts'

interface BenchRow {
  readonly id: string
  readonly value: number
  readonly unit: string
  /** Least and most of the rounds. */
  readonly low: number
  readonly high: number
}

const SIX = ['cell-fire', 'wing-disorder', 'work-area-escape', 'hostage-taking', 'respiratory-outbreak', 'power-outage']
const ROUNDS = 7

export async function benchCommand({ json }: { readonly json: boolean }): Promise<number> {
  // A pool for each model: a worker that has played one is a little slower at another.
  const one = nodePool(1, Infinity)
  const two = nodePool(2, Infinity)
  const other = nodePool(1, Infinity)
  const rows: BenchRow[] = []
  const add = (id: string, unit: string, values: readonly number[]) => {
    const sorted = [...values].sort((a, b) => a - b)
    rows.push({ id, value: sorted[Math.floor(sorted.length / 2)]!, unit, low: sorted[0]!, high: sorted.at(-1)! })
  }
  try {
    progress('models A and B')
    // Once unseen, so that every round finds the engine warm.
    await rate(one, 'response', 200_000)
    await rate(two, 'response', 400_000)
    const a = [await rate(one, 'response', 400_000)]
    const both: number[] = []
    for (let k = 0; k < ROUNDS; k++) {
      progress(`model A: ${k + 1} of ${ROUNDS}`)
      const together = await rate(two, 'response', 800_000)
      a.push(await rate(one, 'response', 400_000))
      // Against one thread before and after: the machine's speed wanders.
      both.push((2 * together) / (a.at(-2)! + a.at(-1)!))
    }
    // Not in between: this thread, too, is a little slower at one model once it has put together another.
    await rate(other, 'disorder', 2000)
    const b: number[] = []
    for (let k = 0; k < ROUNDS; k++) {
      progress(`model B: ${k + 1} of ${ROUNDS}`)
      b[k] = await rate(other, 'disorder', 8000)
    }
    add('model-a-response-1-thread', 'replications/s', a)
    add('model-b-disorder-1-thread', 'replications/s', b)
    add('two-threads-against-one', 'ratio', both)
    for (const study of SIX) {
      progress(study)
      const seconds: number[] = []
      for (let k = 0; k < 3; k++) {
        const fresh = nodePool(2, 10_000)
        seconds.push(10_000 / (await rate(fresh, study, 10_000)))
        fresh.close()
      }
      add(`${study}-10000-2-threads`, 's', seconds)
    }
    progress('paired comparison')
    add('paired-variance-ratio-one-more-officer', 'ratio', [await varianceRatio(two)])
    progress('a million nights')
    const peak = await peakMemory(['stress', 'response', '--replications', '1000000', '--no-weaknesses', '--json'])
    if (peak !== undefined) add('memory-1000000', 'MB', [peak])
  } finally {
    for (const pool of [one, two, other]) pool.close()
    endProgress()
  }
  if (json) printJson(rows)
  else for (const line of table([['measured', 'median', 'least', 'most', 'unit'], ...rows.map(cells)])) print(line)
  return 0
}

function cells({ id, value, low, high, unit }: BenchRow): string[] {
  const digits = (x: number) => String(Number(x.toPrecision(4)))
  return [id, digits(value), digits(low), digits(high), unit]
}

/** Nights a second of a study on a pool: the simulation loop alone. */
async function rate(pool: Pool, study: string, nights: number): Promise<number> {
  const { prepared, case: what } = prepareStudy(findStudy(study, []), { options: [] })
  const { seconds, summary } = await pool.run({ case: what, model: prepared.model, seed: 1, nights })
  return summary.nights / seconds
}

/** How many times smaller the variance of the effect of one more officer is on the same nights than on different ones. */
async function varianceRatio(pool: Pool): Promise<number> {
  const found = findStudy('response', [])
  const columns: Float64Array[] = []
  for (const options of [[], ['one-more-officer']]) {
    const { prepared, case: what } = prepareStudy(found, { options })
    const { summary } = await pool.run({ case: what, model: prepared.model, seed: 1, nights: 20_000 })
    columns.push(summary.column(clockMeasure(prepared.model)))
  }
  return pairedDifference(columns[0]!, columns[1]!, Z).varianceRatio
}

/** Most memory that the command with `args` has held, MB; undefined where the system does not tell. */
async function peakMemory(args: readonly string[]): Promise<number | undefined> {
  const script = fileURLToPath(new URL('../../bin/aman.mjs', import.meta.url))
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'ignore'] })
  let most: number | undefined
  const look = setInterval(() => {
    try {
      const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
      if (kilobytes !== undefined) most = Number(kilobytes) / 1024
    } catch {
      // Not Linux, or the process has just ended.
    }
  }, 20)
  await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(look)
  return most
}
