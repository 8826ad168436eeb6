/** Things that wait for each other. */

/** A circle among `ids`, each followed by what it waits for; undefined if there is none. Looks at each once, however long the chains are. */
export function circleAmong(ids: readonly string[], waitsFor: (id: string) => readonly string[]): string[] | undefined {
  const open = new Set(ids)
  for (const first of ids) {
    if (!open.has(first)) continue
    const path = [first]
    const waiting = [[...waitsFor(first)]]
    const onPath = new Set(path)
    while (path.length > 0) {
      const next = waiting.at(-1)!.shift()
      if (next === undefined) {
        const left = path.pop()!
        waiting.pop()
        onPath.delete(left)
        open.delete(left)
      } else if (onPath.has(next)) return path.slice(path.indexOf(next))
      else if (open.has(next)) {
        path.push(next)
        onPath.add(next)
        waiting.push([...waitsFor(next)])
      }
    }
  }
  return undefined
}
