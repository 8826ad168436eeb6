/** What is refused and what to do, in Uzbek in Latin letters. Drafted by machine; not yet reviewed by a speaker. */
import type { Refusals } from '../dictionary.ts'

export const REFUSALS_UZ_LATN: Refusals = {
  'file-unreadable': { says: 'Faylni oʻqib boʻlmadi.', advice: 'Fayl borligini va uni oʻqishga huquqingiz borligini tekshiring.' },
  'file-too-large': {
    says: 'Fayl hujjat uchun ruxsat etilgan hajmdan katta.',
    advice: 'Hujjat 2 MB dan oshmaydigan matndir: uni boʻlaklarga ajrating yoki ichida ortiqcha narsa bor-yoʻqligini koʻring.',
  },
  'yaml-malformed': {
    says: 'Faylni YAML sifatida oʻqib boʻlmadi.',
    advice:
      'Koʻrsatilgan qatorni tuzating; koʻpincha qoʻshtirnoq tushib qolgan, Tab belgisi qoʻyilgan yoki qator boshidagi surilish notoʻgʻri boʻladi.',
  },
  'yaml-excessive': {
    says: 'Fayl yoyilganda koʻringanidan ancha kattalashib ketadi.',
    advice:
      'Takrorlanadigan qismlarni toʻliq yozing yoki hujjat turlaridan (types) foydalaning; havola (alias) ichida havola qabul qilinmaydi.',
  },
  'kind-unknown': { says: 'Hujjatning turi koʻrsatilmagan.', advice: 'Hujjatni, masalan, «kind: plan» qatoridan boshlang.' },
  'field-unknown': { says: 'Bu yerda bunday maydon yoʻq.', advice: 'Imlosini tekshiring yoki maydonni oʻchiring.' },
  'field-missing': { says: 'Zarur maydon yetishmaydi.', advice: 'Uni qoʻshing.' },
  'type-wrong': { says: 'Qiymat kutilgan turda emas.', advice: 'Kutilgan turdagi qiymatni yozing.' },
  'value-unknown': { says: 'Bu yerda bunday qiymat boʻlishi mumkin emas.', advice: 'Sanab oʻtilganlardan birini tanlang.' },
  'unit-missing': { says: 'Son oʻlchov birligisiz yozilgan.', advice: 'Sondan keyin oʻlchov birligini yozing.' },
  'unit-wrong': { says: 'Oʻlchov birligi mos emas.', advice: 'Misoldagi birliklardan birini ishlating.' },
  'quantity-malformed': {
    says: 'Buni miqdor sifatida oʻqib boʻlmadi.',
    advice: 'Son va uning oʻlchov birligini misoldagidek yozing.',
  },
  'number-out-of-range': { says: 'Son mumkin boʻlgan chegaradan tashqarida.', advice: 'Sonni tuzating.' },
  'text-length': { says: 'Matn juda qisqa yoki juda uzun.', advice: 'Kutilgan hajmda yozing.' },
  'time-malformed': {
    says: 'Buni kun vaqti sifatida oʻqib boʻlmadi.',
    advice: 'Soat va daqiqani qoʻshtirnoq ichida yozing, masalan, "22:45".',
  },
  'id-malformed': {
    says: 'Identifikatorda (id) faqat kichik lotin harflari, raqamlar va chiziqcha boʻlishi mumkin.',
    advice: 'Boshqa identifikator tanlang; odamlar uchun nomni sarlavhaga (title) yozing.',
  },
  'id-unknown': { says: 'Bu yerda bunday identifikatorli narsa yoʻq.', advice: 'Imlosini tekshiring yoki uni kiriting.' },
  'id-duplicate': {
    says: 'Ikki hujjatning turi va identifikatori bir xil.',
    advice: 'Ulardan biriga boshqa identifikator bering yoki birini oʻchiring.',
  },
  'text-missing': { says: 'Odamlar uchun moʻljallangan matn yetishmaydi.', advice: 'Uni hech boʻlmasa ingliz tilida yozing: { en: … }.' },
  'source-missing': {
    says: 'Raqam qayerdan olingani koʻrsatilmagan.',
    advice: 'Shu yerda yoki raqam joylashgan qismda hujjatning manbasini yoki farazini koʻrsating.',
  },
  'order-wrong': { says: 'Raqamlar tartibi notoʻgʻri.', advice: 'Ularni toʻgʻri tartibda joylashtiring.' },
  'plan-cycle': {
    says: 'Vazifalar bir-birini aylana boʻylab kutmoqda.',
    advice: 'Vazifalardan biri boshlana olishi uchun bogʻlanishlardan birini olib tashlang.',
  },
  'plan-never': {
    says: 'Vazifa hech qachon roʻy bermaydigan narsani kutmoqda.',
    advice: 'Shu belgini (mark) biror joyda qoʻying yoki boshqasini kutadigan qiling.',
  },
  'skill-unavailable': {
    says: 'Bu vazifani hech bir smenada hech kim bajara olmaydi.',
    advice: 'Zarur koʻnikma, kalit va jihozga ega kishini qoʻshing yoki talabni kamaytiring.',
  },
  'hours-uncovered': {
    says: 'Navbatchilardan hech kim buni bajara olmaydigan soatlar bor.',
    advice:
      'Oʻsha smenaga kishi qoʻshing, kalit yoki jihozni boshqa kishiga bering yoki uning yoʻqligini rejada hisobga oling. Shu holicha ham sinash mumkin.',
  },
  'way-missing': {
    says: 'Bu odamlar ocha oladigan eshiklar orqali u yerga yoʻl yoʻq.',
    advice: 'Ularga kalit bering, yoʻldagi eshikni ochadigan vazifa qoʻshing yoki boshqa joyni tanlang. Shu holicha ham sinash mumkin.',
  },
  'beyond-perimeter': {
    says: 'Odamlar muassasadan tashqariga olib chiqiladi.',
    advice: 'Agar maqsad shu boʻlmasa, perimetr ichidagi hududni tanlang. Shu holicha ham sinash mumkin.',
  },
  'horizon-short': {
    says: 'Tun buni baholash mumkin boʻlishidan oldin tugaydi.',
    advice:
      'Savolning vaqt chegarasini (horizon) muvaffaqiyat mezonida belgilangan muddatdan uzunroq qiling. Shu holicha ham sinash mumkin.',
  },
  'effect-unfit': {
    says: 'Bu taʼsir yoki ish reja moʻljallangan tahdidga qarshi hech qanday naf bermaydi.',
    advice: 'Uni oʻchiring yoki shunday tahdidga moʻljallangan rejaga koʻchiring.',
  },
  'help-not-admitted': {
    says: 'Bu vazifa kutayotgan yordamni hech kim ichkariga kiritmaydi.',
    advice:
      'Taʼsiri admit boʻlgan vazifa qoʻshing yoki navbatchilik jadvalida shu xizmatning kiritilish vaqtini (admission) koʻrsating. Shu holicha ham sinash mumkin.',
  },
  'zone-unreachable': { says: 'Bu hududga yoʻl yoʻq.', advice: 'Eshik yoki yoʻldagi eshikni ochadigan kalit qoʻshing.' },
  'threat-unanswered': {
    says: 'Reja savoldagidan boshqa turdagi tahdidga moʻljallangan.',
    advice: 'Shu tahdidga moʻljallangan rejani ishlating yoki tahdidni qoʻshing.',
  },
  'measure-unknown': { says: 'Bu savolda bunday koʻrsatkich yoʻq.', advice: 'Sanab oʻtilgan koʻrsatkichlardan birini ishlating.' },
  'change-impossible': {
    says: 'Chora oʻzgartirishi kerak boʻlgan narsa topilmadi.',
    advice: 'Hujjatni va oʻzgarishning undagi oʻrni toʻgʻri koʻrsatilganini tekshiring.',
  },
  'too-many': { says: 'Ularning soni modellashtirish mumkin boʻlganidan koʻp.', advice: 'Ulardan baʼzilarini birlashtiring.' },
  'study-unknown': {
    says: 'Toʻplamlarda bunday identifikatorli savol yoʻq, bunday fayl ham mavjud emas.',
    advice: 'Mavjudlarini «aman packs list» bilan koʻring yoki fayl yoʻlini koʻrsating.',
  },
  'option-unknown': { says: 'Savolda bunday chora yoʻq.', advice: 'Sanab oʻtilgan choralardan birini ishlating.' },
  'argument-wrong': {
    says: 'Buyruq argumentidan foydalanib boʻlmaydi.',
    advice: 'Buyruq nimalarni qabul qilishini «aman help» bilan koʻring.',
  },
  'file-exists': {
    says: 'Bunday nomli fayl allaqachon bor.',
    advice: 'Boshqa identifikator tanlang yoki faylni boshqa joyga koʻchiring.',
  },
  'port-taken': {
    says: 'Bu portni boshqa dastur band qilgan.',
    advice: 'Oʻsha dasturni toʻxtating yoki boshqa portni tanlang, masalan: PORT=8090 npm start.',
  },
  'data-folder': {
    says: 'Maʼlumotlar jildidan foydalanib boʻlmaydi.',
    advice:
      'AMAN_DATA_DIR orqali boshqa jildni koʻrsating: shu foydalanuvchi unga yoza olsin, dastur root nomidan ishga tushirilganda esa undan hamma oʻta olsin.',
  },
  'database-missing': {
    says: 'Oʻrnatilgan paketlar orasida bu kompyuter uchun PostgreSQL yoʻq.',
    advice: 'Qayta oʻrnating (npm ci) yoki oʻz PostgreSQL tizimingizni koʻrsating: DATABASE_URL=postgres://… npm start.',
  },
  'database-unreachable': {
    says: 'Maʼlumotlar bazasi javob bermayapti.',
    advice:
      'Uning ishlayotganini va DATABASE_URL toʻgʻriligini tekshiring; dasturning oʻz bazasi jurnali (log) maʼlumotlar jildida joylashgan.',
  },
  'database-old': {
    says: 'Maʼlumotlar bazasi dastur foydalana oladiganidan eskiroq.',
    advice: 'PostgreSQL 15 yoki undan yangirogʻini ishlating.',
  },
  'database-newer': {
    says: 'Maʼlumotlar bazasidan dasturning yangiroq versiyasi foydalangan.',
    advice: 'Oʻsha versiyani ishga tushiring yoki avvalgi zaxira nusxani boʻsh bazaga tiklang.',
  },
  'migration-changed': {
    says: 'Qoʻllangan migratsiya shu versiya bilan kelganidan farq qiladi.',
    advice: 'Nashrning asl fayllarini qaytaring; chiqarilgan migratsiya hech qachon tahrirlanmaydi.',
  },
  'database-not-empty': {
    says: 'Maʼlumotlar bazasida allaqachon nimadir bor.',
    advice: 'Boʻsh bazaga tiklang: boshqa AMAN_DATA_DIR yoki boshqa DATABASE_URL.',
  },
  'trail-touched': {
    says: 'Shu yerda imzolangan nazorat nuqtasi maʼlumotlar bazasida endi yoʻq.',
    advice: '“aman ledger verify”ni bajaring va maʼlumotlar bazasi hamda maʼlumotlar jildining nusxasini borligicha saqlang.',
  },
  'keys-foreign': {
    says: 'Bu maʼlumotlar bazasining jurnali ushbu maʼlumotlar jildidagi emas, boshqa kalit bilan imzolangan.',
    advice:
      'Bitta maʼlumotlar bazasining barcha serverlarida “keys” jildi bir xil boʻlishi kerak; uni imzolagan serverdan yoki zaxira nusxadan oling.',
  },
  'passphrase-missing': {
    says: 'Zaxira nusxa maxfiy ibora bilan muhrlanadi, u esa berilmagan.',
    advice: 'AMAN_BACKUP_PASSPHRASE uchun kamida oʻn ikki belgi belgilang va uni zaxira nusxadan alohida saqlang.',
  },
  'backup-broken': {
    says: 'Zaxira nusxa toʻliq emas yoki maxfiy ibora boshqa.',
    advice: 'Maxfiy iborani va fayl oxirigacha nusxalanganini tekshiring.',
  },
  'pack-missing': {
    says: 'Jildda bu qaysi toʻplam ekani koʻrsatilmagan.',
    advice: '«aman new pack ID» bilan pack.yaml yarating va unda toʻplamni kim va qaysi litsenziya asosida berayotganini koʻrsating.',
  },
  'pack-malformed': {
    says: 'Bu bitta fayl koʻrinishidagi toʻplam emas.',
    advice: 'Faylni noshirdan aynan «aman packs sign» yoki sahifa yozgan holida qayta soʻrang.',
  },
  'signature-wrong': {
    says: 'Toʻplam noshiri imzolaganidan farq qiladi.',
    advice: 'U yoʻlda oʻzgartirilgan yoki buzilgan: undan foydalanmang va uni noshirdan qayta soʻrang.',
  },
  'publisher-unknown': {
    says: 'Bu toʻplamning noshiri ishonchli noshirlar roʻyxatida yoʻq.',
    advice: 'Xizmat administratori raqamli izni noshir bilan telefon orqali yoki shaxsan solishtiradi va uni roʻyxatga qoʻshadi.',
  },
  'typesetter-missing': {
    says: 'Oʻrnatilgan paketlar orasida bu kompyuter uchun sahifalash dasturi yoʻq.',
    advice: 'Qayta oʻrnating (npm ci) yoki hisobotni Word uchun oling.',
  },
  'second-proof-needed': {
    says: 'Boshqalarga kirish huquqini beradigan kishi oʻzi ikki bosqichli tasdiqlashdan oʻtadi.',
    advice: 'Hisob yozuvingizga kirish kaliti yoki autentifikator ilovasini qoʻshing, soʻng qayta urinib koʻring.',
  },
  'provider-unknown': {
    says: 'Bu yerda bu hisob yozuvi hech kimga tegishli emas.',
    advice: 'Administratordan taklif soʻrang va uni shu hisob yozuvi bilan qabul qiling.',
  },
  'password-weak': {
    says: 'Bu parolni topish juda oson.',
    advice: 'Uzunroq parol tanlang: oʻzaro bogʻliq boʻlmagan uch-toʻrt soʻz maʼqul.',
  },
  'login-taken': { says: 'Bu login allaqachon band.', advice: 'Boshqasini tanlang.' },
  'signed-out': { says: 'Bu yerda hech kim kirmagan yoki seans tugagan.', advice: 'Kiring; yozganlaringiz saqlangan.' },
  'sign-in-failed': {
    says: 'Login, parol yoki kod notoʻgʻri.',
    advice:
      'Qayta urinib koʻring. Besh marta xato qilinsa, hisob yozuvi bir muddat bloklanadi; administrator sizni qayta taklif qilishi mumkin.',
  },
  'code-needed': {
    says: 'Bu hisob yozuvi ikki bosqichli tasdiqlashni talab qiladi.',
    advice: 'Autentifikator ilovasi koʻrsatgan olti raqamni yoki tiklash kodini kiriting.',
  },
  'account-locked': {
    says: 'Xato urinishlar koʻpayib ketdi, hisob yozuvi vaqtincha bloklangan.',
    advice: 'Koʻrsatilgan vaqtni kuting, soʻng qayta urinib koʻring.',
  },
  'requests-many': {
    says: 'Qisqa vaqt ichida soʻrovlar haddan tashqari koʻp boʻldi.',
    advice: 'Bir daqiqa kuting, soʻng qayta urinib koʻring.',
  },
  forbidden: {
    says: 'Rolingiz bu yerda bunga ruxsat bermaydi.',
    advice: 'Shu rolga ega kishiga murojaat qiling yoki administratordan rol berishni soʻrang.',
  },
  'origin-foreign': { says: 'Soʻrov bu server sahifasidan kelmagan.', advice: 'Sahifani shu serverning oʻz manzilidan oching.' },
  'not-found': {
    says: 'Bu yerda hech narsa yoʻq yoki u siz uchun emas.',
    advice: 'Manzilni va qaysi muassasaga kirganingizni tekshiring.',
  },
  'set-up-done': {
    says: 'Bu oʻrnatmada allaqachon administrator bor.',
    advice: 'Kiring yoki administratordan taklif soʻrang.',
  },
  'invitation-unknown': {
    says: 'Bunday kodli ochiq taklif yoʻq.',
    advice: 'Harflarni tekshiring; taklif bir marta, ikki hafta davomida ishlaydi.',
  },
  'request-wrong': { says: 'Soʻrovdan foydalanib boʻlmaydi.', advice: 'Kutilgan maʼlumotni yuboring.' },
  'conflict-changed': {
    says: 'Shu orada boshqa kishi buni oʻzgartirgan.',
    advice: 'Yozganlaringizdan hech narsa yoʻqolmadi: ikkala versiyani koʻrib chiqing va qaror qiling.',
  },
  'state-wrong': {
    says: 'Hozirgi holatda buning iloji yoʻq.',
    advice: 'Sahifani qayta oching va nima sodir boʻlganini koʻring.',
  },
  'nothing-in-force': {
    says: 'Barcha hujjatlari amalda boʻlgan savol yoʻq.',
    advice:
      'Uning rejalari, xaritasi va navbatchilik jadvalini tasdiqdan oʻtkazing; nima tasdiqni kutayotganini «Tayyorlik» boʻlimi koʻrsatadi.',
  },
  'own-work': {
    says: 'Hech kim oʻzi yozgan yoki topshirgan narsani tasdiqlamaydi.',
    advice: 'Tasdiqlash huquqiga ega boshqa kishiga murojaat qiling.',
  },
  'storage-full': {
    says: 'Server diskida joy qolmadi.',
    advice: 'Yozganingiz shu brauzerda saqlanadi. Serverga qaraydigan kishiga joy boʻshatishni ayting; keyin hammasi oʻzi davom etadi.',
  },
  'service-busy': {
    says: 'Server hozir javob bera olmaydi.',
    advice: 'Hech narsa yoʻqolmadi. Birozdan soʻng qayta urinib koʻring; takrorlansa, server jurnaliga (log) qarang.',
  },
  fault: {
    says: 'Roʻy bermasligi kerak boʻlgan xato yuz berdi.',
    advice: 'Qayta urinib koʻring; takrorlansa, soʻrov raqamini koʻrsatib xabar bering.',
  },
}
