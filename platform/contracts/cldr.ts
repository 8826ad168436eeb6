/** How numbers and dates are written, by language. Written by `node tools/cldr.mjs` from Unicode CLDR 48.0. */
export const CLDR = {
  en: {
    decimal: '.',
    group: ',',
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'],
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    date: '{d} {m} {y}',
  },
  ru: {
    decimal: ',',
    group: ' ',
    months: ['янв.', 'февр.', 'мар.', 'апр.', 'мая', 'июн.', 'июл.', 'авг.', 'сент.', 'окт.', 'нояб.', 'дек.'],
    weekdays: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
    date: '{d} {m} {y} г.',
  },
  kk: {
    decimal: ',',
    group: ' ',
    months: ['қаң.', 'ақп.', 'нау.', 'сәу.', 'мам.', 'мау.', 'шіл.', 'там.', 'қыр.', 'қаз.', 'қар.', 'жел.'],
    weekdays: ['дс', 'сс', 'ср', 'бс', 'жм', 'сб', 'жс'],
    date: '{y} ж. {d} {m}',
  },
  ky: {
    decimal: ',',
    group: ' ',
    months: ['янв.', 'фев.', 'мар.', 'апр.', 'май', 'июн.', 'июл.', 'авг.', 'сен.', 'окт.', 'ноя.', 'дек.'],
    weekdays: ['дүй.', 'шейш.', 'шарш.', 'бейш.', 'жума', 'ишм.', 'жек.'],
    date: '{y}-ж. {d}-{m}',
  },
  tg: {
    decimal: ',',
    group: ' ',
    months: ['Янв', 'Фев', 'Мар', 'Апр', 'Май', 'Июн', 'Июл', 'Авг', 'Сен', 'Окт', 'Ноя', 'Дек'],
    weekdays: ['Дшб', 'Сшб', 'Чшб', 'Пшб', 'Ҷмъ', 'Шнб', 'Яшб'],
    date: '{d} {m} {y}',
  },
  'uz-Latn': {
    decimal: ',',
    group: ' ',
    months: ['yan', 'fev', 'mar', 'apr', 'may', 'iyn', 'iyl', 'avg', 'sen', 'okt', 'noy', 'dek'],
    weekdays: ['Dush', 'Sesh', 'Chor', 'Pay', 'Jum', 'Shan', 'Yak'],
    date: '{d}-{m}, {y}',
  },
  'uz-Cyrl': {
    decimal: ',',
    group: ' ',
    months: ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
    weekdays: ['душ', 'сеш', 'чор', 'пай', 'жум', 'шан', 'якш'],
    date: '{d} {m}, {y}',
  },
} as const
