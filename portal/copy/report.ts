import { deNotices } from '#domain/words/de/notices.ts'
import { enNotices } from '#domain/words/en/notices.ts'
import type { NoticeWords } from '#domain/words/en/notices.ts'
import type { Language } from './index.ts'

type ReportCopy = {
  heading: string
  kinds: NoticeWords
  story: string
  facts: (purpose: string, time: string) => string
  stopped: string
  done: string
}

/** The words of the page behind "this was not me" in a message; both languages, since they are few. */
export const reportCopy: Readonly<Record<Language, ReportCopy>> = {
  en: {
    heading: 'Was this not you?',
    kinds: enNotices,
    story: 'If you confirm, everything open in your name is stopped, and your security team is told at once.',
    facts: (purpose, time) => `Request: ${purpose}. Time: ${time}.`,
    stopped: 'Stopped. Thank you for telling us',
    done: 'Everything that was open in your name has been stopped. If something was changed already, please call the help desk on the number you know.',
  },
  de: {
    heading: 'Waren Sie das nicht?',
    kinds: deNotices,
    story:
      'Wenn Sie bestätigen, wird alles gestoppt, was in Ihrem Namen offen ist, und Ihr Sicherheitsteam erfährt es sofort.',
    facts: (purpose, time) => `Anliegen: ${purpose}. Zeitpunkt: ${time}.`,
    stopped: 'Gestoppt. Danke für den Hinweis',
    done: 'Alles, was in Ihrem Namen offen war, wurde gestoppt. Falls schon etwas geändert wurde, rufen Sie bitte den Helpdesk unter der Nummer an, die Sie kennen.',
  },
}
