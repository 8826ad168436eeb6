/** A form with labelled fields, what is wrong beside it, and a button that says when it works. */
import './form.css'
import { type FormEvent, type ReactNode, useId } from 'react'
import { ERRORS, type ErrorCode } from '../../contracts/errors.ts'
import { useExpected, useRefusals, useWords } from '../../plans/screens/words.ts'
import type { Refused } from '../../web/server.ts'
import { Secret } from './secret.tsx'

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly type?: string
  readonly help?: string
  readonly autoComplete?: string
  readonly pattern?: string
  readonly optional?: boolean
  readonly defaultValue?: string
  readonly min?: string
  readonly max?: string
}

export function Field({ name, label, type = 'text', help, optional = false, ...rest }: FieldProps) {
  const id = useId()
  const input = { ...rest, id, name, required: !optional, 'aria-describedby': help === undefined ? undefined : `${id}-help` }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {type === 'password' ? <Secret {...input} /> : <input {...input} type={type} />}
      {help !== undefined && (
        <p className="quiet" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  )
}

interface FormProps {
  readonly children: ReactNode
  readonly button: string
  readonly busy: boolean
  readonly error: Refused | null
  readonly onSubmit: (values: Readonly<Record<string, string>>, form: HTMLFormElement) => void
}

export function Form({ children, button, busy, error, onSubmit }: FormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    onSubmit(Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, String(value)])), form)
  }
  return (
    <form className="form" onSubmit={submit}>
      {children}
      <Fault error={error} />
      <button type="submit" className="primary" disabled={busy}>
        {button}
      </button>
    </form>
  )
}

/** What the server has refused, in its words, with everything that is wrong. */
export function Fault({ error }: { readonly error: Refused | null }) {
  const { t } = useWords()
  const refusal = useRefusals()
  if (error === null) return null
  const { problem } = error
  if (problem.code === 'no-connection')
    return (
      <p role="alert" className="fault">
        {t('noConnection')}
      </p>
    )
  if (problem.code === 'passkey-broken-off')
    return (
      <p role="alert" className="fault">
        {t('passkeyBrokenOff')}
      </p>
    )
  const known = refusal(problem.code)
  // What the server adds to what it always says, such as for how long to wait.
  const more = Object.hasOwn(ERRORS, problem.code) && problem.detail === ERRORS[problem.code as ErrorCode].advice ? '' : problem.detail
  /** One thing is wrong, and says the same. */
  const alone = problem.problems?.length === 1 && problem.problems[0]!.code === problem.code
  return (
    <div role="alert" className="fault">
      {!alone && (
        <p>
          {known?.says ?? problem.title} {problem.problems === undefined && [more, known?.advice].join(' ')}
        </p>
      )}
      {problem.problems?.map((one) => (
        <p key={`${one.path.join('.')} ${one.code}`}>
          <Finding {...one} advise />
        </p>
      ))}
    </div>
  )
}

interface FindingProps {
  readonly code: string
  readonly path: readonly (string | number)[]
  readonly expected?: string | undefined
  /** In English, for codes that are newer than this page. */
  readonly says?: string
  readonly advice?: string
  /** Say what to do as well. */
  readonly advise?: boolean
}

/** One thing that is wrong with a document: where, what, what was expected. */
export function Finding({ code, path, expected, says, advice, advise = false }: FindingProps) {
  const known = useRefusals()(code)
  const inOurs = useExpected()
  return (
    <>
      {path.length > 0 && <code>{path.join('.')}</code>} {known?.says ?? says}
      {expected !== undefined && <span className="quiet"> ({inOurs(expected)})</span>} {advise && (known?.advice ?? advice)}
    </>
  )
}
