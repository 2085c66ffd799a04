/** The page that plays the phones: waiting pushes, oldest first, each with its text and its buttons. */
import { escapeHtml, policyHash } from '../html.ts'
import type { PhoneWords, Said } from './phone-words.ts'
import type { Challenge } from './push-store.ts'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 26rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.25rem; margin: 0; } h2 { font-size: 1rem; margin: 0; }
header p, .hint { font-size: .875rem; opacity: .8; margin: .25rem 0 1rem; }
article { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .75rem; padding: 1rem; margin: 1rem 0; }
article p { margin: .5rem 0; overflow-wrap: anywhere; } .text { font-size: 1.125rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .75rem; }
button { font: inherit; min-height: 2.75rem; padding: .5rem 1rem; border-radius: .5rem; border: 1px solid; background: none; color: inherit; cursor: pointer; flex: 1 1 5rem; }
button.yes { background: light-dark(#1a5c38, #1f6b43); border-color: transparent; color: #fff; }
button.deny { flex-basis: 100%; }
[role=alert], [role=status] { border-inline-start: .25rem solid; padding-inline-start: .75rem; }
`
/** Looks every second whether other pushes wait, and reloads only then. */
const SCRIPT = `
const shown = document.documentElement.dataset.waiting;
setInterval(async () => {
  const answer = await fetch('/api/pushes').catch(() => undefined);
  if (!answer || !answer.ok) return;
  const { pushes } = await answer.json();
  if (pushes.map(({ nonce }) => nonce).join() !== shown) location.replace('/');
}, 1000);
`

/** Content security policy of the page: its own style and script, and forms that lead back to it. */
export const PHONE_POLICY = [
  "default-src 'none'",
  `style-src ${policyHash(STYLE)}`,
  `script-src ${policyHash(SCRIPT)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Renders the page. `said`: the result of the answer that was just given. */
export const renderPhones = (
  waiting: readonly Challenge[],
  words: PhoneWords,
  said: Said | undefined,
): string => {
  const role = said === 'wrong' || said === 'over' ? 'alert' : 'status'
  const notice = said === undefined ? '' : `<p role="${role}">${words.said[said]}</p>`
  const list =
    waiting.length === 0
      ? `<p>${words.none}</p><p class="hint">${words.hint}</p>`
      : waiting.map((challenge) => renderPush(challenge, words)).join('\n')
  return `<!doctype html>
<html lang="${words.language}" data-waiting="${waiting.map(({ nonce }) => nonce).join()}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title} · Countersign development</title>
<style>${STYLE}</style></head>
<body><header><h1>${words.title}</h1><p>${words.story}</p></header>
<main>${notice}${list}</main>
<script>${SCRIPT}</script></body></html>`
}

const renderPush = ({ nonce, phone, text, numbers }: Challenge, words: PhoneWords): string => {
  const id = `push-${nonce}`
  const yes = (label: string, number: string) =>
    `<button class="yes" name="number" value="${number}">${label}</button>`
  const buttons =
    numbers.length === 0 ? yes(words.approve, '') : numbers.map((number) => yes(number, number)).join('')
  const tap = numbers.length === 0 ? '' : `<p>${words.tap}</p>`
  return `<article aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(words.phoneOf(phone.owner, phone.user))}</h2>
<p class="text">${escapeHtml(text)}</p>${tap}
<form method="post" action="/answer"><input type="hidden" name="nonce" value="${nonce}">
${buttons}<button class="deny" name="number" value="deny">${words.deny}</button></form></article>`
}
