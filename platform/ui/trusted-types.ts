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
/** The app's one policy; where the browser knows none, texts pass as they are. */
export const policy: Policy = factory ? factory.createPolicy(policyName, rules) : rules

/** Declares and blesses the address of the app's one worker, a constant of the build. */
export const trustWorker = (url: string): string => {
  workerUrl ??= url
  return policy.createScriptURL(url)
}
