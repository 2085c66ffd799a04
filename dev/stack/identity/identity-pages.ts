/** The pages of the demo identity provider. Plain forms, no script. */
import { escapeHtml, policyHash } from '../html.ts'
import type { IdentityWords } from './identity-words.ts'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 24rem; margin: 10vh auto; padding: 1rem; }
h1 { font-size: 1.375rem; } form { display: grid; gap: .75rem; }
label { display: grid; gap: .25rem; } input, button { font: inherit; padding: .5rem .75rem; border-radius: .375rem; }
input { border: 1px solid color-mix(in srgb, currentColor 50%, transparent); }
button { border: 1px solid; cursor: pointer; }
[role=alert], [role=status] { border-inline-start: .25rem solid; padding-inline-start: .75rem; }
.hint { font-size: .875rem; opacity: .8; white-space: pre-line; }
`

export interface PageOptions {
  title: string
  /** Trusted HTML. */
  body: string
  words: Pick<IdentityWords, 'language'>
}

/**
 * Content security policy of these pages.
 * @param returnOrigins origins a sign-in form may end at: browsers hold a form's redirects to `form-action` as well
 */
export function identityPolicy(returnOrigins: readonly string[]): string {
  const targets = ["'self'", ...returnOrigins].join(' ')
  return `default-src 'none'; style-src ${policyHash(STYLE)}; form-action ${targets}; frame-ancestors 'none'; base-uri 'none'`
}

/** A whole page around the given body. */
export function renderPage({ title, body, words }: PageOptions): string {
  return `<!doctype html>
<html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`
}

/** A form for login and password. `alert` is what went wrong with the try before. */
export function renderSignInForm(options: {
  action: string
  words: IdentityWords
  alert?: string
  hint?: string
  login?: string
}): string {
  const { words } = options
  const alert = options.alert === undefined ? '' : `<p role="alert">${escapeHtml(options.alert)}</p>`
  const hint = options.hint === undefined ? '' : `<p class="hint">${escapeHtml(options.hint)}</p>`
  return `${alert}<form method="post" action="${escapeHtml(options.action)}">
<label>${words.login}<input name="login" value="${escapeHtml(options.login ?? '')}" required autocomplete="username" autofocus></label>
<label>${words.password}<input name="password" type="password" required autocomplete="current-password"></label>
<button>${words.signIn}</button></form>${hint}`
}

/** A notice that nothing has to be done about. */
export function renderStatus(text: string): string {
  return `<p role="status">${escapeHtml(text)}</p>`
}
