/** What a worker does, wherever it runs: makes models and plays blocks of nights. */
import { BLOCK, type BlockResult, simulateBlock } from '@aman/kernel/experiment/block'
import { Night } from '@aman/kernel/world/night'
import type { StudyBundle } from '../packs/bundle.ts'
import { prepare } from './model.ts'
import type { Answer, Request } from './protocol.ts'

type Post = (answer: Answer) => void

/** Answers requests through `post`, which must copy what it is given: an engine that has seen one buffer handed over checks
 * every later access to any (docs/performance.md). `clock` tells milliseconds. */
export function makeWorker(post: Post, clock: () => number): (request: Request) => void {
  const bundles = new Map<number, StudyBundle>()
  const nights = new Map<number, Night>()
  return (request) => {
    try {
      switch (request.do) {
        case 'know':
          return void bundles.set(request.study, request.bundle)
        case 'load': {
          const bundle = bundles.get(request.study)
          if (bundle === undefined) throw new Error(`study ${request.study} is not known`)
          const prepared = prepare({ ...request.choice, bundle })
          if ('problems' in prepared) throw new Error(prepared.problems.map((p) => `${p.part}: ${p.path.join('.')}: ${p.code}`).join('; '))
          nights.set(request.model, new Night(prepared.model))
          return post({ did: 'load', model: request.model, hash: prepared.model.hash })
        }
        case 'play': {
          const night = nights.get(request.model)
          if (night === undefined) throw new Error(`model ${request.model} has not been loaded`)
          const began = clock()
          const results: BlockResult[] = []
          for (let block = request.from; block < request.to; block++) {
            results.push(simulateBlock(night, request.seed, block, block === request.lastBlock ? request.last : BLOCK))
          }
          return post({ did: 'play', model: request.model, from: request.from, results, milliseconds: clock() - began })
        }
        case 'forget':
          nights.delete(request.model)
      }
    } catch (error) {
      post({ did: 'fail', model: 'model' in request ? request.model : -1, message: (error as Error).message })
    }
  }
}
