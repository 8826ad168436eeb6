/** What would help: each option alone, on the same nights, as an interval with its price. */
import { numberIn, textIn } from '../contracts/languages.ts'
import type { StudyDocuments } from '../packs/scene.ts'
import { ofHundred } from '../plans/measures.ts'
import { type IntervalRow, Intervals } from '../plans/screens/charts.tsx'
import { usePrices, useWords } from '../plans/screens/words.ts'
import type { Shared } from './header.tsx'
import type { Inquiry } from './inquiry.ts'
import { COMPARED } from './session.ts'

export function Options({
  documents,
  inquiry,
  link,
  onChange,
}: Shared & { readonly documents: StudyDocuments; readonly inquiry: Inquiry }) {
  const { t, language } = useWords()
  const priceIn = usePrices()
  const { study } = documents
  const { options } = inquiry
  const optionIds = Object.keys(study.options)
  // One currency stands in the head of the column; several stand in their cells.
  const currencies = new Set(Object.values(study.options).flatMap(({ price }) => (price === undefined ? [] : [price.currency])))
  const currency = currencies.size === 1 ? [...currencies][0]! : ''
  const optionRows: IntervalRow[] = optionIds.map((id) => {
    const option = study.options[id]!
    const result = options.find((o) => o.id === id)
    const on = link.options.includes(id)
    const { price } = option
    const per =
      price === undefined || price.amount === 0 || result === undefined
        ? ''
        : `${numberIn((100 * result.success.difference) / (price.amount / 1000), 2, language)} ${currency === '' ? t('perThousand', { currency: price.currency }) : ''}`.trim()
    return {
      key: id,
      title: textIn(option.title, language),
      open: result === undefined,
      difference: result?.success.difference ?? 0,
      low: result?.success.low ?? 0,
      high: result?.success.high ?? 0,
      control: (
        <label className="option">
          <input
            type="checkbox"
            checked={on}
            onChange={() => {
              inquiry.follow()
              onChange({ options: on ? link.options.filter((o) => o !== id) : [...link.options, id] })
            }}
          />{' '}
          {textIn(option.title, language)}
        </label>
      ),
      more: [result === undefined ? '…' : ofHundred(result.probability, language), price === undefined ? '' : priceIn(price), per],
    }
  })

  return (
    <section aria-labelledby="options-title">
      <h2 id="options-title">{t('options')}</h2>
      {optionIds.length === 0 ? (
        <p className="quiet">{t('optionsNone')}</p>
      ) : (
        <>
          <p className="quiet">{t('optionsLead', { n: numberIn(COMPARED, 0, language) })}</p>
          <Intervals
            rows={[...optionRows].sort((a, b) => b.difference - a.difference)}
            first={t('option')}
            heads={[t('chance'), t('price'), t('perThousand', { currency }).trim()]}
            caption={t('options')}
          />
        </>
      )}
    </section>
  )
}
