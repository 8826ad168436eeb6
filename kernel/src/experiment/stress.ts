/** Many nights in one thread. The same, spread over workers, is in the platform; both give the same digest. */
import type { Model } from '../world/model.ts'
import { Night } from '../world/night.ts'
import { BLOCK, simulateBlock } from './block.ts'
import { blocksFor, Summary } from './summary.ts'

/** Plays the first `nights` nights of `model` under `seed`. */
export function stress(model: Model, seed: number, nights: number): Summary {
  const summary = new Summary(model, nights)
  const night = new Night(model)
  const { blocks, last } = blocksFor(nights)
  for (let block = 0; block < blocks; block++) summary.add(simulateBlock(night, seed, block, block === blocks - 1 ? last : BLOCK))
  return summary
}
