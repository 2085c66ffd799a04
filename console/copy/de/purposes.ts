import type { enPurposes, enPurposeSentences } from '../en/purposes.ts'

/** Was sich von Zweck zu Zweck unterscheidet. */
export const dePurposes: typeof enPurposes = {
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

/** Sätze zu allem, was außer einem neuen Passwort mit einem Konto geschieht, und zu Starts ohne Agent. */
export const dePurposeSentences: typeof enPurposeSentences = {
  'refusal.directory_cannot': 'Dieses Verzeichnis kann das nicht.',
  'refusal.account_not_locked': 'Das Konto war nicht gesperrt; es war nichts zu tun.',
  'event.entry_code.sent': 'Code neben dem Link an einen anderen Kontakt gesendet',
  'event.unlock.intended': 'Entsperren des Kontos begonnen',
  'event.unlock.completed': 'Konto entsperrt',
  'event.unlock.failed': 'Konto nicht entsperrt',
  'event.unlock.unknown': 'Ergebnis des Entsperrens unbekannt',
  'event.unlock.expired': 'Zeit zum Entsperren abgelaufen',
  'event.factor_reset.intended': 'Entfernen des zweiten Anmeldeschritts begonnen',
  'event.factor_reset.completed': 'Zweiter Anmeldeschritt entfernt',
  'event.factor_reset.failed': 'Zweiter Anmeldeschritt nicht entfernt',
  'event.factor_reset.unknown': 'Ergebnis des Entfernens unbekannt',
  'event.factor_reset.expired': 'Zeit zum Entfernen des zweiten Anmeldeschritts abgelaufen',
  'event.enrolment_code.shown': 'Einmalcode der geprüften Person angezeigt',
  'send.account_disabled':
    'Dieses Konto ist im Verzeichnis deaktiviert, deshalb wird nichts gesendet. Bitten Sie zuerst die Betreuung des Verzeichnisses, es zu aktivieren.',
  'refusal.account_disabled':
    'Dieses Konto ist im Verzeichnis deaktiviert, deshalb wird nichts gesendet. Bitten Sie zuerst die Betreuung des Verzeichnisses, es zu aktivieren.',
  'send.purpose_not_offered': 'Das Verzeichnis dieser Person bietet das nicht.',
  'refusal.purpose_not_offered': 'Das Verzeichnis dieser Person bietet das nicht.',
  'refusal.grant_unusable': 'Die Erlaubnis, das Konto zu ändern, galt nicht mehr.',
}
