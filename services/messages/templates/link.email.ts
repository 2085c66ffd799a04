import type { Template } from './texts.ts'

/** The link by e-mail. */
export const linkEmail: Template = {
  en: {
    subject: '{organisation}: confirm your request to the help desk',
    text: [
      'Somebody who says they are you has contacted the help desk of {organisation}.',
      '',
      'If it was you, open this page within {minutes} minutes and follow it:',
      '{link}',
      '',
      'If it was not you, open it all the same: with "No" nothing will be changed and the help desk is told.',
      '',
      '{warning}',
    ].join('\n'),
  },
  de: {
    subject: '{organisation}: Bestätigen Sie Ihre Anfrage beim Helpdesk',
    text: [
      'Jemand, der sich als Sie ausgibt, hat sich an den Helpdesk von {organisation} gewandt.',
      '',
      'Waren Sie es, öffnen Sie innerhalb von {minutes} Minuten diese Seite und folgen Sie ihr:',
      '{link}',
      '',
      'Waren Sie es nicht, öffnen Sie sie trotzdem: Mit „Nein“ wird nichts geändert, und der Helpdesk erfährt davon.',
      '',
      '{warning}',
    ].join('\n'),
  },
}
