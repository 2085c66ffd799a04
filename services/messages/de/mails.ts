import { eachNotice } from '#domain/messages/kinds.ts'
import type { MailTexts } from '../texts.ts'

const notMe = 'Das war ich nicht'

/** Deutsch. */
export const mails: MailTexts = {
  direction: 'ltr',
  labels: { agent: 'Am Helpdesk', ticket: 'Ticket', time: 'Zeit' },
  copyLink: 'Oder diese Adresse eintippen oder kopieren:',
  check: (phone) =>
    `Nicht sicher, ob diese Nachricht echt ist? Rufen Sie den Helpdesk an: ${phone}. Vergleichen Sie die Nummer vorher mit der, die Sie kennen, zum Beispiel aus dem Intranet oder von Ihrem Ausweis.`,
  subjects: {
    started: 'Eine Identitätsprüfung für Ihr Konto hat begonnen',
    finished: 'Ihre Identitätsprüfung ist abgeschlossen',
    refused: 'Eine Anfrage zu Ihrem Konto wurde abgelehnt',
    ended: 'Ihre Identitätsprüfung ist zu Ende, nichts wurde geändert',
    password_changed: 'Ihr Passwort wurde geändert',
    account_unlocked: 'Ihr Konto wurde entsperrt',
    mfa_reset: 'Ihr zweiter Anmeldeschritt wurde entfernt',
    passkey_added: 'Für Sie wurde ein Passkey eingerichtet',
    sheet_made: 'Für Sie wurden Notfallcodes erstellt',
    frozen: 'Anfragen in Ihrem Namen wurden gestoppt',
    account_locked: 'Ihr Konto wurde gesperrt',
    unfrozen: 'Anfragen in Ihrem Namen sind wieder möglich',
    scheduled: 'Eine Änderung an Ihrem Konto ist geplant',
    stopped: 'Eine Änderung an Ihrem Konto wurde gestoppt',
  },
  kinds: {
    ...eachNotice(() => ({ button: notMe, ifNothing: () => 'Wenn Sie nichts tun, ändert sich nichts.' })),
    link: {
      button: 'Seite öffnen',
      ifNothing: (minutes) =>
        `Wenn Sie nichts tun, ändert sich nichts. Der Link gilt ${String(minutes)} Minuten.`,
    },
    second_code: {
      button: notMe,
      ifNothing: (minutes) =>
        `Wenn Sie nichts tun, ändert sich nichts. Der Code gilt ${String(minutes)} Minuten.`,
    },
    approver_request: {
      button: 'Anmelden und antworten',
      ifNothing: (minutes) =>
        `Wenn Sie nichts tun, haben Sie nichts bestätigt. Der Link gilt ${String(minutes)} Minuten.`,
    },
    approver_named: {
      button: '',
      ifNothing: () => 'Wenn Sie nichts tun, kann der Helpdesk Sie ab jetzt fragen.',
    },
    passkey_invitation: {
      button: 'Passkey einrichten',
      ifNothing: () => 'Wenn Sie nichts tun, ändert sich nichts.',
    },
    started: { button: notMe, ifNothing: () => 'Wenn Sie nichts tun, geht die Prüfung weiter.' },
    finished: { button: notMe, ifNothing: () => 'Wenn Sie nichts tun, bleibt es bei diesem Ergebnis.' },
    password_changed: { button: notMe, ifNothing: () => 'Wenn Sie nichts tun, gilt das neue Passwort.' },
    account_unlocked: { button: notMe, ifNothing: () => 'Wenn Sie nichts tun, bleibt das Konto entsperrt.' },
    mfa_reset: {
      button: notMe,
      ifNothing: () => 'Wenn Sie nichts tun, kann ein neuer zweiter Anmeldeschritt eingerichtet werden.',
    },
    passkey_added: { button: notMe, ifNothing: () => 'Wenn Sie nichts tun, bleibt der Passkey gültig.' },
    sheet_made: { button: notMe, ifNothing: () => 'Wenn Sie nichts tun, bleiben die Notfallcodes gültig.' },
    frozen: { button: notMe, ifNothing: () => 'Sie müssen nichts tun.' },
    account_locked: { button: notMe, ifNothing: () => 'Wenn Sie nichts tun, bleibt das Konto gesperrt.' },
    scheduled: {
      button: 'Änderung stoppen',
      ifNothing: () => 'Wenn Sie nichts tun, erfolgt die Änderung wie geplant.',
    },
  },
}
