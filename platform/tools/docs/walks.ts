import ts from 'typescript'

/** One step of a walk: a file, and the function in it that the document names. */
export type Stop = { readonly path: string; readonly name: string }

/** A walk of docs/architecture.md: its heading, how many numbered steps it has, and the functions that they name. */
export type Walk = { readonly title: string; readonly steps: number; readonly stops: readonly Stop[] }

const sectionsBelow = (text: string, heading: string): readonly string[] => {
  const [, found = ''] = text.split(`\n## ${heading}\n`)
  const [own = ''] = found.split(/\n## /)
  return own.split(/\n### /).slice(1)
}

/** Reads the walks below the heading "Four walks". */
export function walksIn(text: string): readonly Walk[] {
  return sectionsBelow(text, 'Four walks').map((section) => {
    const [title = '', ...lines] = section.split('\n')
    const steps = lines.filter((line) => /^\d+\. /.test(line)).length
    const stops = [...section.matchAll(/`([\w./-]+\.tsx?):(\w+)`/g)].map(([, path = '', name = '']) => ({
      path,
      name,
    }))
    return { title, steps, stops }
  })
}

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

const isFunction = (value: ts.Expression): boolean =>
  ts.isArrowFunction(value) || ts.isFunctionExpression(value)

const nameOf = (node: { readonly name?: ts.Node | undefined }): readonly string[] =>
  node.name !== undefined && ts.isIdentifier(node.name) ? [node.name.text] : []

/** The names that one node of a file declares: something that is exported, or a method of a class or an object. */
const declaredBy = (node: ts.Node): readonly string[] => {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node))
    return isExported(node) ? nameOf(node) : []
  if (ts.isVariableStatement(node))
    return isExported(node) ? node.declarationList.declarations.flatMap(nameOf) : []
  if (ts.isMethodDeclaration(node)) return nameOf(node)
  if (ts.isPropertyAssignment(node)) return isFunction(node.initializer) ? nameOf(node) : []
  return []
}

/** Names of everything that a reader finds in a file: its exports, and the methods of its classes and objects. */
export function declaredIn(path: string, text: string): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    for (const name of declaredBy(node)) names.add(name)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest))
  return names
}

/** Steps whose file is missing, or does not declare the function. `read` gives undefined for a file that is not there. */
export function lostStops(
  walks: readonly Walk[],
  read: (path: string) => string | undefined,
): readonly string[] {
  return walks.flatMap(({ title, stops }) =>
    stops.flatMap(({ path, name }) => {
      const text = read(path)
      if (text === undefined) return [`${title}: no file ${path}`]
      return declaredIn(path, text).has(name) ? [] : [`${title}: no ${name} in ${path}`]
    }),
  )
}
