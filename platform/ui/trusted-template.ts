/*
 * Solid's runtime with one change: compiled templates go through a named Trusted Types policy. Under
 * `require-trusted-types-for 'script'` a plain `innerHTML` is refused, and a default policy would bless every other
 * sink as well (security.md F9). The compiler imports from here (`moduleName` in the Vite configurations), and only
 * its constant template strings ever reach the policy.
 */
import { untrack } from 'solid-js'

export * from 'solid-js/web'

/** The policy's name; the API names it in the header `Content-Security-Policy: trusted-types`. */
export const policyName = 'countersign'

type TrustedHTML = { readonly __trusted: true }
type Policy = { createHTML(html: string): TrustedHTML | string; createScriptURL(url: string): string }
type Factory = {
  createPolicy(
    name: string,
    rules: { createHTML: (html: string) => string; createScriptURL: (url: string) => string },
  ): Policy
}

/** The one script that may be started as a worker; everything else is refused. */
let workerUrl: string | null = null

const rules = {
  createHTML: (html: string) => html,
  createScriptURL: (url: string) => {
    if (url !== workerUrl) throw new TypeError('This script may not run here')
    return url
  },
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes
const policy: Policy = factory ? factory.createPolicy(policyName, rules) : rules

/** Declares and blesses the address of the app's one worker, a constant of the build. */
export const trustWorker = (url: string): string => {
  workerUrl ??= url
  return policy.createScriptURL(url)
}

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
