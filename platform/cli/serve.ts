/** aman serve */
import { serve } from '../server/app.ts'
import { InputArgument } from './arguments.ts'
import { print } from './console.ts'

const PORT = 8080

/** Serves the page until it is stopped. PORT in the environment overrides the port. */
export async function serveCommand(): Promise<number> {
  const wanted = process.env.PORT ?? String(PORT)
  const port = Number(wanted)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InputArgument('PORT', 'a whole number from 0 to 65535', wanted)
  const served = await serve('127.0.0.1', port)
  print(served.address)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await served.close()
  return 0
}
