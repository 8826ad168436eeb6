/** Run and stop, how many nights, which chance. */
import { numberIn } from '../contracts/languages.ts'
import { useWords } from '../plans/screens/words.ts'
import type { Shared } from './header.tsx'
import type { Inquiry } from './inquiry.ts'

export function Controls({ link, onChange, inquiry }: Shared & { readonly inquiry: Inquiry }) {
  const { t, language } = useWords()
  return (
    <div className="row">
      {inquiry.running ? (
        <button type="button" className="primary" onClick={inquiry.stop}>
          {t('stop')}
        </button>
      ) : (
        <button type="button" className="primary" onClick={inquiry.run}>
          {inquiry.answer === undefined ? t('run', { n: numberIn(link.nights, 0, language) }) : t('again')}
        </button>
      )}
      <label>
        {t('nights')}{' '}
        <select value={link.nights} onChange={(event) => onChange({ nights: Number(event.target.value) })}>
          {[...new Set([1000, 10_000, 100_000, link.nights])]
            .sort((a, b) => a - b)
            .map((n) => (
              <option key={n} value={n}>
                {numberIn(n, 0, language)}
              </option>
            ))}
        </select>
      </label>
      <label title={t('seedHelp')}>
        {t('seed')}{' '}
        <input
          key={link.seed}
          className="seed"
          type="number"
          min={-2147483648}
          max={2147483647}
          step={1}
          required
          defaultValue={link.seed}
          onBlur={(event) => {
            const { value, validity } = event.target
            if (!validity.valid) event.target.reportValidity()
            else if (Number(value) !== link.seed) onChange({ seed: Number(value) })
          }}
        />
      </label>
    </div>
  )
}
