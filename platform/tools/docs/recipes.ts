/** A list of a recipe, by the heading above it, and how many files it says a change touches. */
export type Recipe = { readonly title: string; readonly text: string; readonly files: number }

const recipesOf = (text: string): string => text.split('\n## Recipes\n')[1] ?? ''

const quoted = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\s]+)`/g)].map(([, found = '']) => found).filter(isPath)

const isPath = (text: string): boolean => text.includes('/') || /^[.\w-]+\.(cjs|example|yml)$/.test(text)

const unfold = (path: string): readonly string[] => {
  const [, before = '', choices, after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(path) ?? []
  if (choices === undefined) return [path]
  return choices.split(',').flatMap((choice) => unfold(`${before}${choice}${after}`))
}

/** Every path that the recipes of CONTRIBUTING.md name whole; `{en,de}` means one path for each. */
export const pathsIn = (text: string): readonly string[] =>
  quoted(recipesOf(text))
    .filter((path) => !path.includes('<'))
    .flatMap(unfold)

/** A change takes one of what is joined by "or" or "else". Code that has no place of its own is a file as well, a command none. */
const filesOf = (item: string): number => {
  if (item.startsWith('`npm ')) return 0
  const ways = item.split(/\b(?:or|else)\b/).map((way) => quoted(way).flatMap(unfold).length)
  return Math.max(1, ...ways)
}

const sumOf = (items: readonly string[]): number => items.reduce((sum, item) => sum + filesOf(item), 0)

/** The lists of all recipes: each begins anew with the number 1. */
export const recipesIn = (text: string): readonly Recipe[] =>
  recipesOf(text)
    .split(/^### /m)
    .slice(1)
    .flatMap((section) => {
      const [title = ''] = section.split('\n')
      const items = [...section.matchAll(/^(\d+)\. ((?:.|\n {3})*)/gm)]
      const begins = items.flatMap(([, number], index) => (number === '1' ? [index] : []))
      return begins.map((begin, place) => {
        const own = items.slice(begin, begins[place + 1]).map(([, , item = '']) => item)
        return { title, text: section, files: sumOf(own) }
      })
    })
