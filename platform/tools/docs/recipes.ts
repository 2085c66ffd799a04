/** Every path that the recipes of CONTRIBUTING.md name whole; `{en,de}` stands for a path each. */
export function pathsIn(text: string): readonly string[] {
  const [, recipes = ''] = text.split('\n## Recipes\n')
  return [...recipes.matchAll(/`([^`\s]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => isPath(path) && !path.includes('<'))
    .flatMap(unfold)
}

const isPath = (text: string): boolean => text.includes('/') || /^[.\w-]+\.(cjs|example|yml)$/.test(text)

const unfold = (path: string): readonly string[] => {
  const [, before = '', choices, after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(path) ?? []
  if (choices === undefined) return [path]
  return choices.split(',').flatMap((choice) => unfold(`${before}${choice}${after}`))
}
