/** What letters say. English and Russian; the others were drafted by machine and wait for a speaker. Nothing here tells what exactly has happened:
 * letters lie open on their way. */
import type { Text } from '../contracts/languages.ts'

export const NOTICES = ['alert', 'emergency', 'review', 'account'] as const
export type Notice = (typeof NOTICES)[number]

interface Letter {
  readonly subject: Text
  readonly body: Text
}

export const LETTERS: Readonly<Record<Notice, Letter>> = {
  alert: {
    subject: {
      en: 'A plan no longer reaches its standard',
      ru: 'План больше не отвечает норме',
      kk: 'Жоспар енді нормаға сай емес',
      ky: 'План мындан ары нормага жооп бербейт',
      tg: 'Нақша дигар ба меъёр ҷавоб намедиҳад',
      'uz-Latn': 'Reja endi meʼyorga javob bermaydi',
    },
    body: {
      en: 'A stress test has found that a plan does not reach its standard any more. Which one, and why, stands on the readiness board.',
      ru: 'Проверка показала, что один из планов больше не отвечает норме. Какой и почему, видно на доске готовности.',
      kk: 'Сынақ бір жоспардың енді нормаға сай емес екенін көрсетті. Қайсысы және неге екені дайындық тақтасында.',
      ky: 'Сыноо бир план мындан ары нормага жооп бербей турганын көрсөттү. Кайсынысы жана эмне үчүн экени даярдык тактасында.',
      tg: 'Санҷиш нишон дод, ки як нақша дигар ба меъёр ҷавоб намедиҳад. Кадомаш ва чаро, дар тахтаи омодагӣ аст.',
      'uz-Latn': 'Sinov bir reja endi meʼyorga javob bermasligini koʻrsatdi. Qaysi biri va nega ekani tayyorgarlik taxtasida.',
    },
  },
  emergency: {
    subject: {
      en: 'Somebody has taken a role in an emergency',
      ru: 'Кто-то взял роль в чрезвычайной ситуации',
      kk: 'Біреу төтенше жағдайда рөл алды',
      ky: 'Кимдир өзгөчө кырдаалда ролду алды',
      tg: 'Касе дар ҳолати фавқулодда нақшро гирифт',
      'uz-Latn': 'Kimdir favqulodda vaziyatda rolni oldi',
    },
    body: {
      en: 'Who, and the reason they gave, stands on the readiness board until you have read it.',
      ru: 'Кто и по какой причине, стоит на доске готовности, пока вы это не прочтёте.',
      kk: 'Кім және қандай себеппен екені сіз оқығанша дайындық тақтасында тұрады.',
      ky: 'Ким жана кандай себеп менен экени сиз окуганча даярдык тактасында турат.',
      tg: 'Кӣ ва бо кадом сабаб, то хондани шумо дар тахтаи омодагӣ меистад.',
      'uz-Latn': 'Kim va qanday sabab bilan ekani siz oʻqiguningizcha tayyorgarlik taxtasida turadi.',
    },
  },
  review: {
    subject: {
      en: 'Documents wait for your review',
      ru: 'Документы ждут вашего рассмотрения',
      kk: 'Құжаттар сіздің қарауыңызды күтуде',
      ky: 'Документтер сиздин карооңузду күтүүдө',
      tg: 'Ҳуҷҷатҳо баррасии шуморо интизоранд',
      'uz-Latn': 'Hujjatlar sizning koʻrib chiqishingizni kutmoqda',
    },
    body: {
      en: 'Somebody has handed something in. You see what has changed and what it does before you decide.',
      ru: 'Переданы новые версии. До решения видно, что изменилось и на что это влияет.',
      kk: 'Біреу жаңа нұсқа тапсырды. Шешім қабылдағанға дейін не өзгергенін және неге әсер ететінін көресіз.',
      ky: 'Кимдир жаңы версия берди. Чечим чыгарганга чейин эмне өзгөргөнүн жана эмнеге таасир этерин көрөсүз.',
      tg: 'Касе версияи нав супорид. Пеш аз қарор мебинед, ки чӣ тағйир ёфт ва ба чӣ таъсир мекунад.',
      'uz-Latn': 'Kimdir yangi versiya topshirdi. Qaror qilishdan oldin nima oʻzgargani va nimaga taʼsir qilishini koʻrasiz.',
    },
  },
  account: {
    subject: {
      en: 'Something has changed in your account',
      ru: 'В вашей учётной записи что-то изменилось',
      kk: 'Тіркелгіңізде бірдеңе өзгерді',
      ky: 'Каттоо эсебиңизде бир нерсе өзгөрдү',
      tg: 'Дар ҳисоби шумо чизе тағйир ёфт',
      'uz-Latn': 'Hisobingizda nimadir oʻzgardi',
    },
    body: {
      en: 'If that was not you, change your password and tell your administrator. What has happened stands in your account.',
      ru: 'Если это были не вы, смените пароль и сообщите администратору. Что произошло, видно в вашей учётной записи.',
      kk: 'Бұл сіз болмасаңыз, құпиясөзді ауыстырып, әкімшіге айтыңыз. Не болғаны тіркелгіңізде көрінеді.',
      ky: 'Бул сиз болбосоңуз, сырсөздү алмаштырып, администраторго айтыңыз. Эмне болгону каттоо эсебиңизде көрүнөт.',
      tg: 'Агар ин шумо набошед, рамзро иваз кунед ва ба маъмур хабар диҳед. Чӣ рӯй дод, дар ҳисоби шумо дида мешавад.',
      'uz-Latn': 'Bu siz boʻlmasangiz, parolni almashtiring va administratorga ayting. Nima boʻlgani hisobingizda koʻrinadi.',
    },
  },
}

/** Below every letter: why it comes, and how that ends. */
export const ENDING: Text = {
  en: 'Aman writes to you because you have given this address in your account. There you take it back.',
  ru: '«Аман» пишет вам, потому что вы указали этот адрес в своей учётной записи. Там же его можно убрать.',
  kk: '«Аман» сізге осы мекенжайды тіркелгіңізде көрсеткеніңіз үшін жазады. Оны сол жерде алып тастай аласыз.',
  ky: '«Аман» сизге бул даректи каттоо эсебиңизде көрсөткөнүңүз үчүн жазат. Аны ошол жерден алып салсаңыз болот.',
  tg: '«Аман» ба шумо менависад, зеро шумо ин нишониро дар ҳисоби худ нишон додаед. Онро дар ҳамон ҷо мегиред.',
  'uz-Latn': '«Aman» sizga bu manzilni hisobingizda koʻrsatganingiz uchun yozadi. Uni oʻsha yerda olib tashlaysiz.',
}

/** The same, for an address that has been given up. */
export const LAST_ENDING: Text = {
  en: 'This address stood in an account and does not any more. Aman does not write to it again.',
  ru: 'Этот адрес был указан в учётной записи и больше там не указан. «Аман» больше на него не пишет.',
  kk: 'Бұл мекенжай тіркелгіде көрсетілген еді, енді ол жерде жоқ. «Аман» оған бұдан былай жазбайды.',
  ky: 'Бул дарек каттоо эсебинде көрсөтүлгөн эле, эми ал жерде жок. «Аман» ага мындан ары жазбайт.',
  tg: 'Ин нишонӣ дар ҳисоб нишон дода шуда буд ва дигар дар он ҷо нест. «Аман» ба он дигар наменависад.',
  'uz-Latn': 'Bu manzil hisobda koʻrsatilgan edi, endi u yerda yoʻq. «Aman» unga boshqa yozmaydi.',
}
