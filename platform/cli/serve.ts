/** aman serve */
import type { ProviderOptions } from '../access/provider.ts'
import { describe, InputError } from '../contracts/errors.ts'
import { type Database, databaseUrl, dataFolder, openDatabase } from '../database/database.ts'
import type { MailOptions } from '../mail/post.ts'
import { serve } from '../server/app.ts'
import { InputArgument } from './arguments.ts'
import { print, warn } from './console.ts'

const PORT = 8080

/** Serves until it is stopped. PORT, AMAN_HOST, AMAN_PUBLIC_URL, AMAN_LOG, AMAN_MAIL and AMAN_REQUESTS_PER_MINUTE in the environment say
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
  const database = await openOrGoOn(folder)
  try {
    const served = await serve({
      host,
      port,
      folder,
      ...(database === undefined ? {} : { database }),
      ...(publicUrl === undefined || publicUrl === '' ? {} : { publicUrl: mustBeUrl(publicUrl) }),
      ...providerOf(process.env),
      ...mailOf(process.env),
      log: process.stderr,
      requestsInLog: log === 'on',
      ...(limit === undefined ? {} : { limits: { requests: wholeNumber('AMAN_REQUESTS_PER_MINUTE', limit), guesses: 30 } }),
    })
    // By name: browsers keep passkeys for names only.
    print(served.address.replace('//127.0.0.1:', '//localhost:'))
    if (served.setUpCode !== undefined) print(`Code for setting up: ${served.setUpCode}`)
    await stopping
    await served.close()
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
