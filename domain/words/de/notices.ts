import type { MessageNames, NoticeWords } from '../en/notices.ts'
import { deNoticesOfPurposes } from './purposes.ts'

/** Die Wörter aller Mitteilungen. */
export const deNotices: NoticeWords = {
  ...deNoticesOfPurposes,
  started: {
    message: 'Der Helpdesk hat eine Identitätsprüfung für Ihr Konto begonnen.',
    page: 'Beim Helpdesk wurde eine Prüfung zu Ihrer Person begonnen.',
    name: 'Mitteilung: Eine Prüfung begann',
    entry: 'Hinweis: eine Verifizierung begann',
  },
  finished: {
    message: 'Der Helpdesk hat Ihre Identitätsprüfung abgeschlossen.',
    page: 'Beim Helpdesk wurde eine Prüfung zu Ihrer Person abgeschlossen.',
    name: 'Mitteilung: Eine Prüfung ist abgeschlossen',
    entry: 'Hinweis: sie endete',
  },
  refused: {
    message: 'Der Helpdesk hat eine Anfrage zu Ihrem Konto abgelehnt. Es wurde nichts geändert.',
    page: 'Eine Anfrage in Ihrem Namen wurde beim Helpdesk abgelehnt.',
    name: 'Mitteilung: Eine Prüfung wurde abgelehnt',
    entry: 'Hinweis: sie wurde abgelehnt',
  },
  ended: {
    message: 'Ihre Identitätsprüfung beim Helpdesk ist zu Ende. Es wurde nichts geändert.',
    page: 'Die Prüfung Ihrer Identität beim Helpdesk ist zu Ende. Es wurde nichts geändert.',
    name: 'Mitteilung: Eine Prüfung ist zu Ende, nichts wurde geändert',
    entry: 'Hinweis: sie ist zu Ende, nichts wurde geändert',
  },
  passkey_added: {
    message:
      'Für Sie wurde ein Passkey eingerichtet. Ab dem dritten Tag können Sie damit beweisen, wer Sie sind.',
    page: 'In Ihrem Namen wurde ein Passkey eingerichtet.',
    name: 'Mitteilung: Ein Passkey wurde eingerichtet',
    entry: 'Hinweis: ein Passkey wurde eingerichtet',
  },
  sheet_made: {
    message:
      'In Ihrem Namen wurde ein Blatt mit Notfallcodes erstellt, mit denen Sie beweisen, wer Sie sind.',
    page: 'In Ihrem Namen wurde ein Blatt mit Notfallcodes erstellt.',
    name: 'Mitteilung: Ein Notfallblatt wurde erstellt',
    entry: 'Hinweis: ein Notfallblatt wurde erstellt',
  },
  frozen: {
    message: 'Eine Anfrage in Ihrem Namen wurde als fremd gemeldet. Offene Anfragen sind gestoppt.',
    page: 'Anfragen in Ihrem Namen wurden gestoppt.',
    name: 'Mitteilung: Jemand sagte „Das war ich nicht“',
    entry: 'Hinweis: gemeldet, alles angehalten',
  },
  account_locked: {
    message:
      'Ihr Konto ist nach einer Meldung gesperrt. Rufen Sie den Helpdesk unter der bekannten Nummer an.',
    page: 'Ihr Konto wurde nach einer Meldung gesperrt.',
    name: 'Mitteilung: Das Konto wurde gesperrt',
    entry: 'Hinweis: Konto gesperrt',
  },
  unfrozen: {
    message: 'Der Helpdesk nimmt wieder Anfragen in Ihrem Namen an.',
    page: 'Beim Helpdesk können wieder Anfragen in Ihrem Namen begonnen werden.',
    name: 'Mitteilung: Das Konto ist wieder frei',
    entry: 'Hinweis: Einfrieren aufgehoben',
  },
  scheduled: {
    message:
      'Der Helpdesk hat eine spätere Änderung an Ihrem Konto freigegeben. Sie können sie noch stoppen.',
    page: 'Eine Änderung an Ihrem Konto wurde genehmigt und erfolgt später. Sie können sie noch stoppen.',
    name: 'Änderung geplant',
    entry: 'Hinweis: Änderung geplant',
  },
  stopped: {
    message: 'Eine vom Helpdesk freigegebene Änderung an Ihrem Konto wurde gestoppt.',
    page: 'Eine genehmigte Änderung an Ihrem Konto wurde gestoppt.',
    name: 'Änderung gestoppt',
    entry: 'Hinweis: Änderung gestoppt',
  },
}

/** Namen der anderen Nachrichten. */
export const deMessageNames: MessageNames = {
  link: { name: 'Der Link', entry: 'Link' },
  second_code: { name: 'Zweiter Code', entry: 'Zweiter Code' },
  approver_request: { name: 'Anfrage an eine Vertrauensperson', entry: 'Bitte an eine Vertrauensperson' },
  approver_named: { name: 'Benannt als Vertrauensperson', entry: 'Benannt als Vertrauensperson' },
  passkey_invitation: {
    name: 'Einladung, einen Passkey einzurichten',
    entry: 'Einladung, einen Passkey einzurichten',
  },
}
