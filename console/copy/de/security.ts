import type { SecurityCopy } from '../en/security.ts'

/** Deutsch. */
export const deSecurity: SecurityCopy = {
  heading: 'Sicherheit',
  story:
    'Mit einem Passkey bestätigen Sie, was heikel ist: Genehmigen, Exportieren, Ändern der Richtlinie. Ihr Gerät fragt nach Fingerabdruck, Gesicht oder PIN. Sobald Sie einen haben, wird er jedes Mal verlangt, wenn die letzte Bestätigung älter als fünf Minuten ist.',
  own: 'Ihre Passkeys',
  none: 'Sie haben noch keinen Passkey.',
  add: 'Passkey einrichten',
  name: 'Name, damit Sie ihn wiedererkennen',
  save: 'Speichern',
  rename: 'Umbenennen',
  remove: 'Entfernen',
  reallyRemove: 'Endgültig entfernen',
  made: 'Eingerichtet',
  used: 'zuletzt benutzt',
  again:
    'Damit das in Ihrer Sitzung niemand anderes tun kann, melden Sie sich vorher noch einmal an. Danach haben Sie fünf Minuten.',
  signInAgain: 'Neu anmelden',
  lostStory:
    'Keinen davon zur Hand? Nach einer neuen Anmeldung können Sie einen entfernen und einen anderen einrichten.',
  notMade: 'Es wurde kein Passkey eingerichtet. Sie können es noch einmal versuchen.',
  unknown: 'Passkeys lassen sich in diesem Browser oder unter dieser Adresse nicht benutzen.',
  confirm: 'Bestätigen Sie, dass Sie es sind',
  confirmStory: 'Dafür wird Ihr Passkey gebraucht. Danach geht es weiter, wo Sie waren.',
  use: 'Passkey benutzen',
  stopped: 'Der Passkey wurde nicht benutzt. Sie können es noch einmal versuchen.',
  lost: 'Ich habe meinen Passkey nicht',
  participants: 'Eigene Passkeys',
  states: { waiting: 'zählt nach 72 Stunden', usable: 'zählt als Nachweis', disputed: 'strittig, zählt nie' },
  revoke: 'Entziehen',
  revokeTitle: 'Diesen Passkey entziehen?',
  revokeStory: (name) =>
    `„${name}“ zählt sofort nicht mehr, auch nicht für einen offenen Fall. Die Person kann am Ende eines späteren Falls einen neuen einrichten.`,
  sheet: 'Gedrucktes Notfallblatt',
  sheetStates: {
    resting: 'zählt erst',
    usable: 'zählt als Nachweis',
    used_up: 'alle Codes sind benutzt',
    disputed: 'strittig, zählt nie',
  },
  codesLeft: (left) => (left === 1 ? 'noch 1 Code' : `noch ${left} Codes`),
  sheetMade: 'gedruckt',
  voidSheet: 'Ungültig machen',
  voidSheetTitle: 'Dieses Notfallblatt ungültig machen?',
  voidSheetStory:
    'Seine Codes zählen sofort nicht mehr, auch nicht für einen offenen Fall. Die Person kann am Ende eines späteren Falls ein neues Blatt drucken.',
}
