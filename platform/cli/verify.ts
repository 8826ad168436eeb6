/** aman verify */
import { CHECKS } from '@aman/kernel/verification/checks'
import type { CaseDocument } from '../packs/kinds/case.ts'
import { parseDocument } from '../packs/parse.ts'
import { nodePool } from '../runs/node.ts'
import {
  type Playable,
  playable,
  publishedFigures,
  referenceModels,
  row,
  sameOnAllThreads,
  type VerifyRow,
  worldAgainstReplicate,
} from '../verify/documents.ts'
import { endProgress, print, printJson, progress } from './console.ts'
import { libraryOf } from './studies.ts'
import { table } from './words.ts'

const REPLAYED = 24
const CASE_NIGHTS = 2000

export async function verifyCommand({ json }: { readonly json: boolean }): Promise<number> {
  const library = libraryOf([])
  const rows: VerifyRow[] = []
  const pools = [1, 2, 4].map(nodePool)
  const pool = pools[1]!
  try {
    for (const { work, ...check } of CHECKS) {
      progress(`${check.id}: ${check.title}`)
      rows.push(row({ ...check, ...work() }))
    }
    const studies = new Map<string, Playable>(library.all('study').map((e) => [e.id, playable(library.bundle(e))]))
    progress('reference models')
    rows.push(...(await referenceModels(pool, studies.get('response')!, studies.get('disorder')!)))
    for (const [id, { model }] of studies) {
      progress(`one night in two ways: ${id}`)
      rows.push(
        row({
          id: `world-${id}`,
          title: `A world advanced in steps, kept, forked and restored equals the night simulated at once: ${id}`,
          source: 'Both run the same code',
          confidence: 'identity',
          quantity: 'nights that differ in any bit',
          expected: 0,
          tolerance: 0,
          obtained: worldAgainstReplicate(model, REPLAYED),
          replications: REPLAYED,
        }),
      )
    }
    progress('threads')
    rows.push(await sameOnAllThreads(pools, [...studies.values()]))
    for (const entry of library.all('case')) {
      progress(`case: ${entry.id}`)
      const parsed = parseDocument('case', entry.raw)
      if (!('document' in parsed)) throw new Error(`${entry.id} cannot be read`)
      const incident: CaseDocument = parsed.document
      rows.push(...(await publishedFigures(pool, incident, studies.get(incident.study)!, CASE_NIGHTS)))
    }
  } finally {
    for (const one of pools) one.close()
    endProgress()
  }
  if (json) printJson(rows)
  else printRows(rows)
  return rows.every((r) => r.pass) ? 0 : 1
}

function printRows(rows: readonly VerifyRow[]): void {
  const digits = (x: number) => (x === 0 || Math.abs(x) >= 1e-4 ? String(Number(x.toPrecision(6))) : x.toExponential(2))
  const lines = rows.map((r) => [
    `${r.pass ? 'pass' : 'FAIL'}  ${r.id}`,
    digits(r.expected),
    digits(r.tolerance),
    digits(r.obtained),
    String(r.replications),
    r.confidence,
  ])
  for (const line of table([['check', 'expected', '±', 'obtained', 'nights', 'the expected figure is'], ...lines])) print(line)
  const failed = rows.filter((r) => !r.pass)
  print()
  print(failed.length === 0 ? `All ${rows.length} checks pass.` : `${failed.length} of ${rows.length} checks fail.`)
  for (const r of failed)
    print(`  ${r.id}: ${r.title}; ${r.quantity}: expected ${r.expected} ± ${r.tolerance}, obtained ${r.obtained} (${r.source})`)
  print('Figures marked "recalled" or "recomputed" have not been read in their source; see docs/models.md.')
}
