// Puts the shipped documents beside the page, as it reads them, and lists what the page keeps for when there is no server.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './installed.mjs'

const web = join(root, 'platform', 'dist', 'web')

/** Fonts of scripts in which the page has no texts, and a reader of PDF that few need and whoever does is online. */
const UNUSED = /noto-sans-(devanagari|greek|vietnamese)|\/pdfjs-/

export async function publish() {
  const { Library } = await import('../platform/dist/packs/library.js')
  const library = new Library().addFolder(join(root, 'content'))
  const write = (path, value) => writeFileSync(join(web, 'content', path), JSON.stringify(value))
  for (const folder of ['studies', 'cases']) mkdirSync(join(web, 'content', folder), { recursive: true })
  const replays = new Map(library.all('case').map((entry) => [String(entry.raw.study), entry]))
  const catalogue = library.all('study').map((entry) => {
    write(`studies/${entry.id}.json`, library.bundle(entry))
    const incident = replays.get(entry.id)
    if (incident !== undefined) write(`cases/${incident.id}.json`, incident.raw)
    const group = incident !== undefined ? 'cases' : entry.file.includes(`${join('content', 'reference')}`) ? 'reference' : 'studies'
    return { id: entry.id, title: entry.title, group, ...(incident === undefined ? {} : { case: incident.id }) }
  })
  write('catalogue.json', catalogue)
  const files = (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? files(path) : [relative(web, path).replaceAll('\\', '/')]
    })
  const kept = files(web).filter((file) => !UNUSED.test(file) && !/^(sw\.js|precache\.json)$/.test(file) && !file.endsWith('.map'))
  writeFileSync(join(web, 'precache.json'), JSON.stringify(['./', ...kept.sort()]))
}
