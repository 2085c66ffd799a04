import type {
  enNoticesOfPurposes,
  enPurposeEndings,
  enPurposes,
  enPurposeSentences,
  enPurposesInPortal,
} from '../en/purposes.ts'

/** Was Mitarbeitende von jedem Zweck lesen. */
export const dePurposes: typeof enPurposes = {
  purposes: {
    password_reset: 'Passwort zurücksetzen',
    account_unlock: 'Konto entsperren',
    mfa_reset: 'Zweitfaktor zurücksetzen',
    access_change: 'Zugriff ändern',
    identity_check: 'Identität prüfen',
  },
  actions: {
    password_reset: {
      none: 'Keine Aktion',
      scheduled: 'Geplant, kann noch gestoppt werden',
      awaiting_participant: 'Wartet, dass die geprüfte Person zurückkommt',
      granted: 'Wartet auf das neue Passwort',
      in_progress: 'Passwort wird geändert …',
      completed: 'Passwort geändert',
      undone: 'Rückgängig gemacht',
      failed: 'Passwort nicht geändert',
      expired: 'Die Zeit zum Setzen des Passworts ist abgelaufen',
      unknown: 'Ergebnis unbekannt: wird mit dem Verzeichnis abgeglichen',
    },
    account_unlock: {
      none: 'Keine Aktion',
      scheduled: 'Geplant, kann noch gestoppt werden',
      awaiting_participant: 'Wartet, dass die geprüfte Person zurückkommt',
      granted: 'Konto wird entsperrt …',
      in_progress: 'Konto wird entsperrt …',
      completed: 'Konto entsperrt',
      undone: 'Rückgängig gemacht',
      failed: 'Konto nicht entsperrt',
      expired: 'Die Zeit zum Entsperren des Kontos ist abgelaufen',
      unknown: 'Ergebnis unbekannt: wird mit dem Verzeichnis abgeglichen',
    },
    mfa_reset: {
      none: 'Keine Aktion',
      scheduled: 'Geplant, kann noch gestoppt werden',
      awaiting_participant: 'Wartet, dass die geprüfte Person zurückkommt',
      granted: 'Wartet darauf, dass die geprüfte Person den zweiten Anmeldeschritt entfernt',
      in_progress: 'Zweiter Anmeldeschritt wird entfernt …',
      completed: 'Zweiter Anmeldeschritt entfernt; den Einmalcode bekam nur die geprüfte Person angeboten',
      undone: 'Rückgängig gemacht',
      failed: 'Zweiter Anmeldeschritt nicht entfernt',
      expired: 'Die Zeit zum Entfernen des zweiten Anmeldeschritts ist abgelaufen',
      unknown: 'Ergebnis unbekannt: wird mit dem Verzeichnis abgeglichen',
    },
  },
  approves: {
    password_reset: (name) =>
      `Sie bestätigen, dass Sie ${name} verifiziert haben. Das neue Passwort kann dann auf der offenen Seite gesetzt werden.`,
    account_unlock: (name) =>
      `Sie bestätigen, dass Sie ${name} verifiziert haben. Das Konto wird dann sofort entsperrt; das Passwort bleibt, wie es ist.`,
    mfa_reset: (name) =>
      `Sie bestätigen, dass Sie ${name} verifiziert haben. Auf der offenen Seite kann dann der zweite Anmeldeschritt entfernt werden, und nur diese Seite zeigt den Code für einen neuen.`,
    access_change: (name) =>
      `Sie bestätigen, dass Sie ${name} verifiziert haben. Hier wird nichts geändert: Der Zugriff selbst wird dort geändert, wo er geführt wird.`,
    identity_check: (name) => `Sie bestätigen, dass Sie ${name} verifiziert haben. Sonst geschieht nichts.`,
  },
  whatNow: {
    access_change:
      'Verifiziert. Ändern Sie den Zugriff in dem System, das ihn führt, und nennen Sie dort diesen Fall. Hier wurde nichts geändert.',
    identity_check:
      'Verifiziert. Sie können mit dem Anliegen des Anrufs fortfahren. Hier wurde nichts geändert.',
  },
}

/** Was Mitarbeitende über eine Aktion lesen. */
export const dePurposeSentences: typeof enPurposeSentences = {
  'event.reset.intended': 'Ändern des Passworts begonnen',
  'event.reset.completed': 'Passwort geändert',
  'event.reset.failed': 'Passwort nicht geändert',
  'event.reset.unknown': 'Ergebnis der Änderung unbekannt',
  'event.reset.expired': 'Zeit zum Setzen des Passworts abgelaufen',
  'event.unlock.intended': 'Entsperren des Kontos begonnen',
  'event.unlock.completed': 'Konto entsperrt',
  'event.unlock.failed': 'Konto nicht entsperrt',
  'event.unlock.unknown': 'Ergebnis des Entsperrens unbekannt',
  'event.unlock.expired': 'Zeit zum Entsperren abgelaufen',
  'event.mfa_reset.intended': 'Entfernen des zweiten Anmeldeschritts begonnen',
  'event.mfa_reset.completed': 'Zweiter Anmeldeschritt entfernt',
  'event.mfa_reset.failed': 'Zweiter Anmeldeschritt nicht entfernt',
  'event.mfa_reset.unknown': 'Ergebnis des Entfernens unbekannt',
  'event.mfa_reset.expired': 'Zeit zum Entfernen des zweiten Anmeldeschritts abgelaufen',
  'refusal.account_not_locked': 'Das Konto war nicht gesperrt; es war nichts zu tun.',
}

/** Was die geprüfte Person liest, und wer für sie einsteht. */
export const dePurposesInPortal: typeof enPurposesInPortal = {
  vouchedWishes: {
    password_reset: 'das eigene Passwort zurücksetzen',
    account_unlock: 'das eigene Konto entsperren',
    mfa_reset: 'den zweiten Anmeldeschritt zurücksetzen',
    access_change: 'den eigenen Zugriff ändern',
    identity_check: 'zeigen, dass es wirklich die Person ist',
  },
  needs: {
    password_reset: 'Ich habe mein Passwort vergessen',
    account_unlock: 'Mein Konto ist gesperrt',
    mfa_reset: 'Mein Telefon oder mein zweiter Anmeldeschritt ist weg',
  },
  waiting: {
    password: 'Ihr neues Passwort wird gesetzt …',
    unlock: 'Ihr Konto wird entsperrt …',
    mfa: 'Ihr zweiter Anmeldeschritt wird entfernt …',
  },
}

/** Wie eine Aktion endete. */
export const dePurposeEndings: typeof enPurposeEndings = {
  password_changed: [
    'Ihr Passwort wurde geändert',
    'Sie können sich jetzt damit anmelden. Ihre hinterlegten Kontakte wurden informiert.',
  ],
  password_unknown: [
    'Wir prüfen, ob die Änderung angekommen ist',
    'Ihr Verzeichnis hat noch nicht geantwortet; es gilt das neue oder noch das alte Passwort.',
  ],
  password_failed: [
    'Ihr Passwort wurde nicht geändert',
    'Bitte sagen Sie es dem Helpdesk. Ihr altes Passwort gilt weiter, falls Sie es kennen.',
  ],
  account_unlocked: [
    'Ihr Konto ist entsperrt',
    'Sie können sich mit Ihrem Passwort wieder anmelden. Wir haben Ihre hinterlegten Kontakte informiert.',
  ],
  account_not_locked: [
    'Ihr Konto war nicht gesperrt',
    'Es musste nichts geändert werden. Können Sie sich trotzdem nicht anmelden, sagen Sie es dem Helpdesk: Es kann am Passwort liegen.',
  ],
  unlock_unknown: [
    'Wir prüfen, ob Ihr Konto entsperrt ist',
    'Ihr Verzeichnis hat noch nicht geantwortet. Ihr Passwort bleibt in jedem Fall, wie es ist.',
  ],
  unlock_failed: [
    'Ihr Konto wurde nicht entsperrt',
    'Bitte sagen Sie es dem Helpdesk. Es wurde nichts geändert.',
  ],
  mfa_reset: [
    'Ihr zweiter Anmeldeschritt wurde entfernt',
    'Richten Sie jetzt einen neuen ein. Wir haben Ihre hinterlegten Kontakte informiert.',
  ],
  mfa_unknown: [
    'Wir prüfen, ob Ihr zweiter Anmeldeschritt entfernt wurde',
    'Ihr Verzeichnis hat noch nicht geantwortet. Ihr Passwort bleibt in jedem Fall, wie es ist.',
  ],
  mfa_failed: [
    'Ihr zweiter Anmeldeschritt wurde nicht entfernt',
    'Bitte sagen Sie es dem Helpdesk. Was Sie haben, funktioniert weiter.',
  ],
}

/** Was Kontakte über eine erledigte Aktion erfahren. */
export const deNoticesOfPurposes: typeof enNoticesOfPurposes = {
  password_changed: {
    message: 'Ihr Passwort wurde über den Helpdesk geändert.',
    page: 'Ihr Passwort wurde über den Helpdesk geändert.',
    name: 'Mitteilung: Das Passwort wurde geändert',
    entry: 'Hinweis: Passwort geändert',
  },
  account_unlocked: {
    message: 'Ihr Konto wurde über den Helpdesk entsperrt.',
    page: 'Ihr Konto wurde über den Helpdesk entsperrt.',
    name: 'Mitteilung: Das Konto wurde entsperrt',
    entry: 'Hinweis: Konto entsperrt',
  },
  mfa_reset: {
    message:
      'Ihr zweiter Anmeldeschritt wurde über den Helpdesk entfernt. Ein neuer kann eingerichtet werden.',
    page: 'Ihr zweiter Anmeldeschritt wurde über den Helpdesk entfernt.',
    name: 'Mitteilung: Der zweite Anmeldeschritt wurde entfernt',
    entry: 'Hinweis: zweiter Anmeldeschritt entfernt',
  },
}
