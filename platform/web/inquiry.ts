/** Putting a question: the run itself, then what each option changes, then what absences cost. */
import { type Difference, pairedDifference } from '@aman/kernel/experiment/statistics'
import type { EntityRef } from '@aman/kernel/experiment/variants'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Effects } from '../runs/effects.ts'
import { clockMeasure } from '../runs/model.ts'
import { type StressResult, Z } from '../runs/stress.ts'
import type { Opened } from './catalogue.ts'
import type { Question as Link } from './link.ts'
import { type Answer, type Question, questionOf, theSession } from './session.ts'

/** What one option alone changes, on the same nights. */
export interface OptionResult {
  readonly id: string
  readonly success: Difference
  readonly clock: Difference
  readonly probability: number
}

export interface Inquiry {
  /** What is known so far. */
  readonly answer: Answer | undefined
  readonly running: boolean
  readonly options: readonly OptionResult[]
  /** What the options that are switched on change together. */
  readonly together: Difference | undefined
  readonly weak: Effects<EntityRef> | undefined
  /** How far the search for weak links has come: done, all. */
  readonly looking: readonly [number, number] | undefined
  readonly run: () => void
  readonly stop: () => void
  /** From now on a changed question is answered at once. */
  readonly follow: () => void
}

export function useInquiry(opened: Opened, question: Question, link: Link): Inquiry {
  const { study } = question.prepared.documents
  const [answer, setAnswer] = useState<Answer>()
  const [running, setRunning] = useState(false)
  const [options, setOptions] = useState<readonly OptionResult[]>([])
  const [together, setTogether] = useState<Difference>()
  const [weak, setWeak] = useState<Effects<EntityRef>>()
  const [looking, setLooking] = useState<readonly [number, number]>()
  const stop = useRef<AbortController>(undefined)
  const plain = useMemo(() => questionOf(opened.bundle, []), [opened])!
  const optionIds = useMemo(() => Object.keys(study.options), [study])

  const run = useCallback(async () => {
    const session = theSession()
    stop.current?.abort()
    const controller = new AbortController()
    stop.current = controller
    const { signal } = controller
    setRunning(true)
    setWeak(undefined)
    setTogether(undefined)
    setLooking(undefined)
    performance.mark('aman-run')
    const done = await session.run(question, link.seed, link.nights, signal, (part) => {
      performance.mark('aman-answer')
      setAnswer(part)
    })
    if (stop.current !== controller) return
    setAnswer(done)
    setRunning(false)
    performance.mark('aman-done')
    if (signal.aborted) return
    const base = await session.compare(plain, link.seed, signal)
    if (question.case.options.length > 0) {
      const now = await session.compare(question, link.seed, signal)
      if (!signal.aborted) setTogether(pairedDifference(base.summary.success, now.summary.success, Z))
    }
    const found: OptionResult[] = []
    for (const id of optionIds) {
      const other = questionOf(opened.bundle, [id])
      if (other === undefined || signal.aborted) break
      const result = await session.compare(other, link.seed, signal)
      if (result.stopped) break
      found.push(optionResult(id, base, result))
      setOptions([...found])
    }
    if (signal.aborted) return
    const effects = await session.weaknesses(question, done, link.seed, signal, (n, all) => setLooking([n, all]))
    if (!signal.aborted) setWeak(effects)
    setLooking(undefined)
  }, [question, link.seed, link.nights, plain, opened, optionIds])

  // Workers get ready as soon as a question is open; a link or a switched option runs at once.
  const answered = useRef(link.run)
  useEffect(() => {
    const session = theSession()
    const controller = new AbortController()
    if (answered.current) void run()
    else void session.open(question, controller.signal)
    return () => controller.abort()
  }, [question, run])
  useEffect(() => () => stop.current?.abort(), [])

  return {
    answer,
    running,
    options,
    together,
    weak,
    looking,
    run: () => {
      answered.current = true
      void run()
    },
    stop: () => stop.current?.abort(),
    follow: () => {
      answered.current = true
    },
  }
}

function optionResult(id: string, base: StressResult, result: StressResult): OptionResult {
  const clockOf = (r: StressResult) => r.summary.column(clockMeasure(r.summary.model))
  return {
    id,
    success: pairedDifference(base.summary.success, result.summary.success, Z),
    clock: pairedDifference(clockOf(base), clockOf(result), Z),
    probability: result.probability,
  }
}
