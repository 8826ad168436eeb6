/** A password: covered, or shown for as long as somebody wants to see it; of a new one, how hard it is to guess. */
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { useExpected, useWords } from '../../plans/screens/words.ts'
import type { Weight } from '../guesses.ts'

export function Secret(props: ComponentProps<'input'>) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState(false)
  const [written, setWritten] = useState('')
  useEffect(() => {
    const form = input.current?.form
    const clear = () => setWritten('')
    form?.addEventListener('reset', clear)
    return () => form?.removeEventListener('reset', clear)
  }, [])
  return (
    <>
      <div className="secret">
        <input
          {...props}
          ref={input}
          type={shown ? 'text' : 'password'}
          autoCapitalize="none"
          spellCheck={false}
          onInput={(event) => setWritten(event.currentTarget.value)}
        />
        <button type="button" className="quiet" onClick={() => setShown(!shown)}>
          {t(shown ? 'coverPassword' : 'showPassword')}
        </button>
      </div>
      {props.autoComplete === 'new-password' && written !== '' && <Strength password={written} input={input.current} />}
    </>
  )
}

/** Powers of ten of guesses at which the bar is full: ten thousand times what is enough. */
const MOST = 14

function Strength({ password, input }: { readonly password: string; readonly input: HTMLInputElement | null }) {
  const { t } = useWords()
  const expected = useExpected()
  const [weight, setWeight] = useState<Weight & { readonly enough: number }>()
  useEffect(() => {
    let late = false
    const login = input?.form?.elements.namedItem('login')
    import('../guesses.ts').then(
      async ({ weigh, FEWEST_GUESSES }) => {
        const found = await weigh(password, login instanceof HTMLInputElement ? login.value.trim() : '')
        if (!late) setWeight({ ...found, enough: FEWEST_GUESSES })
      },
      // Without a server what weighs may not be there; it is weighed when it is sent.
      () => {},
    )
    return () => {
      late = true
    }
  }, [password, input])
  if (weight === undefined) return null
  const says = weight.fault === undefined ? t('passwordEnough') : t('passwordWants', { expected: expected(weight.fault.expected) })
  const tens = Math.log10(weight.guesses)
  const enough = Math.log10(weight.enough)
  return (
    <div className="strength" role="status">
      <meter
        min={0}
        max={MOST}
        low={enough / 2}
        high={enough}
        optimum={MOST}
        value={weight.fault === undefined ? tens : Math.min(tens, enough - 1)}
        aria-label={t('passwordStrength')}
      />
      <span className="quiet">{says}</span>
    </div>
  )
}
