/** The words on the page that plays the phones of the demo's people, in the languages of console and portal. */

const en = {
  language: 'en',
  title: 'Demo authenticator',
  story: 'This page plays the authenticator app of everybody in the demo. No push leaves this machine.',
  none: 'No push is waiting.',
  hint: 'A push appears here when a participant asks for one. It waits for two minutes.',
  phoneOf: (owner: string, login: string) => `${owner}’s phone (${login})`,
  tap: 'Tap the number that your page shows:',
  approve: 'Approve',
  deny: 'Deny',
  said: {
    approved: 'You approved the push.',
    denied: 'You denied the push.',
    wrong: 'That is not the number on your page. The push still waits.',
    over: 'This push was answered already, or its time ran out.',
  },
}

/** The words of one language. */
export type PhoneWords = typeof en

const de: PhoneWords = {
  language: 'de',
  title: 'Demo-Authenticator',
  story:
    'Diese Seite spielt die Authenticator-App aller Personen der Demo. Kein Push verlässt diesen Rechner.',
  none: 'Kein Push wartet.',
  hint: 'Ein Push erscheint hier, sobald jemand einen anfordert. Er wartet zwei Minuten.',
  phoneOf: (owner, login) => `Telefon von ${owner} (${login})`,
  tap: 'Tippen Sie auf die Zahl, die Ihre Seite zeigt:',
  approve: 'Bestätigen',
  deny: 'Ablehnen',
  said: {
    approved: 'Sie haben den Push bestätigt.',
    denied: 'Sie haben den Push abgelehnt.',
    wrong: 'Das ist nicht die Zahl auf Ihrer Seite. Der Push wartet weiter.',
    over: 'Dieser Push ist schon beantwortet, oder seine Zeit ist abgelaufen.',
  },
}

/** The result of an answer. */
export type Said = keyof PhoneWords['said']

/** The first language of the browser that there is; English for every other. `accepted`: its Accept-Language. */
export const phoneWords = (accepted: string | undefined): PhoneWords => {
  const wanted = (accepted ?? '').split(',').map((tag) => tag.trim().slice(0, 2).toLowerCase())
  return wanted.find((tag) => tag === 'de' || tag === 'en') === 'de' ? de : en
}
