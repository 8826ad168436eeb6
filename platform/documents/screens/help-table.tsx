/** Who comes from outside and what there is, as tables beside the posts of a roster. */
import { textIn, textsOf } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { skillIn, thingIn } from '../../plans/skill-names.ts'
import { edited, freeId, type Path, put } from '../authoring/edit.ts'
import type { Namings } from '../authoring/naming.ts'
import { Cell, durationOf, halvesOf, retitled, wholeWithin } from './cell.tsx'
import type { TableProps } from './roster-table.tsx'
import type { Title, WrittenRoster } from './rosters.ts'
import { inWords } from './words.ts'

type SectionProps = Omit<TableProps, 'document'>

/** One section of the roster: its entries, and how they are written. */
function useSection({ text, onText }: SectionProps, section: 'agencies' | 'equipment') {
  const { language } = useWords()
  const set = (path: Path, value: unknown) => onText(edited(text, (document) => put(document, [section, ...path], value)))
  const called = (id: string, title: Title | undefined) => textIn(textsOf(title ?? id), language)
  const titleOf = (label: string, id: string, title: Title | undefined) => (
    <th scope="row">
      <Cell
        label={`${label} ${id}`}
        value={called(id, title)}
        onValue={(value) => value !== '' && set([id, 'title'], retitled(title, language, value))}
      />
    </th>
  )
  return { called, set, titleOf }
}

export function HelpTable(props: SectionProps & { readonly called: Namings }) {
  const { t, language } = useWords()
  const { called, set, titleOf } = useSection(props, 'agencies')
  const { agencies = {} } = props.raw as unknown as WrittenRoster
  const { skills: skillNames, keys: keyNames } = props.called
  return (
    <>
      <h2>{t('fromOutside')}</h2>
      <Scroll label={t('fromOutside')}>
        <table className="wide sheet-table help-table">
          <thead>
            <tr>
              <th scope="col">{t('helpName')}</th>
              <th scope="col">{t('helpStaff')}</th>
              <th scope="col">{t('skills')}</th>
              <th scope="col">{t('keys')}</th>
              <th scope="col">{t('helpArrives')}</th>
              <th scope="col">{t('rarelyOver')}</th>
              <th scope="col">{t('helpAdmission')}</th>
              <th scope="col">{t('rarelyOver')}</th>
              <th scope="col">{t('plan:breathing')}</th>
              <th scope="col">{t('plan:shield')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {Object.entries(agencies).map(([id, { title, staff, skills = [], keys = [], arrives, admission, breathing, shielded }]) => {
              const name = called(id, title)
              const half = (field: string, word: 'helpArrives' | 'helpAdmission', value: Raw | undefined) => {
                const halves = halvesOf(value)
                if (halves === undefined)
                  return (
                    <td colSpan={2} className="quiet">
                      {inWords(value ?? null, language)}
                    </td>
                  )
                const [usually, rarely] = halves
                return (
                  <>
                    <td className="count">
                      <Cell
                        label={`${t(word)}: ${name}`}
                        value={usually}
                        onValue={(written) => set([id, field], durationOf(written, rarely))}
                      />
                    </td>
                    <td className="count">
                      <Cell
                        label={`${t(word)}, ${t('rarelyOver')}: ${name}`}
                        value={rarely}
                        onValue={(written) => set([id, field], durationOf(usually, written))}
                      />
                    </td>
                  </>
                )
              }
              const wears = (field: 'breathing' | 'shielded', word: 'plan:breathing' | 'plan:shield', on = false) => (
                <td className="count">
                  <input
                    type="checkbox"
                    aria-label={`${t(word)}: ${name}`}
                    checked={on}
                    onChange={() => set([id, field], on ? undefined : true)}
                  />
                </td>
              )
              return (
                <tr key={id}>
                  {titleOf(t('helpName'), id, title)}
                  <td className="count">
                    <Cell
                      label={`${t('helpStaff')}: ${name}`}
                      type="number"
                      value={String(staff ?? '')}
                      onValue={(value) => value !== '' && set([id, 'staff'], wholeWithin(value, 0, 500))}
                    />
                  </td>
                  <td>
                    <Cell
                      label={`${t('skills')}: ${name}`}
                      value={skills.map((one) => skillIn(one, language)).join(', ')}
                      onValue={(value) => set([id, 'skills'], skillNames.idsOf(value))}
                    />
                  </td>
                  <td>
                    <Cell
                      label={`${t('keys')}: ${name}`}
                      value={keys.map((one) => thingIn(one, language)).join(', ')}
                      onValue={(value) => set([id, 'keys'], keyNames.idsOf(value))}
                    />
                  </td>
                  {half('arrives', 'helpArrives', arrives)}
                  {half('admission', 'helpAdmission', admission)}
                  {wears('breathing', 'plan:breathing', breathing)}
                  {wears('shielded', 'plan:shield', shielded)}
                  <td>
                    <Removal name={name} onRemove={() => set([id], undefined)} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
      <button
        type="button"
        onClick={() => {
          const id = freeId(props.raw, 'agencies', 'help')
          set([id], { title: { en: id }, staff: 1, skills: ['officer'], arrives: { usually: '30 min', 'rarely-over': '60 min' } })
        }}
      >
        {t('addHelp')}
      </button>
    </>
  )
}

export function EquipmentTable(props: SectionProps) {
  const { t } = useWords()
  const { called, set, titleOf } = useSection(props, 'equipment')
  const { equipment = {} } = props.raw as unknown as WrittenRoster
  return (
    <>
      <h2>{t('equipmentThere')}</h2>
      <Scroll label={t('equipmentThere')}>
        <table className="sheet-table equipment-table">
          <thead>
            <tr>
              <th scope="col">{t('thingName')}</th>
              <th scope="col">{t('helpStaff')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {Object.entries(equipment).map(([id, { title, count }]) => {
              const name = called(id, title)
              return (
                <tr key={id}>
                  {titleOf(t('thingName'), id, title)}
                  <td className="count">
                    <Cell
                      label={`${t('helpStaff')}: ${name}`}
                      type="number"
                      value={String(count ?? '')}
                      onValue={(value) => value !== '' && set([id, 'count'], wholeWithin(value, 0, 200))}
                    />
                  </td>
                  <td>
                    <Removal name={name} onRemove={() => set([id], undefined)} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
      <button
        type="button"
        onClick={() => {
          const id = freeId(props.raw, 'equipment', 'thing')
          set([id], { title: { en: id }, count: 1 })
        }}
      >
        {t('addThing')}
      </button>
    </>
  )
}

function Removal({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  const { t } = useWords()
  return (
    <button type="button" className="quiet" aria-label={`${t('removeIt')}: ${name}`} onClick={onRemove}>
      ✕
    </button>
  )
}
