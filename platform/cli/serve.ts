/** aman serve */
import { isIP } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { ProviderOptions } from '../access/provider.ts'
import { describe, InputError } from '../contracts/errors.ts'
import { type Database, databaseUrl, dataFolder, openDatabase } from '../database/database.ts'
import type { MailOptions } from '../mail/post.ts'
import { serve } from '../server/app.ts'
import { InputArgument } from './arguments.ts'
import { print, warn } from './console.ts'

const PORT = 8080
/** Milliseconds after which a database that was not there is looked for again. */
const AGAIN = 5000

/** Serves until it is stopped. PORT, AMAN_HOST, AMAN_PUBLIC_URL, AMAN_LOG, AMAN_PROXIES, AMAN_MAIL and AMAN_REQUESTS_PER_MINUTE in the environment say
 * where and how. */
export async function serveCommand(): Promise<number> {
  const wanted = process.env.PORT ?? String(PORT)
  const port = Number(wanted)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InputArgument('PORT', 'a whole number from 0 to 65535', wanted)
  const { AMAN_HOST: host = '127.0.0.1', AMAN_PUBLIC_URL: publicUrl, AMAN_LOG: log, AMAN_REQUESTS_PER_MINUTE: limit } = process.env
  const stopping = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  const folder = dataFolder()
  const proxies = proxiesOf(process.env)
  let stopped = false
  void stopping.then(() => {
    stopped = true
  })
  let database = await openOrGoOn(folder)
  const start = () =>
    serve({
      host,
      port,
      folder,
      ...(database === undefined ? {} : { database }),
      ...(publicUrl === undefined || publicUrl === '' ? {} : { publicUrl: mustBeUrl(publicUrl) }),
      proxies,
      ...providerOf(process.env),
      ...mailOf(process.env),
      log: process.stderr,
      requestsInLog: log === 'on',
      ...(limit === undefined ? {} : { limits: { requests: wholeNumber('AMAN_REQUESTS_PER_MINUTE', limit), guesses: 30 } }),
    })
  try {
    while (!stopped) {
      const served = await start()
      print(served.address)
      if (served.setUpCode !== undefined) print(`Code for setting up: ${served.setUpCode}`)
      if (database === undefined) database = await onceThere(folder, stopping)
      else await stopping
      await served.close()
    }
  } finally {
    await database?.close()
  }
  return 0
}

/** Without a database the page still answers; who runs it is told why there is no more. */
async function openOrGoOn(folder: string): Promise<Database | undefined> {
  try {
    return await openDatabase({ url: databaseUrl(), folder })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    for (const problem of error.problems) warn(describe(problem))
    warn(
      'Without it there are no accounts, no documents of your own and no board. The page for single stress tests is served all the same.',
    )
    return undefined
  }
}

/** The database as soon as it can be had; undefined if we are stopped before. */
async function onceThere(folder: string, stopping: Promise<void>): Promise<Database | undefined> {
  for (;;) {
    const goOn = await Promise.race([stopping.then(() => false), wait(AGAIN, true, { ref: false })])
    if (!goOn) return undefined
    try {
      return await openDatabase({ url: databaseUrl(), folder })
    } catch (error) {
      if (!(error instanceof InputError)) throw error
    }
  }
}

/** Servers in front of us on other machines, by AMAN_PROXIES. */
function proxiesOf({ AMAN_PROXIES: value = '' }: NodeJS.ProcessEnv): readonly string[] {
  const all = value.split(/[\s,]+/).filter((one) => one !== '')
  for (const one of all)
    if (isIP(one.split('/')[0]!) === 0 || !/^[^/]+(\/\d{1,3})?$/.test(one))
      throw new InputArgument('AMAN_PROXIES', 'addresses or networks such as 10.0.0.5 or 10.0.0.0/24', one)
  return all
}

/** The provider of identities that AMAN_OIDC_ISSUER, …_CLIENT_ID, …_CLIENT_SECRET and …_NAME describe. */
function providerOf(env: NodeJS.ProcessEnv): { readonly provider?: ProviderOptions } {
  const { AMAN_OIDC_ISSUER: issuer, AMAN_OIDC_CLIENT_ID: clientId, AMAN_OIDC_CLIENT_SECRET: clientSecret } = env
  if (issuer === undefined || issuer === '') return {}
  if (!URL.canParse(issuer)) throw new InputArgument('AMAN_OIDC_ISSUER', 'an address such as https://login.example.org', issuer)
  if (clientId === undefined || clientSecret === undefined)
    throw new InputArgument('AMAN_OIDC_CLIENT_ID', 'an id, and AMAN_OIDC_CLIENT_SECRET beside it', 'nothing')
  return { provider: { issuer, clientId, clientSecret, name: env.AMAN_OIDC_NAME ?? new URL(issuer).hostname } }
}

/** The mail server that AMAN_MAIL and AMAN_MAIL_FROM describe. */
function mailOf({ AMAN_MAIL: server, AMAN_MAIL_FROM: from }: NodeJS.ProcessEnv): { readonly mail?: MailOptions } {
  if (server === undefined || server === '') return {}
  // It may hold a password: what was found is not repeated.
  if (!URL.canParse(server) || !/^smtps?:$/.test(new URL(server).protocol))
    throw new InputArgument('AMAN_MAIL', 'an address such as smtps://name:password@mail.example.org', 'something else')
  if (from === undefined || !/^[^@\s]+@[^@\s]+$/.test(from))
    throw new InputArgument('AMAN_MAIL_FROM', 'an address such as aman@example.org', from ?? 'nothing')
  return { mail: { server, from } }
}

function wholeNumber(name: string, value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new InputArgument(name, 'a whole number from 1', value)
  return number
}

function mustBeUrl(value: string): string {
  try {
    return new URL(value).href
  } catch {
    throw new InputArgument('AMAN_PUBLIC_URL', 'an address such as https://aman.example.org', value)
  }
}
