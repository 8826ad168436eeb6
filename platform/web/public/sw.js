// Keeps the page, its code, its fonts and its documents, so that it opens without a server. What is new is fetched first
// whenever the server answers.
const CACHE = 'aman'
/** Milliseconds for which a file is waited for where there is one at hand. */
const PATIENCE = 3000

addEventListener('install', (event) => {
  skipWaiting()
  event.waitUntil(
    (async () => {
      const files = await (await fetch('precache.json', { cache: 'no-store' })).json()
      const cache = await caches.open(CACHE)
      await cache.addAll(files)
    })(),
  )
})

addEventListener('activate', (event) => event.waitUntil(clients.claim()))

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  // What the server says to somebody is theirs, and is not kept here.
  if (request.method !== 'GET' || origin !== location.origin || /^\/(api|metrics|healthz|readyz)\b/.test(pathname)) return
  event.respondWith(answer(request))
})

async function answer(request) {
  const cache = await caches.open(CACHE)
  const coming = fetch(request).then(async (fresh) => {
    // Without room it is not kept; it is shown all the same.
    if (fresh.ok) await cache.put(request, fresh.clone()).catch(() => undefined)
    return fresh
  })
  try {
    return await Promise.race([coming, new Promise((_, reject) => setTimeout(reject, PATIENCE))])
  } catch {
    // No server, or one that does not answer in time.
    return (await cache.match(request, { ignoreSearch: true })) ?? coming
  }
}
