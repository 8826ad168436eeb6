/** Terms of the field in our languages, for whoever translates documents. English and Russian are as the service handbooks of the
 * United Nations and of the countries have them; the others were drafted by machine and wait for a speaker. */

export type Term = { readonly en: string; readonly ru: string } & { readonly [language: string]: string }

export const GLOSSARY: readonly Term[] = [
  {
    en: 'contingency plan',
    ru: 'план действий при чрезвычайных обстоятельствах',
    kk: 'төтенше жағдайдағы іс-қимыл жоспары',
    ky: 'өзгөчө кырдаалдагы аракеттер планы',
    tg: 'нақшаи амал дар ҳолати фавқулода',
    'uz-Latn': 'favqulodda holatda harakat rejasi',
  },
  { en: 'hostage', ru: 'заложник', kk: 'кепілге алынған адам', ky: 'барымта', tg: 'гаравгон', 'uz-Latn': 'garovga olingan shaxs' },
  {
    en: 'negotiator',
    ru: 'переговорщик',
    kk: 'келіссөз жүргізуші',
    ky: 'сүйлөшүү жүргүзүүчү',
    tg: 'гуфтушунидкунанда',
    'uz-Latn': 'muzokarachi',
  },
  {
    en: 'disorder',
    ru: 'массовые беспорядки',
    kk: 'жаппай тәртіпсіздік',
    ky: 'массалык башаламандык',
    tg: 'бетартибиҳои оммавӣ',
    'uz-Latn': 'ommaviy tartibsizliklar',
  },
  { en: 'escape', ru: 'побег', kk: 'қашу', ky: 'качуу', tg: 'фирор', 'uz-Latn': 'qochish' },
  { en: 'cell', ru: 'камера', kk: 'камера', ky: 'камера', tg: 'ҳуҷра', 'uz-Latn': 'kamera' },
  { en: 'wing', ru: 'отделение', kk: 'бөлім', ky: 'бөлүм', tg: 'шуъба', 'uz-Latn': 'boʻlim' },
  {
    en: 'governor',
    ru: 'начальник учреждения',
    kk: 'мекеме бастығы',
    ky: 'мекеменин башчысы',
    tg: 'сардори муассиса',
    'uz-Latn': 'muassasa boshligʻi',
  },
  {
    en: 'control room',
    ru: 'дежурная часть',
    kk: 'кезекші бөлім',
    ky: 'нөөмөт бөлүмү',
    tg: 'қисми навбатдорӣ',
    'uz-Latn': 'navbatchilik qismi',
  },
  {
    en: 'response group',
    ru: 'группа реагирования',
    kk: 'әрекет ету тобы',
    ky: 'чара көрүү тобу',
    tg: 'гурӯҳи вокуниш',
    'uz-Latn': 'tezkor guruh',
  },
  { en: 'key class', ru: 'класс ключей', kk: 'кілт класы', ky: 'ачкычтын классы', tg: 'дараҷаи калид', 'uz-Latn': 'kalit toifasi' },
  {
    en: 'head count',
    ru: 'количественная проверка',
    kk: 'сандық тексеру',
    ky: 'сандык текшерүү',
    tg: 'санҷиши шумора',
    'uz-Latn': 'sanoq tekshiruvi',
  },
  {
    en: 'breathing apparatus',
    ru: 'дыхательный аппарат',
    kk: 'тыныс алу аппараты',
    ky: 'дем алуу аппараты',
    tg: 'дастгоҳи нафаскашӣ',
    'uz-Latn': 'nafas olish apparati',
  },
  { en: 'evacuation', ru: 'эвакуация', kk: 'эвакуация', ky: 'эвакуация', tg: 'эвакуатсия', 'uz-Latn': 'evakuatsiya' },
  {
    en: 'power outage',
    ru: 'отключение электроэнергии',
    kk: 'электр қуатының ажыратылуы',
    ky: 'электр энергиясынын өчүшү',
    tg: 'қатъи барқ',
    'uz-Latn': 'elektr taʼminotining uzilishi',
  },
  {
    en: 'contagious disease',
    ru: 'инфекционное заболевание',
    kk: 'жұқпалы ауру',
    ky: 'жугуштуу оору',
    tg: 'бемории сироятӣ',
    'uz-Latn': 'yuqumli kasallik',
  },
  { en: 'stress test', ru: 'стресс-тест', kk: 'стресс-тест', ky: 'стресс-тест', tg: 'стресс-тест', 'uz-Latn': 'stress-test' },
  {
    en: 'roster',
    ru: 'расстановка сил',
    kk: 'күштерді орналастыру',
    ky: 'күчтөрдү жайгаштыруу',
    tg: 'ҷойгиркунии қувваҳо',
    'uz-Latn': 'kuchlar taqsimoti',
  },
]

/** Terms that occur in a text in English. */
export function termsIn(text: string): readonly Term[] {
  const plain = text.toLowerCase()
  return GLOSSARY.filter((term) => plain.includes(term.en))
}
