import { dePurposesInPortal } from '#domain/words/de/purposes.ts'
import { enPurposesInPortal } from '#domain/words/en/purposes.ts'
import type { HelpInput } from '#api/contract/help.ts'
import type { Language } from './index.ts'

type HelpCopy = {
  heading: string
  story: string
  what: string
  purposes: Readonly<Record<HelpInput['purpose'], string>>
  who: string
  whoHint: string
  send: string
  missing: string
  sent: string
  sentStory: string
  nothing: string
}

/** The words of the page by which people help themselves; both languages, since they are few. */
export const helpCopy: Readonly<Record<Language, HelpCopy>> = {
  en: {
    heading: 'What do you need?',
    story: 'If we can help you here, you get a link on one of your contacts on file and a code on another.',
    what: 'Choose one',
    purposes: enPurposesInPortal.needs,
    who: 'Your login or work e-mail address',
    whoHint: 'As you sign in at work.',
    send: 'Continue',
    missing: 'Please choose one and type your login or work e-mail address.',
    sent: 'Look at your messages',
    sentStory:
      'If there is an account that we can help with here, a link and a code are on their way to two of its contacts on file. Open the link and type the code there.',
    nothing:
      'Nothing arrived after a few minutes? Then please call the help desk on the number you already know.',
  },
  de: {
    heading: 'Was brauchen Sie?',
    story:
      'Wenn wir Ihnen hier helfen können, bekommen Sie einen Link über einen Ihrer hinterlegten Kontakte und einen Code über einen anderen.',
    what: 'Wählen Sie eines',
    purposes: dePurposesInPortal.needs,
    who: 'Ihr Anmeldename oder Ihre dienstliche E-Mail-Adresse',
    whoHint: 'So, wie Sie sich bei der Arbeit anmelden.',
    send: 'Weiter',
    missing: 'Bitte wählen Sie eines und geben Sie Anmeldenamen oder dienstliche E-Mail-Adresse ein.',
    sent: 'Sehen Sie in Ihre Nachrichten',
    sentStory:
      'Wenn es ein Konto gibt, bei dem wir hier helfen können, sind ein Link und ein Code an zwei der hinterlegten Kontakte unterwegs. Öffnen Sie den Link und tippen Sie dort den Code.',
    nothing:
      'Nach einigen Minuten ist nichts gekommen? Dann rufen Sie bitte den Helpdesk unter der Nummer an, die Sie kennen.',
  },
}
