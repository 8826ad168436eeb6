/** Shapes of what is asked of reports. */
import { z } from 'zod'
import { LANGUAGES } from '../contracts/languages.ts'
import { FORMATS } from './content.ts'

export const Wanted = z.object({ format: z.enum(FORMATS), language: z.enum(LANGUAGES).default('en') })
