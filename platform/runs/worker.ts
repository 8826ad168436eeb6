/** What a worker does, wherever it runs: makes models and plays blocks of nights. */
import { BLOCK, type BlockResult, simulateBlock } from '@aman/kernel/experiment/block'
import type { Model } from '@aman/kernel/world/model'
import { Night } from '@aman/kernel/world/night'
import { succeeded } from '@aman/kernel/world/outcomes'
import { replicate } from '@aman/kernel/world/replicate'
import type { StudyBundle } from '../packs/bundle.ts'
import { clockMeasure, prepare } from './model.ts'
import type { Answer, Choice, Request, Sample } from './protocol.ts'

type Post = (answer: Answer) => void

/** Answers requests through `post`, which must copy what it is given: an engine that has seen one buffer handed over checks
 * every later access to any (docs/performance.md). `clock` tells milliseconds. */
export function makeWorker(post: Post, clock: () => number): (request: Request) => void {
  const bundles = new Map<number, StudyBundle>()
  const nights = new Map<number, Night>()
  const modelOf = (study: number, choice: Choice): Model => {
    const bundle = bundles.get(study)
    if (bundle === undefined) throw new Error(`study ${study} is not known`)
    const prepared = prepare({ ...choice, bundle })
    if ('problems' in prepared) throw new Error(prepared.problems.map((p) => `${p.part}: ${p.path.join('.')}: ${p.code}`).join('; '))
    return prepared.model
  }
  return (request) => {
    try {
      switch (request.do) {
        case 'know':
          return void bundles.set(request.study, request.bundle)
        case 'load': {
          const model = modelOf(request.study, request.choice)
          nights.set(request.model, new Night(model))
          return post({ did: 'load', model: request.model, hash: model.hash })
        }
        case 'play': {
          const night = nights.get(request.model)
          if (night === undefined) throw new Error(`model ${request.model} has not been loaded`)
          const began = clock()
          const results: BlockResult[] = []
          for (let block = request.from; block < request.to; block++) {
            results.push(simulateBlock(night, request.seed, block, block === request.lastBlock ? request.last : BLOCK))
          }
          return post({
            did: 'play',
            ticket: request.ticket,
            model: request.model,
            from: request.from,
            results,
            milliseconds: clock() - began,
          })
        }
        case 'sample':
          return post({
            did: 'sample',
            ticket: request.ticket,
            sample: sample(modelOf(request.study, request.choice), request.seed, request.nights),
          })
        case 'forget':
          nights.delete(request.model)
      }
    } catch (error) {
      post({ did: 'fail', model: 'model' in request ? request.model : -1, message: (error as Error).message })
    }
  }
}

function sample(model: Model, seed: number, nights: number): Sample {
  const night = new Night(model)
  const out = new Float64Array(model.measures.length)
  const success = new Uint8Array(nights)
  const clock = new Float64Array(nights)
  const which = clockMeasure(model)
  for (let k = 0; k < nights; k++) {
    replicate(night, seed, k, out)
    success[k] = succeeded(model, out, 0, 1) ? 1 : 0
    clock[k] = out[which]!
  }
  return { success, clock }
}
