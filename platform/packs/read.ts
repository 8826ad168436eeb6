/** Documents from disk. */
import { readFileSync, statSync } from 'node:fs'
import { InputError } from '../contracts/errors.ts'
import { checkText, type ReadDocument, refuse } from './text.ts'

/** Bytes that a document may have. */
const LARGEST = 2_000_000

/** Reads and checks one document. Throws {@link InputError} with everything that is wrong. */
export function readDocument(file: string): ReadDocument {
  return checkText(readText(file), file)
}

function readText(file: string): string {
  try {
    const stat = statSync(file)
    if (!stat.isFile()) refuse({ code: 'file-unreadable', file, path: [], expected: 'a file', found: 'something else' })
    const { size } = stat
    if (size > LARGEST) refuse({ code: 'file-too-large', file, path: [], expected: `at most ${LARGEST} bytes`, found: `${size} bytes` })
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof InputError) throw error
    return refuse({ code: 'file-unreadable', file, path: [], found: (error as Error).message })
  }
}
