/** The portal's words that a participant looks for, as they are read on the page. */

/** Words of one language. */
export type PortalWords = {
  readonly yes: string
  readonly no: string
  readonly stop: string
  readonly goOn: string
  readonly setPassword: string
  readonly notMe: string
  readonly easy: string
  readonly send: string
  readonly thanks: string
  readonly whoAsks: string
  readonly typeCode: string
  readonly waiting: string
  readonly changed: string
}

/** By the language of the browser. */
export const portalWords = {
  en: {
    yes: 'Yes, I contacted them',
    no: 'No, this is not me',
    stop: 'Yes, stop this',
    goOn: 'Continue',
    setPassword: 'Set password',
    notMe: 'This was not me',
    easy: 'Easy',
    send: 'Send',
    thanks: 'Thank you.',
    whoAsks: 'Did you contact the help desk?',
    typeCode: 'Type the six digits that the help desk reads to you',
    waiting: 'Thank you. The help desk is looking at your request now.',
    changed: 'Your password has been changed',
  },
  de: {
    yes: 'Ja, ich habe mich gemeldet',
    no: 'Nein, das bin ich nicht',
    stop: 'Ja, stoppen',
    goOn: 'Weiter',
    setPassword: 'Passwort setzen',
    notMe: 'Das war nicht ich',
    easy: 'Einfach',
    send: 'Senden',
    thanks: 'Danke.',
    whoAsks: 'Haben Sie den Helpdesk kontaktiert?',
    typeCode: 'Tippen Sie die sechs Ziffern, die der Helpdesk Ihnen vorliest',
    waiting: 'Danke. Der Helpdesk sieht sich Ihr Anliegen jetzt an.',
    changed: 'Ihr Passwort wurde geändert',
  },
} as const satisfies Record<'en' | 'de', PortalWords>

/** A language of portal and console. */
export type Language = keyof typeof portalWords
