/** What skills, keys and equipment of every establishment are called, in seven languages; what somebody has named otherwise is shown as it is
 * written. Kazakh, Kyrgyz, Tajik and Uzbek were drafted by machine and wait for a speaker. */
import { type Text, textIn } from '../contracts/languages.ts'

/** By id, as rosters and plans have it. */
const SKILLS: Readonly<Record<string, Text>> = {
  officer: { en: 'officer', ru: 'сотрудник', kk: 'қызметкер', ky: 'кызматкер', tg: 'корманд', 'uz-Latn': 'xodim' },
  senior: {
    en: 'senior officer',
    ru: 'старший смены',
    kk: 'аға қызметкер',
    ky: 'улук кызматкер',
    tg: 'корманди калон',
    'uz-Latn': 'katta xodim',
  },
  'key-holder': {
    en: 'key holder',
    ru: 'хранитель ключей',
    kk: 'кілт сақтаушы',
    ky: 'ачкыч сактоочу',
    tg: 'калиддор',
    'uz-Latn': 'kalit saqlovchi',
  },
  response: {
    en: 'response group',
    ru: 'группа реагирования',
    kk: 'жедел әрекет тобы',
    ky: 'чукул аракет тобу',
    tg: 'гурӯҳи вокуниш',
    'uz-Latn': 'tezkor guruh',
  },
  'tower-guard': {
    en: 'tower guard',
    ru: 'часовой на вышке',
    kk: 'мұнарадағы күзетші',
    ky: 'мунарадагы күзөтчү',
    tg: 'посбони бурҷ',
    'uz-Latn': 'minora qorovuli',
  },
  'gate-keeper': {
    en: 'gate keeper',
    ru: 'дежурный на КПП',
    kk: 'бақылау-өткізу бекетінің кезекшісі',
    ky: 'өткөрүү жайынын кезекчиси',
    tg: 'навбатдори дарвоза',
    'uz-Latn': 'darvoza navbatchisi',
  },
  firefighter: {
    en: 'firefighter',
    ru: 'пожарный',
    kk: 'өрт сөндіруші',
    ky: 'өрт өчүрүүчү',
    tg: 'сӯхторхомӯшкунанда',
    'uz-Latn': 'oʻt oʻchiruvchi',
  },
  patrol: { en: 'patrol', ru: 'патрульный', kk: 'күзет жасағы', ky: 'күзөтчү', tg: 'посбон', 'uz-Latn': 'patrul xodimi' },
  operator: {
    en: 'control room operator',
    ru: 'оператор дежурной части',
    kk: 'кезекші бөлім операторы',
    ky: 'кезекчи бөлүмүнүн оператору',
    tg: 'оператори навбатдорӣ',
    'uz-Latn': 'navbatchilik operatori',
  },
  special: {
    en: 'special unit',
    ru: 'спецподразделение',
    kk: 'арнайы жасақ',
    ky: 'атайын бөлүк',
    tg: 'қисми махсус',
    'uz-Latn': 'maxsus boʻlinma',
  },
  bronze: {
    en: 'bronze commander',
    ru: 'руководитель «бронза»',
    kk: '«қола» басшысы',
    ky: '«коло» жетекчиси',
    tg: 'фармондеҳи «биринҷӣ»',
    'uz-Latn': '“bronza” rahbari',
  },
  silver: {
    en: 'silver commander',
    ru: 'руководитель «серебро»',
    kk: '«күміс» басшысы',
    ky: '«күмүш» жетекчиси',
    tg: 'фармондеҳи «нуқра»',
    'uz-Latn': '“kumush” rahbari',
  },
  gold: {
    en: 'gold commander',
    ru: 'руководитель «золото»',
    kk: '«алтын» басшысы',
    ky: '«алтын» жетекчиси',
    tg: 'фармондеҳи «тилло»',
    'uz-Latn': '“oltin” rahbari',
  },
  technician: { en: 'technician', ru: 'техник', kk: 'техник', ky: 'техник', tg: 'техник', 'uz-Latn': 'texnik' },
  police: { en: 'police', ru: 'полиция', kk: 'полиция', ky: 'милиция', tg: 'милитсия', 'uz-Latn': 'militsiya' },
  nurse: { en: 'nurse', ru: 'медсестра', kk: 'медбике', ky: 'медайым', tg: 'ҳамшираи шафқат', 'uz-Latn': 'hamshira' },
  doctor: { en: 'doctor', ru: 'врач', kk: 'дәрігер', ky: 'дарыгер', tg: 'духтур', 'uz-Latn': 'shifokor' },
  paramedic: { en: 'paramedic', ru: 'фельдшер', kk: 'фельдшер', ky: 'фельдшер', tg: 'фелдшер', 'uz-Latn': 'feldsher' },
  'power-engineer': {
    en: 'power engineer',
    ru: 'энергетик',
    kk: 'энергетик',
    ky: 'энергетик',
    tg: 'муҳандиси энергетика',
    'uz-Latn': 'energetik',
  },
  negotiator: {
    en: 'negotiator',
    ru: 'переговорщик',
    kk: 'келіссөз жүргізуші',
    ky: 'сүйлөшүүчү',
    tg: 'музокиракунанда',
    'uz-Latn': 'muzokarachi',
  },
  epidemiologist: {
    en: 'epidemiologist',
    ru: 'эпидемиолог',
    kk: 'эпидемиолог',
    ky: 'эпидемиолог',
    tg: 'эпидемиолог',
    'uz-Latn': 'epidemiolog',
  },
  governor: { en: 'governor', ru: 'начальник', kk: 'бастық', ky: 'башчы', tg: 'сардор', 'uz-Latn': 'boshliq' },
  chief: { en: 'chief', ru: 'руководитель', kk: 'басшы', ky: 'жетекчи', tg: 'роҳбар', 'uz-Latn': 'rahbar' },
}

/** Classes of keys, and equipment. */
const THINGS: Readonly<Record<string, Text>> = {
  main: { en: 'main', ru: 'общий', kk: 'ортақ', ky: 'жалпы', tg: 'умумӣ', 'uz-Latn': 'umumiy' },
  cell: { en: 'cell', ru: 'камерный', kk: 'камера', ky: 'камера', tg: 'ҳуҷра', 'uz-Latn': 'kamera' },
  module: { en: 'module', ru: 'модуль', kk: 'модуль', ky: 'модуль', tg: 'модул', 'uz-Latn': 'modul' },
  perimeter: { en: 'perimeter', ru: 'периметр', kk: 'периметр', ky: 'периметр', tg: 'периметр', 'uz-Latn': 'perimetr' },
  gate: { en: 'gate', ru: 'ворота', kk: 'қақпа', ky: 'дарбаза', tg: 'дарвоза', 'uz-Latn': 'darvoza' },
  plant: {
    en: 'plant room',
    ru: 'техпомещение',
    kk: 'техникалық бөлме',
    ky: 'техникалык жай',
    tg: 'ҷойи техникӣ',
    'uz-Latn': 'texnik xona',
  },
  control: {
    en: 'control room',
    ru: 'дежурная часть',
    kk: 'кезекші бөлім',
    ky: 'кезекчи бөлүм',
    tg: 'навбатдорӣ',
    'uz-Latn': 'navbatchilik xonasi',
  },
  'breathing-set': {
    en: 'breathing set',
    ru: 'дыхательный аппарат',
    kk: 'тыныс алу аппараты',
    ky: 'дем алуу аппараты',
    tg: 'дастгоҳи нафаскашӣ',
    'uz-Latn': 'nafas olish apparati',
  },
  hose: { en: 'hose', ru: 'рукав', kk: 'жең құбыр', ky: 'шланг', tg: 'шланг', 'uz-Latn': 'shlang' },
  lamp: { en: 'lamp', ru: 'фонарь', kk: 'шам', ky: 'чырак', tg: 'чароғ', 'uz-Latn': 'chiroq' },
}

const named = (names: Readonly<Record<string, Text>>, id: string, language: string) => {
  const name = Object.hasOwn(names, id) ? names[id] : undefined
  return name === undefined ? id.replaceAll('-', ' ') : textIn(name, language)
}

export const SKILL_NAMES: ReadonlyMap<string, Text> = new Map(Object.entries(SKILLS))
export const THING_NAMES: ReadonlyMap<string, Text> = new Map(Object.entries(THINGS))
export const skillIn = (id: string, language: string): string => named(SKILLS, id, language)
export const thingIn = (id: string, language: string): string => named(THINGS, id, language)
