/** What happened, in words; and made-up people by their role. English and Russian; others read Russian until a speaker has translated. */
import { type Text, textIn } from '../../contracts/languages.ts'
import type { Word } from '../../words/dictionary.ts'

const HAPPENINGS: Readonly<Record<string, Text>> = {
  'access.signed-in': { en: 'signed in', ru: 'вход в систему' },
  'access.signed-out': { en: 'signed out', ru: 'выход из системы' },
  'access.refused': { en: 'a sign-in failed', ru: 'неудачная попытка входа' },
  'access.locked': { en: 'the account waits after failures', ru: 'учётная запись ждёт после неудачных попыток' },
  'access.unlocked': { en: 'the account may try again', ru: 'учётная запись снова может входить' },
  'access.password-changed': { en: 'changed the password', ru: 'пароль изменён' },
  'access.authenticator-added': { en: 'added an authenticator app', ru: 'добавлено приложение-аутентификатор' },
  'access.authenticator-removed': { en: 'removed the authenticator app', ru: 'приложение-аутентификатор убрано' },
  'access.passkey-added': { en: 'added a passkey', ru: 'добавлен ключ доступа' },
  'access.passkey-removed': { en: 'removed a passkey', ru: 'ключ доступа убран' },
  'access.recovery-code-used': { en: 'used a recovery code', ru: 'использован код восстановления' },
  'grants.set-up': { en: 'set the installation up', ru: 'установка настроена' },
  'grants.invited': { en: 'invited somebody', ru: 'отправлено приглашение' },
  'grants.invitation-withdrawn': { en: 'withdrew an invitation', ru: 'приглашение отозвано' },
  'grants.accepted': { en: 'took an invitation up', ru: 'приглашение принято' },
  'grants.granted': { en: 'gave a role', ru: 'роль предоставлена' },
  'grants.withdrawn': { en: 'took a role back', ru: 'роль отозвана' },
  'grants.glass-broken': { en: 'took a role in an emergency', ru: 'роль взята в чрезвычайной ситуации' },
  'grants.person-closed': { en: 'closed an account', ru: 'учётная запись закрыта' },
  'grants.establishment-founded': { en: 'added an establishment', ru: 'добавлено учреждение' },
  'document.begun': { en: 'began a document', ru: 'документ начат' },
  'document.written': { en: 'wrote a version', ru: 'написана версия' },
  'document.imported': { en: 'a version that ships came in', ru: 'поступила версия из поставки' },
  'document.submitted': { en: 'handed a version in', ru: 'версия передана на рассмотрение' },
  'document.withdrawn': { en: 'took a version back', ru: 'версия отозвана' },
  'document.approved': { en: 'approved a version', ru: 'версия утверждена' },
  'document.returned': { en: 'returned a version', ru: 'версия возвращена' },
  'document.retired': { en: 'retired a document', ru: 'документ снят' },
  'document.commented': { en: 'commented', ru: 'оставлено замечание' },
  'document.settled': { en: 'settled a comment', ru: 'замечание учтено' },
  'publishers.trusted': { en: 'trusts a publisher', ru: 'издатель внесён в список доверия' },
  'publishers.withdrawn': { en: 'no longer trusts a publisher', ru: 'доверие издателю отозвано' },
  'exchange.imported': { en: 'took a pack over', ru: 'пакет получен' },
  'exchange.exported': { en: 'handed a pack out', ru: 'пакет передан' },
  'campaign.asked': { en: 'asked for a stress test', ru: 'запрошен стресс-тест' },
  'campaign.paused': { en: 'paused a stress test', ru: 'стресс-тест приостановлен' },
  'campaign.resumed': { en: 'let a stress test go on', ru: 'стресс-тест продолжен' },
  'campaign.cancelled': { en: 'cancelled a stress test', ru: 'стресс-тест отменён' },
  'campaign.done': { en: 'a stress test is done', ru: 'стресс-тест завершён' },
  'alert.dropped': { en: 'a plan dropped below its standard', ru: 'план перестал отвечать норме' },
  'retention.applied': { en: 'what was due has gone', ru: 'удалено то, срок чего истёк' },
  'trail.viewed': { en: 'looked at a page', ru: 'просмотр страницы' },
}

/** What `kind` of event means; as it is written where nobody has said. */
export function happening(kind: string, language: string): string {
  const text = HAPPENINGS[kind]
  return text === undefined ? kind : textIn(text, language)
}

const MADE_UP = /^(Planner|Governor|Officer|Monitor) of the training establishment$/

/** Whether somebody is of the training establishment, and holds no real role. */
export const isMadeUp = (name: string) => MADE_UP.test(name)

/** A name as it is shown: of made-up people their role, in the language of whoever looks. */
export function shownName(name: string, t: (word: Word) => string): string {
  const role = MADE_UP.exec(name)?.[1]
  return role === undefined ? name : t(`role-${role.toLowerCase()}` as Word)
}
