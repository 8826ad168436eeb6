/** Everything that the engine is held against that needs no documents. Documents, cases and threads follow in the platform. */
import type { Check } from './check.ts'
import { DISORDER_CHECKS } from './disorder.ts'
import { ESCAPE_CHECKS } from './escape.ts'
import { FIRE_CHECKS } from './fire.ts'
import { HOSTAGE_CHECKS } from './hostage.ts'
import { MOVEMENT_CHECKS } from './movement.ts'
import { OUTAGE_CHECKS } from './outage.ts'
import { OUTBREAK_CHECKS } from './outbreak.ts'
import { QUEUE_CHECKS } from './queues.ts'

export const CHECKS: readonly Check[] = [
  ...ESCAPE_CHECKS,
  ...QUEUE_CHECKS,
  ...OUTBREAK_CHECKS,
  ...FIRE_CHECKS,
  ...MOVEMENT_CHECKS,
  ...OUTAGE_CHECKS,
  ...DISORDER_CHECKS,
  ...HOSTAGE_CHECKS,
]
