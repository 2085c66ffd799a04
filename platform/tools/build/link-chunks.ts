import { posix } from 'node:path'

/** Chunks that are inlined in the page leave here what other chunks import from them. */
const shared = 'globalThis.countersign'

interface Name {
  readonly name?: string
  readonly value?: string
}

interface Specifier {
  readonly type: string
  readonly imported?: Name
  readonly exported?: Name
  readonly local: Name
}

/** The parts of a parsed statement that linking needs. */
export interface Statement {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly source?: { readonly value: string } | null
  readonly specifiers?: readonly Specifier[]
}

const nameOf = (name: Name | undefined) => name?.name ?? name?.value ?? 'default'

function readOf(specifiers: readonly Specifier[], from: string): string {
  const whole = specifiers.find(({ type }) => type === 'ImportNamespaceSpecifier')
  const pairs = specifiers
    .filter((specifier) => specifier !== whole)
    .map(({ imported, local }) => `${nameOf(imported)}:${nameOf(local)}`)
  const left = whole === undefined ? `{${pairs.join(',')}}` : nameOf(whole.local)
  return specifiers.length === 0 ? '' : `const ${left}=${shared}[${JSON.stringify(from)}];`
}

function leaveOf(specifiers: readonly Specifier[], fileName: string): string {
  const pairs = specifiers.map(({ exported, local }) => `${nameOf(exported)}:${nameOf(local)}`)
  return `(${shared}??={})[${JSON.stringify(fileName)}]={${pairs.join(',')}};`
}

/** The replacement of one statement, or `undefined` where it stays. */
function linked(statement: Statement, fileName: string, inPage: ReadonlySet<string>): string | undefined {
  const { type, source, specifiers = [] } = statement
  if (type === 'ExportNamedDeclaration' && !source && inPage.has(fileName))
    return leaveOf(specifiers, fileName)
  if (type !== 'ImportDeclaration' || !source) return undefined
  const from = posix.join(posix.dirname(fileName), source.value)
  return inPage.has(from) ? readOf(specifiers, from) : undefined
}

/**
 * Rewrites one chunk for a page in which the chunks of `inPage` are no files any more: an inline script cannot be imported,
 * and importing a file of the same code would run it twice. What such a chunk exports is left under one global name
 * and read from there. The exports of our chunks never change after they have run, so a copy of the bindings is as
 * good as the bindings. A chunk in the page becomes a function, so that its names stay its own.
 */
export function link(
  chunk: { readonly code: string; readonly fileName: string },
  body: readonly Statement[],
  inPage: ReadonlySet<string>,
): string {
  let code = chunk.code
  for (const statement of [...body].reverse()) {
    const text = linked(statement, chunk.fileName, inPage)
    if (text !== undefined) code = code.slice(0, statement.start) + text + code.slice(statement.end)
  }
  return inPage.has(chunk.fileName) ? `(()=>{${code}})();` : code
}
