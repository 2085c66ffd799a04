/** The inbox as a web page: mails and SMS together, newest first, addresses clickable, the raw source one click away. */
import { escapeHtml, policyHash } from '../html.ts'
import type { InboxMessage } from './mailbox-store.ts'
import { linksIn } from './mailbox-store.ts'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; }
header { display: flex; gap: 1rem; align-items: baseline; flex-wrap: wrap; }
h1 { font-size: 1.25rem; margin: 0; }
article { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
h2 { font-size: 1rem; margin: 0 0 .25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: 0; font-size: .875rem; }
dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .75rem 0; }
iframe { width: 100%; height: 30rem; resize: vertical; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; margin: .75rem 0; background: Canvas; }
summary { cursor: pointer; }
footer { font-size: .875rem; }
`
/** Looks for new messages every two seconds, and reloads only then, so that reading is not disturbed. */
const SCRIPT = `
const last = Number(document.documentElement.dataset.last);
setInterval(async () => {
  const answer = await fetch('/api/messages?after=' + last).catch(() => undefined);
  if (answer && answer.ok && (await answer.json()).messages.length > 0) location.reload();
}, 2000);
`

/** Content security policy of the page: its own style and script, nothing else. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src ${policyHash(STYLE)}`,
  `script-src ${policyHash(SCRIPT)}`,
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The policy of the HTML part of a mail: its own styles, and links that open elsewhere. It runs and loads nothing. */
export const MAIL_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ')

/** Renders the list. Everything that came in a message is escaped; the HTML part of a mail is shown in a frame of its own. */
export function renderInbox(messages: readonly InboxMessage[]): string {
  const last = String(messages[0]?.id ?? 0)
  const list =
    messages.length === 0 ? '<p>Nothing has arrived yet.</p>' : messages.map(renderMessage).join('\n')
  return `<!doctype html>
<html lang="en" data-last="${last}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Inbox · Countersign development</title>
<style>${STYLE}</style></head>
<body><header><h1>Inbox</h1><span>Every mail and SMS of this development stack. Nothing leaves this machine.</span></header>
<main>${list}</main>
<script>${SCRIPT}</script></body></html>`
}

function renderMessage(message: InboxMessage): string {
  const kind = message.kind === 'mail' ? 'Mail' : 'SMS'
  const title = message.subject === '' ? kind : `${kind}: ${escapeHtml(message.subject)}`
  return `<article id="m${String(message.id)}"><h2>${title}</h2>
<dl><dt>To</dt><dd>${escapeHtml(message.to.join(', '))}</dd>
<dt>From</dt><dd>${escapeHtml(message.from)}</dd>
<dt>Received</dt><dd><time datetime="${message.receivedAt}">${escapeHtml(message.receivedAt)}</time></dd></dl>
${renderBody(message)}
<footer><a href="/messages/${String(message.id)}/raw">Raw source</a></footer></article>`
}

function renderBody({ id, text, html }: InboxMessage): string {
  const asText = `<pre>${withLinks(text)}</pre>`
  if (html === undefined) return asText
  return `<iframe src="/messages/${String(id)}/html" sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy" title="The mail as it is shown"></iframe>
<details><summary>As text</summary>${asText}</details>`
}

function withLinks(text: string): string {
  let html = ''
  let rest = text
  for (const link of linksIn(text)) {
    const at = rest.indexOf(link)
    const address = escapeHtml(link)
    html += `${escapeHtml(rest.slice(0, at))}<a href="${address}" target="_blank" rel="noreferrer">${address}</a>`
    rest = rest.slice(at + link.length)
  }
  return html + escapeHtml(rest)
}
