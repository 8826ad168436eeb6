/** What is wrong with what is being written: by itself, and whether it still fits together with the other documents: circles, skills that nobody has, ways that lead nowhere. */
import { useEffect, useState } from 'react'
import { Finding } from '../../access/screens/form.tsx'
import type { Problem } from '../../contracts/errors.ts'
import { textIn } from '../../contracts/languages.ts'
import { assemble } from '../../packs/assemble.ts'
import { type PartProblem, type StudyBundle, within } from '../../packs/bundle.ts'
import type { Raw } from '../../packs/parse.ts'
import { remarksAbout } from '../../packs/remarks.ts'
import { useWords } from '../../plans/screens/words.ts'
import { ask, Refused, useServer } from '../../web/server.ts'
import type { DetailWire, RowWire } from '../schema.ts'

interface Question {
  readonly study: RowWire
  readonly bundle: StudyBundle
}

interface Misfit {
  readonly study: RowWire
  readonly problems: readonly PartProblem[]
  /** It can be played, and can hardly be meant. */
  readonly remarks: readonly PartProblem[]
}

/** Milliseconds without typing before it is looked at, and problems that are told of one question. */
const PAUSE = 700
const TOLD = 4

interface ProblemsProps {
  readonly problems: readonly Problem[]
  readonly onLine: (line: number) => void
}

/** What is wrong with the document by itself. */
export function Problems({ problems, onLine }: ProblemsProps) {
  const { t } = useWords()
  return (
    <div className="findings" role="status">
      {problems.length === 0 ? (
        <p className="quiet">{t('inOrder')}</p>
      ) : (
        <>
          <p>{t('problems', { n: problems.length })}</p>
          <ul className="plain">
            {problems.slice(0, 2 * TOLD).map(({ line, code, path, expected }) => (
              <li key={`${line} ${path.join('.')} ${code}`}>
                {line !== undefined && (
                  <button type="button" className="quiet flush" onClick={() => onLine(line)}>
                    {t('atLine', { n: line })}
                  </button>
                )}{' '}
                <Finding code={code} path={path} expected={expected} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

export function Fit({ document, raw }: { readonly document: DetailWire; readonly raw: Raw | undefined }) {
  const { t } = useWords()
  const place = `/api/establishments/${document.establishment}`
  const { data: rows } = useServer<RowWire[]>(`${place}/documents`)
  const [questions, setQuestions] = useState<readonly Question[]>()
  const [misfits, setMisfits] = useState<readonly Misfit[]>([])
  const { kind, name } = document
  useEffect(() => {
    if (rows === undefined) return
    let gone = false
    void (async () => {
      const found: Question[] = []
      for (const study of rows.filter((row) => row.kind === 'study')) {
        try {
          const { bundle } = await ask<{ bundle: StudyBundle }>('POST', `${place}/bundle`, { study: study.name, choice: 'latest' })
          found.push({ study, bundle })
        } catch (error) {
          // What does not fit already, or cannot be had now, says nothing about what is being written.
          if (!(error instanceof Refused)) throw error
        }
        if (gone) return
      }
      setQuestions(found)
    })()
    return () => {
      gone = true
    }
  }, [rows, place])
  useEffect(() => {
    if (questions === undefined || raw === undefined) return
    const timer = setTimeout(() => {
      setMisfits(
        questions.flatMap(({ study, bundle }): Misfit[] => {
          const changed = within(bundle, kind, name, raw)
          if (changed === undefined) return []
          const assembled = assemble(changed)
          if ('problems' in assembled) return [{ study, problems: assembled.problems, remarks: [] }]
          const remarks = remarksAbout(assembled.documents).filter(({ part }) => part === kind || part === `${kind}/${name}`)
          return remarks.length > 0 ? [{ study, problems: [], remarks }] : []
        }),
      )
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [questions, raw, kind, name])
  return (
    <div role="status">
      <Findings heading={t('cannotPlay')} among={misfits} which="problems" />
      <Findings heading={t('lookAgain')} among={misfits} which="remarks" />
    </div>
  )
}

interface FindingsProps {
  readonly heading: string
  readonly among: readonly Misfit[]
  readonly which: 'problems' | 'remarks'
}

function Findings({ heading, among, which }: FindingsProps) {
  const { language } = useWords()
  const found = among.filter((misfit) => misfit[which].length > 0)
  if (found.length === 0) return null
  return (
    <div className="notice">
      <p>{heading}</p>
      <ul>
        {found.map((misfit) => (
          <li key={misfit.study.id}>
            {textIn(misfit.study.title, language)}
            <ul>
              {misfit[which].slice(0, TOLD).map((problem) => (
                <li key={`${problem.part} ${problem.path.join('.')} ${problem.code}`}>
                  <Finding code={problem.code} path={problem.path} expected={problem.expected} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  )
}
