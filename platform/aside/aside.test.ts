import { describe, expect, it } from 'vitest'
import { InputError } from '../contracts/errors.ts'
import { Aside } from './aside.ts'

/** A thread that does as it is told: says something again, takes for ever, throws, or ends. */
const OBEDIENT = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', (request) => {
      if (request === 'for ever') for (;;);
      if (request === 'end') process.exit(3)
      if (request === 'throw') throw new Error('thrown')
      if (request === 'wrong') return parentPort.postMessage({ problems: [{ code: 'value-unknown', path: ['a'] }] })
      if (request === 'fault') return parentPort.postMessage({ fault: 'a fault' })
      parentPort.postMessage({ answer: request })
    })`)}`,
)
const aside = (longest = 10_000, mostWaiting = 5) => new Aside<string, string>(OBEDIENT, { longest, mostWaiting })

describe('work done aside', () => {
  it('is answered in its order', async () => {
    const one = aside()
    const answers: string[] = []
    await Promise.all(['a', 'b', 'c'].map(async (word) => answers.push(await one.ask(word))))
    expect(answers).toEqual(['a', 'b', 'c'])
  })

  it('says what is wrong as if it had been done here', async () => {
    const one = aside()
    const wrong = await one.ask('wrong').catch((error: unknown) => error)
    expect(wrong).toBeInstanceOf(InputError)
    expect((wrong as InputError).problems).toEqual([{ code: 'value-unknown', path: ['a'] }])
    await expect(one.ask('fault')).rejects.toThrow('a fault')
    expect(await one.ask('after')).toBe('after')
  })

  it.each([
    ['for ever', { code: 'service-busy' }],
    ['end', { message: 'a thread has ended with 3' }],
    ['throw', { message: 'thrown' }],
  ])('goes on with what waits when a thread is told “%s”', async (request, error) => {
    const one = aside(request === 'for ever' ? 1500 : 10_000)
    const lost = one.ask(request)
    const waiting = one.ask('next')
    await expect(lost).rejects.toMatchObject(error)
    expect(await waiting).toBe('next')
    expect(await one.ask('later')).toBe('later')
  })

  it('goes on when something cannot be sent', async () => {
    const one = aside()
    const unsendable = one.ask((() => undefined) as unknown as string)
    const waiting = one.ask('next')
    await expect(unsendable).rejects.toThrow(/could not be cloned/)
    expect(await waiting).toBe('next')
  })

  it('refuses what would wait behind too much', async () => {
    const one = aside(10_000, 2)
    const taken = ['a', 'b', 'c'].map((word) => one.ask(word))
    await expect(one.ask('d')).rejects.toMatchObject({ code: 'service-busy' })
    expect(await Promise.all(taken)).toEqual(['a', 'b', 'c'])
    expect(await one.ask('e')).toBe('e')
  })
})
