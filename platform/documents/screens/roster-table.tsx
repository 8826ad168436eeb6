/** The roster as a table: posts by shift, with totals, and rows taken over from a spreadsheet. */
import { useMemo, useState } from 'react'
import { folded } from '../../contracts/folding.ts'
import { textIn } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'
import { Scroll } from '../../plans/screens/scroll.tsx'
import { useWords } from '../../plans/screens/words.ts'
import { skillIn, thingIn } from '../../plans/skill-names.ts'
import { Wording } from '../../plans/wording.ts'
import { edited, freeId, idFrom, put } from '../authoring/edit.ts'
import type { Namings } from '../authoring/naming.ts'
import { FIELDS, knownPosts, readRows, tableOf, withRows } from '../authoring/rows.ts'
import type { DetailWire } from '../schema.ts'
import { useBeside, useNamings, useThings } from './beside.ts'
import { Cell, retitled, wholeWithin } from './cell.tsx'
import { EquipmentTable, HelpTable } from './help-table.tsx'
import { PostsTable } from './posts-table.tsx'
import type { Title, WrittenRoster } from './rosters.ts'
import { readWorkbook, type Sheet } from './workbook.ts'

export interface TableProps {
  /** What is being written, as the server has it. */
  readonly document: DetailWire
  readonly text: string
  readonly raw: Raw
  readonly onText: (text: string) => void
}

const inLanguage = (title: Title | undefined, language: string, otherwise: string) =>
  title === undefined ? otherwise : typeof title === 'string' ? title : textIn(title, language)

export function RosterTable({ document: { establishment }, text, raw, onText }: TableProps) {
  const { t, language, words } = useWords()
  const beside = useBeside(establishment)
  const called = useNamings(beside)
  const wording = new Wording(useThings(beside), language, words)
  const { shifts = {}, posts = {} } = raw as unknown as WrittenRoster
  const names = Object.keys(shifts)
  const set = (id: string, path: readonly string[], value: unknown) =>
    onText(edited(text, (document) => put(document, ['posts', id, ...path], value)))
  return (
    <>
      <PostsTable roster={raw as unknown as WrittenRoster} className="sheet-table" ending>
        {Object.entries(posts).map(([id, post]) => {
          const title = inLanguage(post.title, language, id)
          return (
            <tr key={id}>
              <th scope="row">
                <Cell
                  label={`${t('postTitle')} ${id}`}
                  value={title}
                  onValue={(value) => value !== '' && set(id, ['title'], retitled(post.title, language, value))}
                />
              </th>
              <td>
                <Cell
                  label={`${t('postZone')}: ${title}`}
                  value={wording.place(post.post ?? '')}
                  known="known-zones"
                  onValue={(value) => set(id, ['post'], called.zones.idOf(value, post.post ?? 'gate'))}
                />
              </td>
              <td>
                <Cell
                  label={`${t('skills')}: ${title}`}
                  value={(post.skills ?? []).map((one) => skillIn(one, language)).join(', ')}
                  onValue={(value) => set(id, ['skills'], called.skills.idsOf(value))}
                />
              </td>
              <td>
                <Cell
                  label={`${t('keys')}: ${title}`}
                  value={(post.keys ?? []).map((one) => thingIn(one, language)).join(', ')}
                  onValue={(value) => set(id, ['keys'], called.keys.idsOf(value))}
                />
              </td>
              {names.map((shift) => (
                <td key={shift} className="count">
                  <Cell
                    label={`${inLanguage(shifts[shift]!.title, language, shift)}: ${title}`}
                    type="number"
                    value={String(post.shifts?.[shift] ?? 0)}
                    onValue={(value) => {
                      const count = wholeWithin(value, 0, 500)
                      set(id, ['shifts', shift], count === 0 ? undefined : count)
                    }}
                  />
                </td>
              ))}
              <td>
                <button
                  type="button"
                  className="quiet"
                  aria-label={`${t('removeIt')}: ${title}`}
                  onClick={() => onText(edited(text, (document) => document.deleteIn(['posts', id])))}
                >
                  ✕
                </button>
              </td>
            </tr>
          )
        })}
      </PostsTable>
      <datalist id="known-zones">
        {Object.entries(beside.zones).map(([id, title]) => (
          <option key={id} value={title === null ? id : textIn(title, language)} />
        ))}
      </datalist>
      <button
        type="button"
        onClick={() => {
          const id = freeId(raw, 'posts', 'post')
          const first = Object.values(posts)[0]
          onText(
            edited(text, (document) =>
              put(document, ['posts', id], {
                title: { en: id, ...(language === 'en' ? {} : { [language]: id }) },
                post: first?.post ?? 'gate',
                skills: ['officer'],
                shifts: { [names[0] ?? 'day']: 1 },
              }),
            ),
          )
        }}
      >
        {t('addPost')}
      </button>
      <Rows
        text={text}
        raw={raw}
        called={called}
        shifts={names}
        titles={names.map((name) => inLanguage(shifts[name]!.title, language, name))}
        onText={onText}
      />
      <HelpTable text={text} raw={raw} called={called} onText={onText} />
      <EquipmentTable text={text} raw={raw} onText={onText} />
    </>
  )
}

/** Rows from a spreadsheet, with what each column is, and a preview. */
function Rows({
  text,
  raw,
  called,
  shifts,
  titles,
  onText,
}: {
  readonly text: string
  readonly raw: Raw
  readonly called: Namings
  readonly shifts: readonly string[]
  readonly titles: readonly string[]
  readonly onText: (text: string) => void
}) {
  const { t, language } = useWords()
  const [pasted, setPasted] = useState('')
  const [sheets, setSheets] = useState<readonly Sheet[]>([])
  const [broken, setBroken] = useState(false)
  const [mapping, setMapping] = useState<Readonly<Record<number, string>>>({})
  const [otherwise, setOtherwise] = useState('gate')
  const table = useMemo(() => tableOf(pasted), [pasted])
  const names: Readonly<Record<string, string>> = {
    title: t('postTitle'),
    post: t('postZone'),
    skills: t('skills'),
    keys: t('keys'),
    ...Object.fromEntries(shifts.map((shift, k) => [shift, titles[k]!])),
  }
  const { fields, rows } = readRows(table, names)
  const width = Math.max(0, ...rows.map((row) => row.length))
  const of = (column: number) => mapping[column] ?? fields[column] ?? ''
  const columns = Array.from({ length: width }, (_, column) => column)
  const placed = columns.some((column) => of(column) === 'post')
  const known = knownPosts(raw)
  const changed = rows.filter((row) => known.has(folded(row.find((_, column) => of(column) === 'title') ?? ''))).length
  const show = (text: string) => {
    setMapping({})
    setPasted(text)
  }
  const open = async (file: File | undefined) => {
    if (file === undefined) return
    try {
      const found = await readWorkbook(file)
      setSheets(found)
      show(found[0]?.text ?? '')
      setBroken(false)
    } catch {
      // Nothing of the file before is taken for this one.
      setSheets([])
      show('')
      setBroken(true)
    }
  }
  const take = () => {
    onText(
      withRows({
        text,
        raw,
        rows,
        fieldOf: of,
        shifts,
        language,
        otherwise: idFrom(otherwise, 'gate'),
        nameless: t('postTitle'),
        names: called,
      }),
    )
    setSheets([])
    show('')
  }
  return (
    <details className="paste">
      <summary>{t('pasteRows')}</summary>
      <p className="quiet">{t('pasteHelp')}</p>
      <label>
        {t('openExcel')} <input type="file" accept=".xlsx" onChange={(event) => void open(event.target.files?.[0])} />
      </label>
      {broken && (
        <p role="alert" className="fault">
          {t('excelBroken')}
        </p>
      )}
      {sheets.length > 1 && (
        <label>
          {t('sheetOf')}{' '}
          <select onChange={(event) => show(sheets[Number(event.target.value)]!.text)}>
            {sheets.map(({ name }, k) => (
              <option key={name} value={k}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <textarea aria-label={t('pasteRows')} rows={4} value={pasted} onChange={(event) => show(event.target.value)} />
      {rows.length > 0 && (
        <Scroll label={t('pasteRows')}>
          <table className="wide">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    <select
                      aria-label={t('column', { n: column + 1 })}
                      value={of(column)}
                      onChange={(event) => setMapping({ ...mapping, [column]: event.target.value })}
                    >
                      <option value="">{t('columnIgnore')}</option>
                      {[...FIELDS, ...shifts].map((field) => (
                        <option key={field} value={field}>
                          {names[field]}
                        </option>
                      ))}
                    </select>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, 8).map((row, k) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a preview does not change its order
                <tr key={k}>
                  {columns.map((column) => (
                    <td key={column} className={of(column) === '' ? 'quiet' : undefined}>
                      {row[column] ?? ''}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {rows.length > 0 && !placed && (
        <label>
          {t('placeMissing')} <input value={otherwise} onChange={(event) => setOtherwise(event.target.value)} />
        </label>
      )}
      {changed > 0 && <p role="status">{t('rowsChange', { k: changed, n: rows.length })}</p>}
      <button type="button" disabled={rows.length === 0} onClick={take}>
        {t('takeOver', { n: rows.length })}
      </button>
    </details>
  )
}
