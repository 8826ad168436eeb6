/** What is not right yet in a drawing; each leads to its place. */
import { useMemo } from 'react'
import type { Raw } from '../../packs/parse.ts'
import { useWords } from '../../plans/screens/words.ts'
import { remarksOn } from '../authoring/checks.ts'

const SAYS = {
  unreachable: 'unreachable',
  'no-key': 'noKey',
  unseen: 'unseen',
  overlap: 'overlap',
  'same-name': 'sameName',
  crossed: 'crossed',
  blind: 'blind',
} as const
const MOST = 12

interface RemarksProps {
  readonly raw: Raw
  /** Zones in which people stand: they see. */
  readonly manned: ReadonlySet<string>
  readonly titleOf: (zone: string) => string
  readonly onChoose: (kind: 'door' | 'zone', id: string) => void
}

export function Remarks({ raw, manned, titleOf, onChoose }: RemarksProps) {
  const { t } = useWords()
  const remarks = useMemo(() => remarksOn(raw), [raw]).filter(({ what, id }) => what !== 'unseen' || !manned.has(id))
  if (remarks.length === 0) return null
  return (
    <div role="status">
      <h2>{t('remarks')}</h2>
      <ul className="plain">
        {remarks.slice(0, MOST).map(({ what, id, other }) => (
          <li key={`${what} ${id} ${other}`}>
            <button type="button" className="quiet flush" onClick={() => onChoose(what === 'no-key' ? 'door' : 'zone', id)}>
              {t(SAYS[what], { id: titleOf(id), other: titleOf(other ?? '') })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
