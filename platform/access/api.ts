/** What every part of the server's interface shares: its types, who is asking, and refusals as problem details. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { ERRORS, type ErrorCode, InputError, type Problem, Refusal } from '../contracts/errors.ts'
import { problemsOf } from '../contracts/findings.ts'
import type { Database } from '../database/database.ts'
import { asPerson } from '../database/transaction.ts'
import type { Session } from './gate.ts'

export type Api = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | undefined
  }
  interface FastifyContextConfig {
    /** Answers also those who are not signed in. */
    open?: boolean
  }
}

/** Runs `work` in the name of whoever asks. */
export function asked<T>(database: Database, request: FastifyRequest, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return asPerson(database, mustBeSomebody(request).person, work)
}

export function mustBeSomebody(request: FastifyRequest): Session {
  if (request.session === undefined) throw new Refusal('signed-out')
  return request.session
}

/** Whether somebody at this machine asks, and nobody through a server in front of us. */
export function atThisMachine(request: FastifyRequest): boolean {
  const { headers, ip, hostname } = request
  return (
    /^(127\.|::1$|::ffff:127\.)/.test(ip) &&
    headers['x-forwarded-for'] === undefined &&
    headers.forwarded === undefined &&
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/.test(hostname)
  )
}

/** To be asked before anything that lets somebody in or out: where it is demanded, only who has shown a second proof goes on. */
export function provenTwice(demanded: boolean): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    if (demanded && !mustBeSomebody(request).second) throw new Refusal('second-proof-needed')
  }
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  'signed-out': 401,
  'sign-in-failed': 401,
  'code-needed': 401,
  'account-locked': 429,
  'requests-many': 429,
  forbidden: 403,
  'second-proof-needed': 403,
  'provider-unknown': 403,
  'publisher-unknown': 403,
  'own-work': 403,
  'origin-foreign': 403,
  'not-found': 404,
  'invitation-unknown': 404,
  'set-up-done': 409,
  'login-taken': 409,
  'conflict-changed': 409,
  'state-wrong': 409,
  'nothing-in-force': 409,
  'id-duplicate': 409,
  'file-too-large': 413,
  'service-busy': 503,
  'storage-full': 503,
  'typesetter-missing': 501,
  fault: 500,
}

/** What was sent has another shape than the operation takes. */
class RequestError extends InputError {}

/** Checks a part of a request against its shape, and says what is wrong in the words of our catalogue. */
export function checked({ schema }: { readonly schema: z.ZodType }): (sent: unknown) => { value: unknown } | { error: Error } {
  return (sent) => {
    const { success, data, error } = schema.safeParse(sent)
    return success ? { value: data } : { error: new RequestError(error.issues.flatMap((issue) => problemsOf(issue, sent))) }
  }
}

/** RFC 9457, with our code and, where input is at fault, everything that is wrong with it. */
export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string(),
  problems: z
    .array(
      z.object({
        code: z.string(),
        path: z.array(z.union([z.string(), z.number()])),
        says: z.string(),
        advice: z.string(),
        line: z.int().optional(),
        column: z.int().optional(),
        expected: z.string().optional(),
        found: z.string().optional(),
      }),
    )
    .optional(),
})
export type ProblemDetails = z.infer<typeof ProblemDetails>

/** What the database says in codes of its own and of ours (database/CONVENTIONS.md). */
const OF_DATABASE: Readonly<Record<string, ErrorCode>> = {
  AM002: 'request-wrong',
  AM003: 'forbidden',
  AM004: 'state-wrong',
  AM005: 'own-work',
  '22001': 'request-wrong',
  '22003': 'request-wrong',
  '22007': 'request-wrong',
  '22008': 'request-wrong',
  '22021': 'request-wrong',
  '22P02': 'request-wrong',
  '22P05': 'request-wrong',
  '23503': 'request-wrong',
  '23505': 'id-duplicate',
  '23514': 'request-wrong',
  '40001': 'conflict-changed',
  '42501': 'forbidden',
  '53100': 'storage-full',
  '55P03': 'service-busy',
  ENOSPC: 'storage-full',
}

export function problemOf(error: unknown, instance: string): ProblemDetails {
  if (error instanceof RequestError) return details('request-wrong', instance, error.problems)
  if (error instanceof InputError) return details(error.problems[0]?.code ?? 'request-wrong', instance, error.problems, 422)
  if (error instanceof Refusal) return { ...details(error.code, instance), ...(error.detail === undefined ? {} : { detail: error.detail }) }
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  const known = code === undefined ? undefined : OF_DATABASE[code]
  if (known !== undefined) return details(known, instance)
  // Lost connections, a server that stops, starts or has no room: classes 08, 53, 57 and 58 of PostgreSQL's codes.
  if (
    /^(08|53|57|58)...$|^(ECONN|EPIPE|ENOENT)/.test(code ?? '') ||
    /timeout exceeded when trying|Query read timeout|terminated|not queryable/.test(String(error))
  )
    return details('service-busy', instance)
  if (statusCode === 413) return details('file-too-large', instance)
  if (statusCode === 429) return details('requests-many', instance)
  if (statusCode === 404) return details('not-found', instance)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { ...details('request-wrong', instance), status: statusCode }
  return details('fault', instance)
}

function details(code: ErrorCode, instance: string, problems?: readonly Problem[], otherwise = 400): ProblemDetails {
  const { says, advice } = ERRORS[code]
  return {
    type: `/docs/errors#${code}`,
    title: says,
    status: STATUS[code] ?? otherwise,
    code,
    detail: advice,
    instance,
    ...(problems === undefined
      ? {}
      : {
          problems: problems.map(({ file: _, path, ...rest }) => ({
            ...rest,
            path: [...path],
            says: ERRORS[rest.code].says,
            advice: ERRORS[rest.code].advice,
          })),
        }),
  }
}
