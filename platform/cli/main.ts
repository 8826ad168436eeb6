/** The command line: aman. */
import { Argument, Command, CommanderError, Option } from 'commander'
import { InputError } from '../contracts/errors.ts'
import { LANGUAGES } from '../contracts/languages.ts'
import { benchCommand } from './bench.ts'
import { compareCommand } from './compare.ts'
import {
  administratorCommand,
  backupCommand,
  checkpointCommand,
  drillCommand,
  migrateCommand,
  restoreCommand,
  retentionCommand,
  unlockCommand,
  verifyLedgerCommand,
} from './database.ts'
import { newCommand, TEMPLATES } from './new.ts'
import { collect, DEFAULT_THREADS, halfWidth, momentOfWeek, wholeNumber } from './options.ts'
import { checkCommand, listCommand, openCommand, signCommand } from './packs.ts'
import { replayCommand } from './replay.ts'
import { sensitivityCommand } from './sensitivity.ts'
import { serveCommand } from './serve.ts'
import { stressCommand } from './stress.ts'
import { verifyCommand } from './verify.ts'

/** Runs the command line with `args` and sets the exit code: 0 fine, 1 a check failed, 2 the input cannot be used. */
export async function main(args: readonly string[]): Promise<void> {
  // Somebody has read enough: head, less and the like close the pipe.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    await program().parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof InputError) {
      process.stderr.write(`${error.message}\n`)
      process.exitCode = 2
    } else if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else throw error
  }
}

const VERSION = '0.1.0'

function program(): Command {
  const aman = new Command('aman')
    .description('Stress-tests contingency plans of a prison on its own layout and roster.')
    .version(VERSION, '--version', 'print the version')
    .showHelpAfterError('(aman help lists the commands; aman help COMMAND what one takes)')
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
  const leave = (code: number) => {
    process.exitCode = code
  }

  const study = (command: Command) =>
    command
      .exitOverride()
      .argument('<study>', 'a study or case of the packs, or a YAML file')
      .option('--seed <n>', 'seed of all chance', wholeNumber('--seed', -2147483648, 2147483647), 1)
      .option('--at <time>', 'when the night begins: 2026-02-14T22:45 or 22:45 (otherwise as the study says)', momentOfWeek)
      .option('--option <id>', 'an option of the study (again for more)', collect, [])
      .option('--pack <dir>', 'add a folder of documents (again for more)', collect, [])
      .option('--json', 'print one JSON object and nothing else', false)
  const threads = new Option('--threads <n>', 'worker threads').argParser(wholeNumber('--threads', 1, 256)).default(DEFAULT_THREADS)
  const replications = (standard: number) =>
    new Option('--replications <n>', 'nights to play').argParser(wholeNumber('--replications', 1, 10_000_000)).default(standard)

  study(aman.command('stress').description('many nights: how often the plan succeeds, and what its weakest links are'))
    .addOption(threads)
    .addOption(replications(10_000))
    .option('--precision <half-width>', 'stop when the chance of success is known this well, such as 0.01', halfWidth)
    .option('--threat <id>', 'only this threat of the study')
    .option('--no-weaknesses', 'do not look for the weakest links')
    .option('--report <file>', 'write the result for people to read: a new file ending in .pdf, .docx or .xlsx')
    .addOption(new Option('--language <code>', 'language of the report').choices(LANGUAGES).default('en'))
    .action(async (name, options) => leave(await stressCommand(name, options)))

  study(aman.command('compare').description('the same nights with and without each option by itself (all of the study, or those named)'))
    .addOption(threads)
    .addOption(replications(10_000))
    .option('--together', 'the options that are named all at once instead', false)
    .action(async (name, options) => leave(await compareCommand(name, options)))

  study(aman.command('sensitivity').description('what it costs that somebody is missing, and what hangs on which figure'))
    .addOption(threads)
    .action(async (name, options) => leave(await sensitivityCommand(name, options)))

  study(aman.command('replay').description('one night, event by event'))
    .requiredOption('--replication <n>', 'which night', wholeNumber('--replication', 0, 2147483647))
    .option('--details', 'every step of every officer', false)
    .addOption(new Option('--language <code>', 'language of the events').choices(LANGUAGES).default('en'))
    .action(async (name, options) => leave(await replayCommand(name, options)))

  aman
    .command('verify')
    .description('hold the engine against closed forms, published figures, reference models and real incidents')
    .exitOverride()
    .option('--json', 'print one JSON array and nothing else', false)
    .action(async (options) => leave(await verifyCommand(options)))

  aman
    .command('bench')
    .description('measure how fast the engine is on this machine (comparators: node bench/compare.mjs)')
    .exitOverride()
    .option('--json', 'print one JSON array and nothing else', false)
    .action(async (options) => leave(await benchCommand(options)))

  aman
    .command('new')
    .description('write a commented file to start from: ID.yaml in this folder')
    .exitOverride()
    .addArgument(new Argument('<kind>', 'what it is to be').choices(TEMPLATES))
    .argument('<id>', 'small Latin letters, digits and hyphens')
    .action((kind, id) => leave(newCommand(kind, id)))

  aman
    .command('serve')
    .description('serve the page on 127.0.0.1 (PORT in the environment overrides 8080)')
    .exitOverride()
    .action(async () => leave(await serveCommand()))

  const db = aman.command('db').description('the database: in AMAN_DATA_DIR, or the server that DATABASE_URL names').exitOverride()
  db.command('migrate')
    .description('bring it to the form that this version knows')
    .exitOverride()
    .action(async () => leave(await migrateCommand()))
  db.command('backup')
    .description('write everything, keys included, to a file sealed with AMAN_BACKUP_PASSPHRASE')
    .exitOverride()
    .argument('<file>', 'a new file')
    .action(async (file) => leave(await backupCommand(file)))
  db.command('restore')
    .description('put a backup into an empty database')
    .exitOverride()
    .argument('<file>', 'a backup')
    .action(async (file) => leave(await restoreCommand(file)))
  db.command('verify')
    .description('restore drill: restore a backup in a place of its own, compare, verify its trail, remove it')
    .exitOverride()
    .argument('<file>', 'a backup')
    .action(async (file) => leave(await drillCommand(file)))

  db.command('retention')
    .description('what is kept for how long, and what is due now; changes nothing without --apply')
    .exitOverride()
    .option('--keep <rule=days>', 'another number of days for a rule (again for more)', collect, [])
    .option('--apply', 'let it go', false)
    .option('--json', 'print one JSON object and nothing else', false)
    .action(async (options) => leave(await retentionCommand(options)))

  const ledger = aman.command('ledger').description('the trail of what has happened').exitOverride()
  ledger
    .command('verify')
    .description('read it all again: whether anything has been touched, where, and who could have')
    .exitOverride()
    .option('--folded', 'also whether the tables that screens read follow from it', false)
    .option('--json', 'print one JSON object and nothing else', false)
    .action(async (options) => leave(await verifyLedgerCommand(options)))
  ledger
    .command('checkpoint')
    .description('sign how far it has come')
    .exitOverride()
    .action(async () => leave(await checkpointCommand()))

  const people = aman.command('people').description('accounts, for whoever looks after the machine').exitOverride()
  people
    .command('unlock')
    .description('let somebody try again at once whose account waits after too many failures')
    .argument('<login>', 'sign-in name')
    .exitOverride()
    .action(async (login) => leave(await unlockCommand(login)))

  people
    .command('administrator')
    .description('invite an administrator of the whole service: whoever runs the machine always can, and it is on record')
    .argument('<name>', 'name of the person')
    .exitOverride()
    .action(async (name) => leave(await administratorCommand(name)))

  const packs = aman.command('packs').description('the documents').exitOverride()
  packs
    .command('list')
    .description('list all documents')
    .exitOverride()
    .option('--pack <dir>', 'add a folder of documents (again for more)', collect, [])
    .option('--json', 'print one JSON object and nothing else', false)
    .action((options) => leave(listCommand(options)))
  packs
    .command('check')
    .description('check a folder of documents')
    .exitOverride()
    .argument('<dir>', 'the folder')
    .action((folder) => leave(checkCommand(folder)))
  packs
    .command('sign')
    .description('write a folder of documents as one signed file, for another service')
    .exitOverride()
    .argument('<dir>', 'the folder')
    .argument('<file>', 'a new file, such as ours-1.0.0.aman')
    .action(async (folder, file) => leave(await signCommand(folder, file)))
  packs
    .command('open')
    .description('show what is in a signed file and who has signed it; write its documents to a folder')
    .exitOverride()
    .argument('<file>', 'a pack')
    .argument('[dir]', 'a folder for the documents')
    .action(async (file, folder) => leave(await openCommand(file, folder)))
  return aman
}
