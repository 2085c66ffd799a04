/*
 * Solid's runtime with one change: compiled templates go through a named Trusted Types policy. Under
 * `require-trusted-types-for 'script'` a plain `innerHTML` is refused, and a default policy would bless every other
 * sink as well (F9). The compiler imports from here (`moduleName` in the Vite configurations), and only
 * its constant template strings ever reach the policy.
 */
import { untrack } from 'solid-js'
import { policy } from './trusted-types.ts'

export * from 'solid-js/web'

type Kind = { readonly isImportNode: boolean; readonly isSVG: boolean; readonly isMathML: boolean }

const create = (html: string, kind: Kind): Node => {
  const holder = kind.isMathML
    ? (document.createElementNS(
        'http://www.w3.org/1998/Math/MathML',
        'template',
      ) as unknown as HTMLTemplateElement)
    : document.createElement('template')
  holder.innerHTML = policy.createHTML(html) as string
  const first = kind.isMathML ? holder.firstChild : holder.content.firstChild
  return (kind.isSVG ? first?.firstChild : first) as Node
}

/** Same contract as Solid's own `template`: a function that returns a fresh copy of the compiled markup. */
export const template = (
  html: string,
  isImportNode = false,
  isSVG = false,
  isMathML = false,
): (() => Node) & { cloneNode: () => Node } => {
  let node: Node | undefined
  const original = (): Node => (node ??= create(html, { isImportNode, isSVG, isMathML }))
  const copy = isImportNode
    ? () => untrack(() => document.importNode(original(), true))
    : () => original().cloneNode(true)
  return Object.assign(copy, { cloneNode: copy })
}
