/** Figures for those who look after the machine, in the form that Prometheus reads; from this machine only. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Api, atThisMachine } from '../access/api.ts'
import { Refusal } from '../contracts/errors.ts'

export interface Metrics {
  count(name: string, help: string, now: () => number): void
}

export function measure(app: Api): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'aman_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
  app.get('/metrics', { config: { open: true }, schema: { hide: true } }, async (request, reply) => {
    if (!atThisMachine(request)) throw new Refusal('not-found')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
  return {
    count: (name, help, now) => {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(now())
        },
      })
    },
  }
}
