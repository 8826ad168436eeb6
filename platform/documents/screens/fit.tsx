/** Whether what is being written still fits together with the other documents: circles, skills that nobody has, ways that lead nowhere. */
import { useEffect, useState } from 'react'
import { ERRORS } from '../../contracts/errors.ts'
import { textIn } from '../../contracts/languages.ts'
import { assemble } from '../../packs/assemble.ts'
import type { PartProblem, StudyBundle } from '../../packs/bundle.ts'
import type { Raw } from '../../packs/parse.ts'
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
}

/** Milliseconds without typing before it is looked at, and problems that are told of one question. */
const PAUSE = 700
const TOLD = 4

const idOf = (raw: unknown) => (raw as { id?: string } | null)?.id

/** The bundle with `raw` in the place of its document, or undefined if it does not use it. */
function within(bundle: StudyBundle, kind: string, name: string, raw: Raw): StudyBundle | undefined {
  switch (kind) {
    case 'facility':
    case 'roster':
    case 'study':
      return idOf(bundle[kind]) === name ? { ...bundle, [kind]: raw } : undefined
    case 'plan':
      return bundle.plans.some((plan) => idOf(plan) === name)
        ? { ...bundle, plans: bundle.plans.map((plan) => (idOf(plan) === name ? raw : plan)) }
        : undefined
    case 'threat':
      return name in bundle.threats ? { ...bundle, threats: { ...bundle.threats, [name]: raw } } : undefined
    default:
      return undefined
  }
}

export function Fit({ document, raw }: { readonly document: DetailWire; readonly raw: Raw | undefined }) {
  const { t, language } = useWords()
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
          return 'problems' in assembled ? [{ study, problems: assembled.problems }] : []
        }),
      )
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [questions, raw, kind, name])
  if (misfits.length === 0) return null
  return (
    <div role="status" className="notice">
      <p>{t('cannotPlay')}</p>
      <ul>
        {misfits.map(({ study, problems }) => (
          <li key={study.id}>
            {textIn(study.title, language)}
            <ul>
              {problems.slice(0, TOLD).map((problem) => (
                <li key={`${problem.part} ${problem.path.join('.')} ${problem.code}`}>
                  <code>{problem.path.join('.')}</code> {ERRORS[problem.code].says}
                  {problem.expected !== undefined && <span className="quiet"> ({problem.expected})</span>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  )
}
