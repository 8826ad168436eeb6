/** Several zones at once: laid on one line, copied with the doors between them, removed. */
import { useWords } from '../../plans/screens/words.ts'
import { EDGES, type Edge } from '../authoring/geometry.ts'

const NAMES = { left: 'alignLeft', right: 'alignRight', top: 'alignTop', bottom: 'alignBottom' } as const

interface GroupProps {
  readonly count: number
  readonly onAlign: (edge: Edge) => void
  /** To the right, or below. */
  readonly onCopy: (way: 'right' | 'below') => void
  readonly onRemove: () => void
}

export function GroupFields({ count, onAlign, onCopy, onRemove }: GroupProps) {
  const { t } = useWords()
  return (
    <div className="fields">
      <h2>{t('zonesChosen', { n: count })}</h2>
      <p className="quiet">{t('groupHelp')}</p>
      <p>{t('alignOn')}</p>
      <div className="row">
        {EDGES.map((edge) => (
          <button key={edge} type="button" onClick={() => onAlign(edge)}>
            {t(NAMES[edge])}
          </button>
        ))}
      </div>
      <div className="row">
        <button type="button" onClick={() => onCopy('right')}>
          {t('copyRight')}
        </button>
        <button type="button" onClick={() => onCopy('below')}>
          {t('copyBelow')}
        </button>
        <button type="button" onClick={onRemove}>
          {t('removeIt')}
        </button>
      </div>
    </div>
  )
}
