/** Standard output for results, standard error for everything else, and what Ctrl-C means. */

/** One line of a result. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** One line for whoever runs it, beside the results. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`)
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, (_, v) => (typeof v === 'number' && !Number.isFinite(v) ? null : v), 2)}\n`)
}

/** A line that the next one writes over; only where somebody can see it. */
export function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`)
}

export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}

/** Aborts on the first Ctrl-C, so that what is known can be printed; the second one ends the process. */
export function interruptible(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => {
    controller.abort()
    process.once('SIGINT', () => process.exit(130))
  })
  return controller.signal
}
