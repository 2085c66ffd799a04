/** Die Liste der Konten, die der Helpdesk nie bearbeitet. */
import type { enProtection, enProtectionSentences } from '../en/protection.ts'

export const deProtectionSentences: Readonly<Record<keyof typeof enProtectionSentences, string>> = {
  'refusal.protection_unchanged': 'Jemand war schneller: Sehen Sie sich das Konto noch einmal an.',
  'event.person.protected': 'Auf die Liste der Konten gesetzt, die der Helpdesk nie bearbeitet',
  'event.person.protection_off_asked':
    'Gebeten, es von der Liste der Konten zu nehmen, die der Helpdesk nie bearbeitet',
  'event.person.protection_kept': 'Auf der Liste der Konten gelassen, die der Helpdesk nie bearbeitet',
  'event.person.unprotected': 'Von der Liste der Konten genommen, die der Helpdesk nie bearbeitet',
}

/** Wörter der Personenkarte. */
export const deProtection: typeof enProtection = {
  title: 'Nie über den Helpdesk',
  none: 'Nicht auf der Liste.',
  on: 'Auf der Liste: Für dieses Konto wird hier nichts begonnen, freigegeben oder geändert.',
  wanted: (name) => `${name} möchte es von der Liste nehmen; das muss eine zweite Administration tun.`,
  second: 'Von der Liste nehmen muss es eine Administration, die nicht darum gebeten hat.',
  add: 'Auf die Liste setzen',
  ask: 'Bitten, es herunterzunehmen',
  accept: 'Von der Liste nehmen',
  decline: 'Auf der Liste lassen',
  dialogs: {
    add: {
      title: 'Auf die Liste setzen?',
      action: 'Auf die Liste setzen',
      story: (name) =>
        `Ab jetzt tut der Helpdesk für ${name} nichts mehr: Kein Fall beginnt, keiner wird freigegeben, kein Passwort gesetzt, auch nicht in einem offenen Fall. Um es wieder herunterzunehmen, braucht es zwei Personen.`,
    },
    ask: {
      title: 'Bitten, es herunterzunehmen?',
      action: 'Bitten',
      story: (name) =>
        `Für ${name} ändert sich nichts, bis eine andere Administration das Konto von der Liste nimmt. Alle Administrationen erfahren davon.`,
    },
    accept: {
      title: 'Von der Liste nehmen?',
      action: 'Von der Liste nehmen',
      story: (name) =>
        `Der Helpdesk darf das Konto von ${name} wieder bearbeiten. Alle Administrationen erfahren davon.`,
    },
    decline: {
      title: 'Auf der Liste lassen?',
      action: 'Auf der Liste lassen',
      story: (name) => `Die Bitte ist erledigt, und ${name} bleibt auf der Liste.`,
    },
  },
}
