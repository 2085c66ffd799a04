/** Finds out if a page took text for markup: its elements, counted, and attributes of theirs that could run. */

/** The number of elements of each name on the page, with the names of their attributes. */
export const shapeOf = (root: ParentNode): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const element of root.querySelectorAll('*')) {
    const key = `${element.localName}[${element.getAttributeNames().sort().join(' ')}]`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

const addresses = /^(href|src|srcset|srcdoc|action|formaction|data|poster|xlink:href|style|background)$/

/** Attributes that would run: handlers, and addresses of another scheme than http(s). */
export const runningIn = (root: ParentNode): readonly string[] =>
  [...root.querySelectorAll('*')].flatMap((element) =>
    element
      .getAttributeNames()
      .map((name) => ({ name, value: element.getAttribute(name) ?? '' }))
      .filter(
        ({ name, value }) =>
          name.startsWith('on') || (addresses.test(name) && /(javascript|data|vbscript):|url\(/i.test(value)),
      )
      .map(({ name, value }) => `${element.localName} ${name}=${value}`),
  )

/** Gives texts in turn, beginning again after the last, and keeps which were given. */
export const inTurn = (texts: readonly string[]) => {
  let next = 0
  const given = new Set<string>()
  return {
    given,
    take: (): string => {
      const text = texts[next % texts.length] ?? ''
      next += 1
      given.add(text)
      return text
    },
  }
}

/** A copy in which every text under one of the names is another one, wherever it lies. */
export const withTexts = <T>(value: T, names: ReadonlySet<string>, take: () => string): T => {
  const walk = (one: unknown, name: string): unknown => {
    if (typeof one === 'string') return names.has(name) && one !== '' ? take() : one
    if (Array.isArray(one)) return one.map((item) => walk(item, name))
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner, key)]))
  }
  return walk(value, '') as T
}
