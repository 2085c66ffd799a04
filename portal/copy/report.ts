import type { ReportPage } from '#api/contract/portal.ts'
import type { Language } from './index.ts'

type ReportCopy = {
  heading: string
  kinds: Readonly<Record<ReportPage['kind'], string>>
  story: string
  facts: (purpose: string, time: string) => string
  stopped: string
  done: string
}

/** The words of the page behind "this was not me" in a message; both languages, since they are few. */
export const reportCopy: Readonly<Record<Language, ReportCopy>> = {
  en: {
    heading: 'Was this not you?',
    kinds: {
      started: 'A verification of you was started at the help desk.',
      finished: 'A verification of you was finished at the help desk.',
      refused: 'A request in your name was refused at the help desk.',
      ended: 'A verification of you at the help desk ended. Nothing was changed.',
      password_changed: 'Your password was changed through the help desk.',
      account_unlocked: 'Your account was unlocked through the help desk.',
      factors_reset: 'Your second sign-in step was removed through the help desk.',
      passkey_added: 'A passkey was set up in your name.',
      frozen: 'Requests in your name were stopped.',
      account_locked: 'Your account was locked after a report.',
      unfrozen: 'Requests in your name can be made at the help desk again.',
      scheduled: 'A change to your account was approved and will be made later. You can still stop it.',
      stopped: 'A change to your account that was approved was stopped.',
    },
    story: 'If you confirm, everything open in your name is stopped, and your security team is told at once.',
    facts: (purpose, time) => `Request: ${purpose}. Time: ${time}.`,
    stopped: 'Stopped. Thank you for telling us',
    done: 'Everything that was open in your name has been stopped. If something was changed already, please call the help desk on the number you know.',
  },
  de: {
    heading: 'Waren Sie das nicht?',
    kinds: {
      started: 'Beim Helpdesk wurde eine Prüfung zu Ihrer Person begonnen.',
      finished: 'Beim Helpdesk wurde eine Prüfung zu Ihrer Person abgeschlossen.',
      refused: 'Eine Anfrage in Ihrem Namen wurde beim Helpdesk abgelehnt.',
      ended: 'Die Prüfung Ihrer Identität beim Helpdesk ist zu Ende. Es wurde nichts geändert.',
      password_changed: 'Ihr Passwort wurde über den Helpdesk geändert.',
      account_unlocked: 'Ihr Konto wurde über den Helpdesk entsperrt.',
      factors_reset: 'Ihr zweiter Anmeldeschritt wurde über den Helpdesk entfernt.',
      passkey_added: 'In Ihrem Namen wurde ein Passkey eingerichtet.',
      frozen: 'Anfragen in Ihrem Namen wurden gestoppt.',
      account_locked: 'Ihr Konto wurde nach einer Meldung gesperrt.',
      unfrozen: 'Beim Helpdesk können wieder Anfragen in Ihrem Namen begonnen werden.',
      scheduled:
        'Eine Änderung an Ihrem Konto wurde genehmigt und erfolgt später. Sie können sie noch stoppen.',
      stopped: 'Eine genehmigte Änderung an Ihrem Konto wurde gestoppt.',
    },
    story:
      'Wenn Sie bestätigen, wird alles gestoppt, was in Ihrem Namen offen ist, und Ihr Sicherheitsteam erfährt es sofort.',
    facts: (purpose, time) => `Anliegen: ${purpose}. Zeitpunkt: ${time}.`,
    stopped: 'Gestoppt. Danke für den Hinweis',
    done: 'Alles, was in Ihrem Namen offen war, wurde gestoppt. Falls schon etwas geändert wurde, rufen Sie bitte den Helpdesk unter der Nummer an, die Sie kennen.',
  },
}
