/** An argument that cannot be used. */
import { InputError } from '../contracts/errors.ts'

export class InputArgument extends InputError {
  constructor(name: string, expected: string, found: string) {
    super([{ code: 'argument-wrong', path: [name], expected, found }])
  }
}
