/** Names of the fields of documents, and their values, for people who do not read YAML. Kazakh, Kyrgyz, Tajik and Uzbek were drafted by machine and wait for a speaker. */
import { isLanguage, LANGUAGE_NAMES, type Text, textIn } from '../../contracts/languages.ts'
import type { Raw } from '../../packs/parse.ts'
import { UNITS } from '../../plans/measure-names.ts'

/** Fields by their key in the file; what is not here is shown as it is written. */
const FIELDS: ReadonlyMap<string, Text> = new Map<string, Text>([
  ['tasks', { en: 'task', ru: 'задача', kk: 'тапсырма', ky: 'тапшырма', tg: 'вазифа', 'uz-Latn': 'vazifa' }],
  ['zones', { en: 'zone', ru: 'зона', kk: 'аймақ', ky: 'аймак', tg: 'минтақа', 'uz-Latn': 'hudud' }],
  ['doors', { en: 'door', ru: 'дверь', kk: 'есік', ky: 'эшик', tg: 'дар', 'uz-Latn': 'eshik' }],
  ['posts', { en: 'post', ru: 'пост', kk: 'бекет', ky: 'пост', tg: 'пост', 'uz-Latn': 'post' }],
  ['sensors', { en: 'sensor', ru: 'датчик', kk: 'датчик', ky: 'датчик', tg: 'датчик', 'uz-Latn': 'datchik' }],
  ['shifts', { en: 'on shift', ru: 'в смене', kk: 'ауысымда', ky: 'нөөмөттө', tg: 'дар навбат', 'uz-Latn': 'smenada' }],
  ['threats', { en: 'threat', ru: 'угроза', kk: 'қатер', ky: 'коркунуч', tg: 'таҳдид', 'uz-Latn': 'tahdid' }],
  ['options', { en: 'option', ru: 'вариант', kk: 'шара', ky: 'чара', tg: 'чора', 'uz-Latn': 'chora' }],
  [
    'agencies',
    {
      en: 'outside help',
      ru: 'внешняя помощь',
      kk: 'сырттан көмек',
      ky: 'сырттан жардам',
      tg: 'кумак аз берун',
      'uz-Latn': 'tashqaridan yordam',
    },
  ],
  ['equipment', { en: 'equipment', ru: 'оснащение', kk: 'жабдық', ky: 'жабдуу', tg: 'таҷҳизот', 'uz-Latn': 'jihoz' }],
  [
    'key-sets',
    {
      en: 'key set',
      ru: 'связка ключей',
      kk: 'кілттер жинағы',
      ky: 'ачкычтардын топтому',
      tg: 'маҷмӯи калидҳо',
      'uz-Latn': 'kalitlar toʻplami',
    },
  ],
  ['keys', { en: 'keys', ru: 'ключи', kk: 'кілттер', ky: 'ачкычтар', tg: 'калидҳо', 'uz-Latn': 'kalitlar' }],
  ['key', { en: 'key', ru: 'ключ', kk: 'кілт', ky: 'ачкыч', tg: 'калид', 'uz-Latn': 'kalit' }],
  ['duration', { en: 'duration', ru: 'длительность', kk: 'ұзақтығы', ky: 'узактыгы', tg: 'давомнокӣ', 'uz-Latn': 'davomiyligi' }],
  ['after', { en: 'waits for', ru: 'ждёт', kk: 'нені күтеді', ky: 'эмнени күтөт', tg: 'интизори', 'uz-Latn': 'nimani kutadi' }],
  [
    'when',
    {
      en: 'begins when',
      ru: 'начинается, когда',
      kk: 'басталу шарты',
      ky: 'качан башталат',
      tg: 'вақте оғоз мешавад, ки',
      'uz-Latn': 'qachon boshlanadi',
    },
  ],
  ['or', { en: 'or when', ru: 'или когда', kk: 'немесе мына жағдайда', ky: 'же качан', tg: 'ё вақте ки', 'uz-Latn': 'yoki qachon' }],
  ['needs', { en: 'needs', ru: 'нужны', kk: 'не қажет', ky: 'керектелет', tg: 'лозим аст', 'uz-Latn': 'nima kerak' }],
  ['place', { en: 'place', ru: 'место', kk: 'орны', ky: 'орду', tg: 'ҷой', 'uz-Latn': 'joyi' }],
  ['priority', { en: 'priority', ru: 'приоритет', kk: 'басымдығы', ky: 'артыкчылыгы', tg: 'афзалият', 'uz-Latn': 'ustuvorligi' }],
  ['then', { en: 'then', ru: 'затем', kk: 'содан кейін', ky: 'андан кийин', tg: 'сипас', 'uz-Latn': 'keyin' }],
  [
    'level',
    {
      en: 'level of command',
      ru: 'уровень управления',
      kk: 'басқару деңгейі',
      ky: 'башкаруу деңгээли',
      tg: 'сатҳи роҳбарӣ',
      'uz-Latn': 'rahbarlik darajasi',
    },
  ],
  ['work', { en: 'work', ru: 'работа', kk: 'жұмыс', ky: 'жумуш', tg: 'кор', 'uz-Latn': 'ish' }],
  ['forgotten', { en: 'forgotten', ru: 'забывают', kk: 'ұмытылады', ky: 'унутулат', tg: 'фаромӯш мешавад', 'uz-Latn': 'unutiladi' }],
  [
    'remembered',
    {
      en: 'remembered after',
      ru: 'вспоминают через',
      kk: 'қанша уақыттан кейін еске түседі',
      ky: 'канча убакыттан кийин эске түшөт',
      tg: 'ба ёд меояд пас аз',
      'uz-Latn': 'qancha vaqtdan keyin esga tushadi',
    },
  ],
  [
    'fails',
    { en: 'fails', ru: 'не удаётся', kk: 'орындалмайды', ky: 'аткарылбай калат', tg: 'муяссар намешавад', 'uz-Latn': 'uddalanmaydi' },
  ],
  ['success', { en: 'success', ru: 'успех', kk: 'оң нәтиже', ky: 'ийгилик', tg: 'муваффақият', 'uz-Latn': 'muvaffaqiyat' }],
  ['text', { en: 'text', ru: 'текст', kk: 'мәтін', ky: 'текст', tg: 'матн', 'uz-Latn': 'matn' }],
  ['guidance', { en: 'guidance', ru: 'указания', kk: 'нұсқаулар', ky: 'көрсөтмөлөр', tg: 'дастурҳо', 'uz-Latn': 'koʻrsatmalar' }],
  ['question', { en: 'question', ru: 'вопрос', kk: 'сұрақ', ky: 'суроо', tg: 'савол', 'uz-Latn': 'savol' }],
  ['title', { en: 'title', ru: 'название', kk: 'атауы', ky: 'аталышы', tg: 'ном', 'uz-Latn': 'nomi' }],
  ['purpose', { en: 'purpose', ru: 'цель', kk: 'мақсаты', ky: 'максаты', tg: 'мақсад', 'uz-Latn': 'maqsadi' }],
  ['version', { en: 'version', ru: 'версия', kk: 'нұсқа', ky: 'версия', tg: 'версия', 'uz-Latn': 'versiya' }],
  ['between', { en: 'between', ru: 'между', kk: 'аралығы', ky: 'аралыгы', tg: 'байни', 'uz-Latn': 'oraligʻi' }],
  ['capacity', { en: 'capacity', ru: 'вместимость', kk: 'сыйымдылығы', ky: 'сыйымдуулугу', tg: 'ғунҷоиш', 'uz-Latn': 'sigʻimi' }],
  ['occupants', { en: 'people', ru: 'людей', kk: 'адам саны', ky: 'адамдардын саны', tg: 'шумораи одамон', 'uz-Latn': 'odamlar soni' }],
  ['usually', { en: 'usually', ru: 'обычно', kk: 'әдетте', ky: 'адатта', tg: 'одатан', 'uz-Latn': 'odatda' }],
  [
    'rarely-over',
    {
      en: 'rarely more than',
      ru: 'редко больше',
      kk: 'сирек асатын шегі',
      ky: 'сейрек ашкан чеги',
      tg: 'кам вақт бештар аз',
      'uz-Latn': 'kamdan kam oshadigan chegarasi',
    },
  ],
  ['skill', { en: 'skill', ru: 'навык', kk: 'дағды', ky: 'көндүм', tg: 'малака', 'uz-Latn': 'koʻnikma' }],
  ['count', { en: 'number', ru: 'число', kk: 'саны', ky: 'саны', tg: 'шумора', 'uz-Latn': 'soni' }],
  [
    'breathing',
    {
      en: 'with breathing apparatus',
      ru: 'с дыхательным аппаратом',
      kk: 'тыныс алу аппаратымен',
      ky: 'дем алуу аппараты менен',
      tg: 'бо дастгоҳи нафаскашӣ',
      'uz-Latn': 'nafas olish apparati bilan',
    },
  ],
  ['measure', { en: 'measure', ru: 'показатель', kk: 'көрсеткіш', ky: 'көрсөткүч', tg: 'нишондиҳанда', 'uz-Latn': 'koʻrsatkich' }],
  ['at-most', { en: 'at most', ru: 'не более', kk: 'ең көбі', ky: 'эң көбү', tg: 'на бештар аз', 'uz-Latn': 'koʻpi bilan' }],
  ['at-least', { en: 'at least', ru: 'не менее', kk: 'кемінде', ky: 'кеминде', tg: 'на камтар аз', 'uz-Latn': 'kamida' }],
  ['mark', { en: 'mark', ru: 'отметка', kk: 'белгі', ky: 'белги', tg: 'нишона', 'uz-Latn': 'belgi' }],
  ['done', { en: 'done', ru: 'выполнено', kk: 'орындалды', ky: 'аткарылды', tg: 'иҷро шуд', 'uz-Latn': 'bajarildi' }],
  ['elapsed', { en: 'elapsed', ru: 'прошло', kk: 'өтті', ky: 'өттү', tg: 'гузашт', 'uz-Latn': 'oʻtdi' }],
  [
    'since',
    { en: 'since', ru: 'с момента', kk: 'мына сәттен бері', ky: 'төмөнкү учурдан бери', tg: 'аз лаҳзаи', 'uz-Latn': 'shu paytdan beri' },
  ],
  ['chance', { en: 'chance', ru: 'вероятность', kk: 'ықтималдығы', ky: 'ыктымалдыгы', tg: 'эҳтимолият', 'uz-Latn': 'ehtimoli' }],
  ['night', { en: 'night', ru: 'ночь', kk: 'түн', ky: 'түн', tg: 'шаб', 'uz-Latn': 'tun' }],
  ['day', { en: 'day', ru: 'день', kk: 'күндіз', ky: 'күндүз', tg: 'рӯз', 'uz-Latn': 'kunduz' }],
  ['evening', { en: 'evening', ru: 'вечер', kk: 'кеш', ky: 'кеч', tg: 'бегоҳ', 'uz-Latn': 'kechqurun' }],
  ['standard', { en: 'standard', ru: 'норма', kk: 'норма', ky: 'норма', tg: 'меъёр', 'uz-Latn': 'meʼyor' }],
  ['assumption', { en: 'assumption', ru: 'допущение', kk: 'жорамал', ky: 'божомол', tg: 'фарзия', 'uz-Latn': 'faraz' }],
  ['assumptions', { en: 'assumption', ru: 'допущение', kk: 'жорамал', ky: 'божомол', tg: 'фарзия', 'uz-Latn': 'faraz' }],
  ['sources', { en: 'source', ru: 'источник', kk: 'дереккөз', ky: 'булак', tg: 'манбаъ', 'uz-Latn': 'manba' }],
  ['source', { en: 'source', ru: 'источник', kk: 'дереккөз', ky: 'булак', tg: 'манбаъ', 'uz-Latn': 'manba' }],
  [
    'asking',
    {
      en: 'order of asking',
      ru: 'порядок запросов',
      kk: 'сұрату реті',
      ky: 'сурам тартиби',
      tg: 'тартиби дархост',
      'uz-Latn': 'soʻrov tartibi',
    },
  ],
  ['marks', { en: 'mark', ru: 'отметка', kk: 'белгі', ky: 'белги', tg: 'нишона', 'uz-Latn': 'belgi' }],
  [
    'summary',
    {
      en: 'summary',
      ru: 'краткое содержание',
      kk: 'қысқаша мазмұны',
      ky: 'кыскача мазмуну',
      tg: 'мазмуни мухтасар',
      'uz-Latn': 'qisqacha mazmuni',
    },
  ],
  [
    'walk',
    {
      en: 'walking time',
      ru: 'время прохода',
      kk: 'жүріп өту уақыты',
      ky: 'басып өтүү убактысы',
      tg: 'вақти гузаштан',
      'uz-Latn': 'yurib oʻtish vaqti',
    },
  ],
  ['width', { en: 'width', ru: 'ширина', kk: 'ені', ky: 'туурасы', tg: 'паҳноӣ', 'uz-Latn': 'eni' }],
  ['normally', { en: 'normally', ru: 'обычно', kk: 'әдетте', ky: 'адатта', tg: 'одатан', 'uz-Latn': 'odatda' }],
  ['cells', { en: 'cells', ru: 'камеры', kk: 'камералар', ky: 'камералар', tg: 'ҳуҷраҳо', 'uz-Latn': 'kameralar' }],
  ['people', { en: 'people', ru: 'люди', kk: 'адамдар', ky: 'адамдар', tg: 'одамон', 'uz-Latn': 'odamlar' }],
  ['outline', { en: 'outline', ru: 'контур', kk: 'контуры', ky: 'контуру', tg: 'контур', 'uz-Latn': 'konturi' }],
  ['covers', { en: 'covers', ru: 'охватывает', kk: 'қамтиды', ky: 'камтыйт', tg: 'фаро мегирад', 'uz-Latn': 'qamraydi' }],
  ['open', { en: 'open', ru: 'открыто', kk: 'ашық', ky: 'ачык', tg: 'кушода', 'uz-Latn': 'ochiq' }],
  ['closed', { en: 'closed', ru: 'закрыто', kk: 'жабық', ky: 'жабык', tg: 'пӯшида', 'uz-Latn': 'yopiq' }],
  ['locked', { en: 'locked', ru: 'заперто', kk: 'құлыптаулы', ky: 'кулпуланган', tg: 'қулф', 'uz-Latn': 'qulflangan' }],
  [
    'unlocked',
    {
      en: 'out of their cells',
      ru: 'вне камер',
      kk: 'камерадан тыс',
      ky: 'камерадан тышкары',
      tg: 'берун аз ҳуҷра',
      'uz-Latn': 'kameradan tashqarida',
    },
  ],
  ['horizon', { en: 'horizon', ru: 'горизонт', kk: 'көкжиегі', ky: 'горизонту', tg: 'уфуқи вақт', 'uz-Latn': 'vaqt chegarasi' }],
  [
    'onset',
    { en: 'begins at', ru: 'время начала', kk: 'басталу уақыты', ky: 'башталуу убактысы', tg: 'вақти оғоз', 'uz-Latn': 'boshlanish vaqti' },
  ],
  ['price', { en: 'price', ru: 'цена', kk: 'құны', ky: 'баасы', tg: 'нарх', 'uz-Latn': 'narxi' }],
  ['amount', { en: 'amount', ru: 'сумма', kk: 'сомасы', ky: 'суммасы', tg: 'маблағ', 'uz-Latn': 'summasi' }],
  [
    'arrives',
    {
      en: 'arrives after',
      ru: 'прибывает через',
      kk: 'қанша уақытта келеді',
      ky: 'канча убакытта келет',
      tg: 'мерасад пас аз',
      'uz-Latn': 'qancha vaqtda yetib keladi',
    },
  ],
  [
    'admission',
    {
      en: 'let in after',
      ru: 'впускают через',
      kk: 'қанша уақытта кіргізіледі',
      ky: 'канча убакытта киргизилет',
      tg: 'роҳ дода мешавад пас аз',
      'uz-Latn': 'qancha vaqtda kiritiladi',
    },
  ],
  [
    'absence',
    {
      en: 'chance of absence',
      ru: 'вероятность отсутствия',
      kk: 'жұмыста болмау ықтималдығы',
      ky: 'жумушта болбоо ыктымалдыгы',
      tg: 'эҳтимолияти ғоиб будан',
      'uz-Latn': 'ishda boʻlmaslik ehtimoli',
    },
  ],
  ['skills', { en: 'skills', ru: 'навыки', kk: 'дағдылар', ky: 'көндүмдөр', tg: 'малакаҳо', 'uz-Latn': 'koʻnikmalar' }],
  ['holder', { en: 'holder', ru: 'у кого', kk: 'кімде', ky: 'кимде', tg: 'дар дасти кӣ', 'uz-Latn': 'kimda' }],
  ['opens', { en: 'opens', ru: 'открывает', kk: 'ашады', ky: 'ачат', tg: 'мекушояд', 'uz-Latn': 'ochadi' }],
  ['kind', { en: 'kind', ru: 'вид', kk: 'түрі', ky: 'түрү', tg: 'намуд', 'uz-Latn': 'turi' }],
  [
    'drafted',
    {
      en: 'drafted by machine',
      ru: 'машинный перевод',
      kk: 'машиналық аударма',
      ky: 'машина которгон',
      tg: 'тарҷумаи мошинӣ',
      'uz-Latn': 'mashina tarjimasi',
    },
  ],
  [
    'reviewed',
    {
      en: 'reviewed by a speaker',
      ru: 'проверено носителем языка',
      kk: 'тіл иесі тексерген',
      ky: 'тилди билген адам текшерген',
      tg: 'соҳибзабон санҷидааст',
      'uz-Latn': 'til egasi tekshirgan',
    },
  ],
  ['threat', { en: 'threat', ru: 'угроза', kk: 'қатер', ky: 'коркунуч', tg: 'таҳдид', 'uz-Latn': 'tahdid' }],
  ['where', { en: 'where', ru: 'где', kk: 'қайда', ky: 'кайда', tg: 'дар куҷо', 'uz-Latn': 'qayerda' }],
  [
    'kinds',
    {
      en: 'zones of the kind',
      ru: 'зоны вида',
      kk: 'мына түрдегі аймақтар',
      ky: 'мына түрдөгү зоналар',
      tg: 'минтақаҳои навъи',
      'uz-Latn': 'shu turdagi hududlar',
    },
  ],
  ['changes', { en: 'changes', ru: 'меняет', kk: 'өзгертеді', ky: 'өзгөртөт', tg: 'тағйир медиҳад', 'uz-Latn': 'oʻzgartiradi' }],
  ['set', { en: 'becomes', ru: 'станет', kk: 'болады', ky: 'болот', tg: 'мешавад', 'uz-Latn': 'boʻladi' }],
  ['up-to', { en: 'up to', ru: 'не более', kk: 'ең көбі', ky: 'эң көбү', tg: 'на зиёда аз', 'uz-Latn': 'koʻpi bilan' }],
  [
    'knockdown',
    {
      en: 'put out within',
      ru: 'потушить за',
      kk: 'сөндіру уақыты',
      ky: 'өчүрүү убактысы',
      tg: 'вақти хомӯш кардан',
      'uz-Latn': 'oʻchirish vaqti',
    },
  ],
  [
    'per-cell',
    { en: 'per cell', ru: 'на камеру', kk: 'бір камераға', ky: 'бир камерага', tg: 'барои як ҳуҷра', 'uz-Latn': 'bitta kameraga' },
  ],
  [
    'per-person',
    { en: 'per person', ru: 'на человека', kk: 'бір адамға', ky: 'бир адамга', tg: 'барои як нафар', 'uz-Latn': 'bir kishiga' },
  ],
  [
    'air-changes',
    { en: 'air changes', ru: 'обмен воздуха', kk: 'ауа алмасуы', ky: 'аба алмашуу', tg: 'ивази ҳаво', 'uz-Latn': 'havo almashinuvi' },
  ],
  [
    'sensitivity',
    { en: 'sensitivity', ru: 'чувствительность', kk: 'сезімталдығы', ky: 'сезгичтиги', tg: 'ҳассосият', 'uz-Latn': 'sezgirligi' },
  ],
  ['delay', { en: 'delay', ru: 'задержка', kk: 'кешігуі', ky: 'кечигүүсү', tg: 'таъхир', 'uz-Latn': 'kechikish' }],
  ['every', { en: 'every', ru: 'каждые', kk: 'әр', ky: 'ар бир', tg: 'ҳар', 'uz-Latn': 'har' }],
  ['to', { en: 'to', ru: 'куда', kk: 'қайда', ky: 'кайда', tg: 'ба куҷо', 'uz-Latn': 'qayerga' }],
  ['onset', { en: 'begins', ru: 'начинается', kk: 'басталады', ky: 'башталат', tg: 'оғоз мешавад', 'uz-Latn': 'boshlanadi' }],
  [
    'facility',
    {
      en: 'layout',
      ru: 'план учреждения',
      kk: 'мекеме сызбасы',
      ky: 'мекеменин картасы',
      tg: 'нақшаи муассиса',
      'uz-Latn': 'muassasa chizmasi',
    },
  ],
  [
    'roster',
    { en: 'roster', ru: 'расстановка', kk: 'кезекшілік кестесі', ky: 'нөөмөт графиги', tg: 'ҷадвали навбат', 'uz-Latn': 'navbat jadvali' },
  ],
  ['plans', { en: 'plans', ru: 'планы', kk: 'жоспарлар', ky: 'пландар', tg: 'нақшаҳо', 'uz-Latn': 'rejalar' }],
  ['licence', { en: 'licence', ru: 'лицензия', kk: 'лицензия', ky: 'лицензия', tg: 'иҷозатнома', 'uz-Latn': 'litsenziya' }],
])

export function fieldName(key: string, language: string): string {
  if (isLanguage(key)) return LANGUAGE_NAMES[key]
  const known = FIELDS.get(key)
  return known === undefined ? key : textIn(known, language)
}

/** What ids stand for. */
export type Names = ReadonlyMap<string, Text>
const NONE: Names = new Map()

/** Places that every plan knows. */
const PLACES: Names = new Map([
  [
    'incident',
    {
      en: 'where it happens',
      ru: 'на месте происшествия',
      kk: 'оқиға орны',
      ky: 'окуя болгон жер',
      tg: 'ҷойи ҳодиса',
      'uz-Latn': 'hodisa joyi',
    },
  ],
  [
    'adjacent',
    {
      en: 'next to where it happens',
      ru: 'рядом с местом происшествия',
      kk: 'оқиға орнының жаны',
      ky: 'окуя болгон жердин жаны',
      tg: 'паҳлуи ҷойи ҳодиса',
      'uz-Latn': 'hodisa joyining yoni',
    },
  ],
])

/** A value as one line: "usually 20 s, rarely more than 60 s". */
export function inWords(value: Raw, language: string, names: Names = NONE): string {
  if (value === null) return '–'
  if (Array.isArray(value))
    return value.length === 0 ? '–' : (value as readonly Raw[]).map((part) => inWords(part, language, names)).join('; ')
  if (typeof value === 'object') {
    const entries = Object.entries(value as Readonly<Record<string, Raw>>)
    // A text in several languages is that text.
    if (entries.length > 0 && entries.every(([key, part]) => /^[a-z]{2}(-[A-Z][a-z]+)?$/.test(key) && typeof part === 'string')) {
      const texts = Object.fromEntries(entries) as Record<string, string>
      return texts[language] ?? texts.en ?? (entries[0]![1] as string)
    }
    // Who is needed, as people say it.
    const { skill, count, ...more } = value as Readonly<Record<string, Raw>>
    if (typeof skill === 'string') {
      const rest = Object.entries(more).filter(([, part]) => part !== false)
      const extra = rest.map(([key, part]) =>
        [fieldName(key, language), ...(part === true ? [] : [inWords(part, language, names)])].join(' '),
      )
      return `${count ?? 1} × ${inWords(skill, language, names)}${extra.length === 0 ? '' : ` (${extra.join(', ')})`}`
    }
    return entries.map(([key, part]) => `${fieldName(key, language)} ${inWords(part, language, names)}`).join(', ')
  }
  if (typeof value === 'boolean') return value ? '✓' : '–'
  const name = names.get(String(value)) ?? PLACES.get(String(value))
  if (name !== undefined) return textIn(name, language)
  const [, number, unit] = /^([\d.,]+) ?(\w+)$/.exec(String(value)) ?? []
  const known = unit === undefined ? undefined : UNITS[unit]
  return known === undefined ? String(value) : `${number} ${textIn(known, language)}`
}
