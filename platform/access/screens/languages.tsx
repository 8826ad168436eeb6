/** Which languages the people of an establishment read. */
import { LANGUAGE_NAMES, LANGUAGES } from '../../contracts/languages.ts'
import { useWords } from '../../plans/screens/words.ts'

const NAME = 'read-'

export function LanguageChoice({ chosen }: { readonly chosen: readonly string[] }) {
  const { t } = useWords()
  return (
    <fieldset className="field languages">
      <legend>{t('languagesRead')}</legend>
      {LANGUAGES.map((language) => (
        <label key={language} lang={language} className="check">
          <input type="checkbox" name={NAME + language} defaultChecked={chosen.includes(language)} /> {LANGUAGE_NAMES[language]}
        </label>
      ))}
    </fieldset>
  )
}

/** What has been chosen in a form with a {@link LanguageChoice}. */
export const languagesFrom = (values: Readonly<Record<string, string>>): string[] =>
  LANGUAGES.filter((language) => values[NAME + language] !== undefined)
