/** Measures in the words of people, and their values with units. */
import { either, numberIn, type Text, textIn } from '../contracts/languages.ts'
import type { StudyDocuments } from '../packs/scene.ts'

const NAMES: Readonly<Record<string, Text>> = {
  detected: { en: 'until it is known', ru: 'до обнаружения' },
  alarm: { en: 'until the alarm', ru: 'до тревоги' },
  confirmed: { en: 'until it is confirmed', ru: 'до подтверждения' },
  command: { en: 'until command is taken', ru: 'до принятия руководства' },
  'first-on-scene': { en: 'until the first officer is there', ru: 'до прибытия первого сотрудника' },
  contained: { en: 'until it is contained', ru: 'до локализации' },
  resolved: { en: 'until it is over', ru: 'до завершения' },
  out: { en: 'until they are out', ru: 'до выхода за периметр' },
  counted: { en: 'until everybody is counted', ru: 'до завершения количественной проверки' },
  'long-dark': { en: 'until darkness lasts', ru: 'до длительного отсутствия света' },
  'plan-complete': { en: 'until the last task is done', ru: 'до завершения последней задачи' },
  confined: { en: 'time locked in because of the plan', ru: 'время в запертых камерах из-за плана' },
  'visits-lost': { en: 'visits lost', ru: 'не состоялось свиданий' },
  'staff-hurt': { en: 'staff hurt or ill', ru: 'сотрудников ранено или заболело' },
  'doors-forced': { en: 'doors forced', ru: 'взломано дверей' },
  deaths: { en: 'deaths', ru: 'погибло' },
  overcome: { en: 'overcome by smoke', ru: 'потеряли сознание от дыма' },
  smoky: { en: 'zones full of smoke', ru: 'задымлённых зон' },
  burning: { en: 'zones on fire', ru: 'горящих зон' },
  'peak-heat': { en: 'greatest heat', ru: 'наибольшее тепловыделение' },
  dose: { en: 'dose of carbon monoxide where it began', ru: 'доза угарного газа в очаге' },
  monoxide: { en: 'carbon monoxide set free', ru: 'выделилось угарного газа' },
  peak: { en: 'most at one time', ru: 'наибольшее число одновременно' },
  secured: { en: 'secured', ru: 'изолировано участников' },
  'zones-lost': { en: 'zones lost', ru: 'потеряно зон' },
  escaped: { en: 'escaped', ru: 'совершили побег' },
  taken: { en: 'hostages taken', ru: 'захвачено заложников' },
  harmed: { en: 'hostages harmed', ru: 'пострадало заложников' },
  killed: { en: 'hostages killed', ru: 'погибло заложников' },
  released: { en: 'hostages released by talking', ru: 'освобождено путём переговоров' },
  surrendered: { en: 'ended by surrender', ru: 'закончилось сдачей' },
  assaulted: { en: 'ended by force', ru: 'закончилось штурмом' },
  infected: { en: 'prisoners infected', ru: 'заразилось заключённых' },
  found: { en: 'cases found', ru: 'выявлено случаев' },
  'staff-infected': { en: 'staff infected', ru: 'заразилось сотрудников' },
  dark: { en: 'darkness', ru: 'темнота' },
  'dark-person-hours': { en: 'people in the dark', ru: 'люди в темноте' },
  'cameras-out': { en: 'without cameras', ru: 'без видеокамер' },
  'locks-out': { en: 'without remote gates', ru: 'без дистанционного управления дверями' },
  'radio-out': { en: 'without radio', ru: 'без радиосвязи' },
  'kitchen-out': { en: 'without kitchen', ru: 'без кухни' },
  'heating-out': { en: 'without heating', ru: 'без отопления' },
  measures: { en: 'until measures are decided', ru: 'до решения о мерах' },
  onset: { en: 'until it begins', ru: 'до начала' },
  attack: { en: 'until the first hose', ru: 'до первого ствола' },
  'response-there': { en: 'until the response group is there', ru: 'до прибытия группы реагирования' },
  briefed: { en: 'until the special unit is briefed', ru: 'до постановки задачи отряду' },
  'team-briefed': { en: 'until the negotiators are briefed', ru: 'до ввода переговорщиков в курс дела' },
  'team-talks': { en: 'until the negotiation team talks', ru: 'до начала переговоров группой' },
  'entry-ready': { en: 'until entry is prepared', ru: 'до готовности к штурму' },
  'hostages-known': { en: 'until it is known who is held', ru: 'до установления заложников' },
  told: { en: 'until the wings are told', ru: 'до оповещения отделений' },
  named: { en: 'until the names are known', ru: 'до установления личностей' },
  'keys-found': { en: 'until the keys are found', ru: 'до обнаружения ключей' },
  'police-told': { en: 'until the police are told', ru: 'до сообщения в полицию (ОВД)' },
}

const AGENCY: readonly (readonly [string, Text])[] = [
  ['-called', { en: '{agency}: until called', ru: '{agency}: до вызова' }],
  ['-arrived', { en: '{agency}: until at the gate', ru: '{agency}: до прибытия к воротам' }],
  ['-admitted', { en: '{agency}: until inside', ru: '{agency}: до допуска на территорию' }],
]

/** What of a study’s documents names its measures. */
export interface MeasureNames {
  readonly study: Pick<StudyDocuments['study'], 'threats'>
  readonly threats: StudyDocuments['threats']
  readonly roster: Pick<StudyDocuments['roster'], 'agencies'>
}

/** What a measure is called; the measures of a threat that others set off carry its name. */
export function measureTitle(name: string, documents: MeasureNames, language: string): string {
  const dot = name.indexOf('.')
  if (dot > 0) {
    const use = documents.study.threats[name.slice(0, dot)]
    const threat = use === undefined ? undefined : documents.threats[use.threat]
    const prefix = threat === undefined ? name.slice(0, dot) : textIn(threat.title, language)
    return `${prefix}: ${measureTitle(name.slice(dot + 1), documents, language)}`
  }
  const known = NAMES[name]
  if (known !== undefined) return textIn(known, language)
  for (const [ending, text] of AGENCY) {
    if (!name.endsWith(ending)) continue
    const agency = documents.roster.agencies[name.slice(0, -ending.length)]
    if (agency !== undefined) return textIn(text, language).replace('{agency}', textIn(agency.title, language))
  }
  return name.replaceAll('-', ' ')
}

const UNITS: Readonly<Record<string, Text>> = {
  s: { en: 's', ru: 'с' },
  min: { en: 'min', ru: 'мин' },
  h: { en: 'h', ru: 'ч' },
  d: { en: 'd', ru: 'сут' },
  persons: { en: 'people', ru: 'чел.' },
  'person-hours': { en: 'person-hours', ru: 'чел.-ч' },
  zones: { en: 'zones', ru: 'ед.' },
  doors: { en: 'doors', ru: 'ед.' },
  visits: { en: 'visits', ru: 'ед.' },
  hours: { en: 'h', ru: 'ч' },
  doses: { en: 'doses', ru: 'дозы' },
  kW: { en: 'kW', ru: 'кВт' },
  kg: { en: 'kg', ru: 'кг' },
}

/** Seconds in the unit in which one would say them. */
export function timeIn(seconds: number, language: string): string {
  if (!Number.isFinite(seconds)) return either(language, 'never', 'никогда')
  const unit = (id: string) => textIn(UNITS[id]!, language)
  const s = Math.abs(seconds)
  if (s < 100) return `${numberIn(seconds, 0, language)} ${unit('s')}`
  if (s < 5400) return `${numberIn(seconds / 60, s < 600 ? 1 : 0, language)} ${unit('min')}`
  if (s < 172_800) return `${numberIn(seconds / 3600, 1, language)} ${unit('h')}`
  return `${numberIn(seconds / 86_400, 1, language)} ${unit('d')}`
}

/** A value of a measure with its unit. */
export function valueIn(value: number | null, unit: string, language: string): string {
  if (value === null) return either(language, 'never', 'никогда')
  if (unit === 's') return timeIn(value, language)
  const number = numberIn(value, Math.abs(value) >= 20 ? 0 : 2, language)
  const name = UNITS[unit]
  return name === undefined ? number : `${number} ${textIn(name, language)}`
}

/** Nights of a hundred, to the precision that makes sense. */
export function ofHundred(share: number, language: string): string {
  const nights = 100 * share
  return numberIn(nights, nights > 1 && nights < 99 ? 0 : 1, language)
}
