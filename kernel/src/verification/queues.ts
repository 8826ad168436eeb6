/** Queues written as plans: customers are tasks, officers are servers. */
import { taskTallyAt } from '../experiment/tally.ts'
import type { Scene, Task } from '../world/scene.ts'
import { type Check, nightsOf } from './check.ts'
import { after, exponential, facility, officer, plan, roster, scene, task, zone } from './scenes.ts'

const NIGHTS = 3072
/** The queue starts empty; by this customer it has forgotten that. */
const FROM = 150
const TO = 250
const WAITED = 7

function queueScene(servers: number, arrivals: number): Scene {
  const name = (k: number) => String(k).padStart(3, '0')
  const tasks = Array.from({ length: TO }, (_, k): Task[] => [
    task(`arrival-${name(k)}`, exponential(1 / arrivals), { needs: [], all: k === 0 ? [] : after(`arrival-${name(k - 1)}`) }),
    task(`service-${name(k)}`, exponential(1), { all: after(`arrival-${name(k)}`) }),
  ]).flat()
  return scene({
    facility: facility([zone('desk')], []),
    roster: roster(Array.from({ length: servers }, (_, k) => officer(`server-${k}`, 'desk'))),
    plans: [plan('drill', tasks)],
  })
}

/** Mean wait in M/M/c at unit service rate (Erlang's C formula). */
function erlangWait(servers: number, arrivals: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; k < servers; k++) {
    term *= arrivals / k
    sum += term
  }
  const last = ((term * arrivals) / servers) * (servers / (servers - arrivals))
  return last / (sum + last) / (servers - arrivals)
}

function queueCheck(servers: number, arrivals: number, tolerance: number): Check {
  const nights = nightsOf(() => queueScene(servers, arrivals), NIGHTS)
  return {
    id: `queue-${servers}`,
    title: `M/M/${servers} written as a plan of ${2 * TO} tasks`,
    source: "Erlang's C formula",
    confidence: 'identity',
    quantity: 'mean wait, service times',
    expected: erlangWait(servers, arrivals),
    tolerance,
    work: () => {
      const { model, tally, nights: played } = nights()
      let sum = 0
      let count = 0
      model.tasks.ids.forEach((id, number) => {
        if (!id.startsWith('service-') || Number(id.slice(8)) < FROM) return
        sum += tally[taskTallyAt(number) + WAITED]
        count += tally[taskTallyAt(number) + 1]
      })
      return { obtained: sum / count, replications: played }
    },
  }
}

export const QUEUE_CHECKS: readonly Check[] = [queueCheck(1, 0.5, 0.03), queueCheck(3, 2, 0.03)]
