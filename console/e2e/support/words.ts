/** The portal's words that a participant looks for, as they are read on the page. */

/** Words of one language. */
export type PortalWords = {
  readonly no: string
  readonly stop: string
  readonly goOn: string
  readonly setPassword: string
  readonly notMe: string
  readonly easy: string
  readonly send: string
  readonly thanks: string
  readonly whoAsks: string
  readonly waiting: string
  readonly changed: string
}

/** By the language of the browser. */
export const portalWords = {
  en: {
    no: 'No, this is not me',
    stop: 'Yes, stop this',
    goOn: 'Continue',
    setPassword: 'Set password',
    notMe: 'This was not me',
    easy: 'Easy',
    send: 'Send',
    thanks: 'Thank you.',
    whoAsks: 'Did you contact the help desk?',
    waiting: 'Thank you. The help desk is looking at your request now.',
    changed: 'Your password has been changed',
  },
  de: {
    no: 'Nein, das bin ich nicht',
    stop: 'Ja, stoppen',
    goOn: 'Weiter',
    setPassword: 'Passwort setzen',
    notMe: 'Das war nicht ich',
    easy: 'Einfach',
    send: 'Senden',
    thanks: 'Danke.',
    whoAsks: 'Haben Sie den Helpdesk kontaktiert?',
    waiting: 'Danke. Der Helpdesk sieht sich Ihr Anliegen jetzt an.',
    changed: 'Ihr Passwort wurde geändert',
  },
} as const satisfies Record<'en' | 'de', PortalWords>

/** Words of the page on which an approver vouches. */
export const approverWords = {
  en: {
    start: 'Somebody says that you know them',
    signIn: 'Sign in to see who',
    isIt: (name: string) => `Is it really ${name} who asks?`,
    wants: 'reset their password',
    wrong: 'Those are not the digits. 2 tries are left.',
    yes: 'Yes, it is them',
    no: 'No, stop this',
    stop: 'Stop this request?',
    confirm: 'Yes, stop it',
    back: 'Back',
    saidYes: 'Thank you',
    saidNo: 'Stopped. Thank you for telling us',
    over: 'This cannot be answered any more',
  },
  de: {
    start: 'Jemand sagt, dass Sie sich kennen',
    signIn: 'Anmelden und ansehen',
    isIt: (name: string) => `Fragt wirklich ${name}?`,
    wants: 'das eigene Passwort zurücksetzen',
    wrong: 'Das sind nicht die Ziffern. Noch 2 Versuche.',
    yes: 'Ja, das ist die Person',
    no: 'Nein, das stoppen',
    stop: 'Diese Anfrage stoppen?',
    confirm: 'Ja, stoppen',
    back: 'Zurück',
    saidYes: 'Danke',
    saidNo: 'Gestoppt. Danke für den Hinweis',
    over: 'Das kann nicht mehr beantwortet werden',
  },
} as const

/** A language of portal and console. */
export type Language = keyof typeof portalWords
