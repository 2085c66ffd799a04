import { deChecks } from '#domain/words/de/checks/index.ts'
import { deAccess } from './access.ts'
import { deAlarms } from './alarms.ts'
import { deSecurity } from './security.ts'
import { deliveryProblem } from '#domain/messages/delivery-problem.ts'
import { deApprovals, deQueue } from './approvals.ts'
import { deApprovers } from './approvers.ts'
import { deDeliveryProblems, deMessages } from './messages.ts'
import { deCalibration } from './calibration.ts'
import { deDashboard } from './dashboard.ts'
import { deList } from './list.ts'
import { dePanel } from './panel.ts'
import { dePurposes } from '#domain/words/de/purposes.ts'
import { dePlaces } from './places.ts'
import { dePolicy } from './policy.ts'
import { deProtection } from './protection.ts'
import { deReadiness } from './readiness.ts'
import { deReview } from './review.ts'
import { deSecondApprovers } from './second-approvers.ts'
import { deSources } from './sources.ts'
import { deSentences } from './sentences.ts'
import { deSlots, deWords } from './words.ts'
import type { Copy } from '../en/index.ts'
import { createSpeaker } from '../sentences.ts'

const speaker = createSpeaker({
  sentences: { ...deChecks.texts, ...deSentences },
  checkNames: deChecks.names,
  weightCases: deChecks.weights,
  evidence: deChecks.evidence,
  slots: deSlots,
  problems: {
    offline: 'Keine Verbindung. Nichts ist verloren; versuchen Sie es, wenn Sie wieder online sind.',
    unavailable: 'Das ist gerade nicht möglich. Nichts ist verloren; versuchen Sie es gleich noch einmal.',
    internal:
      'Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal, oder sagen Sie der Administration Bescheid.',
    invalid_input: 'Im Formular stimmt etwas nicht. Bitte prüfen Sie die Felder.',
    foreign_request: 'Diese Seite ist veraltet. Bitte laden Sie sie neu.',
    state_does_not_allow:
      'Der Fall ist weitergegangen; das ist nicht mehr möglich. Sehen Sie sich den neuesten Stand an.',
  },
  refused: (code) => `Das wurde abgelehnt (${code}).`,
})

/** Deutsch. */
export const de: Copy = {
  ...speaker,
  ...deWords,
  ...dePanel,
  ...dePurposes,
  dashboard: deDashboard,
  access: deAccess,
  approvers: deApprovers,
  messages: deMessages,
  deliveryProblems: deDeliveryProblems,
  deliveryProblem: (code: string): string => deDeliveryProblems[deliveryProblem(code)],
  alarms: deAlarms,
  approvals: deApprovals,
  protection: deProtection,
  secondApprovers: deSecondApprovers,
  queue: deQueue,
  review: deReview,
  security: deSecurity,
  places: dePlaces,
  policy: dePolicy,
  calibration: deCalibration,
  readiness: deReadiness,
  sources: deSources,
  loading: 'Einen Moment …',
  retry: 'Noch einmal versuchen',
  close: 'Schließen',
  skip: 'Zum Inhalt',
  language: 'Sprache',
  signOut: 'Abmelden',
  signIn: {
    story: 'Prüfen Sie, wer am Telefon ist, bevor am Konto etwas geschieht.',
    ended: 'Ihre Sitzung ist zu Ende. Melden Sie sich an, dann geht es hier weiter.',
    failed:
      'Diese Anmeldung hat nicht geklappt. Versuchen Sie es noch einmal, nötigenfalls mit einem anderen Konto; hilft das nicht, muss der Betrieb Ihr Konto mit dem Helpdesk verbinden.',
    action: 'Anmelden',
  },
  rail: {
    label: 'Seiten',
    verifications: 'Verifizierungen',
    queue: 'Warteschlange',
    people: 'Personen',
    dashboard: 'Übersicht',
    policy: 'Richtlinie',
    calibration: 'Kalibrierung',
    sources: 'Quellen',
    alarms: 'Alarme',
  },
  account: 'Konto',
  notices: 'Hinweise',
  banners: {
    elevated_threat:
      'Erhöhte Bedrohung: für alle gelten die strengsten Regeln. Rechnen Sie mit weiteren Nachweisen und einer zweiten Zustimmung.',
    alarm: 'Es gibt einen Alarm. Näheres unter „Alarme“.',
    limit_reached: 'Jemand vom Helpdesk oder ein System hat eine Grenze erreicht. Näheres unter „Alarme“.',
    harvest_suspected:
      'Alarm: Viele Listen wurden in nicht bestandenen Fällen gezeigt. Sehen Sie unter „Richtlinie“ nach.',
    policy_changing:
      'Eine Änderung, die die Richtlinie schwächt, steht an. Sehen Sie sie unter „Richtlinie“ an.',
    lab: 'Labor: Automatisch gesteuerte Browser dürfen hier Verifizierungen abschließen, und Grenzen sind angehoben. Nicht für echte Personen.',
    password_only_sign_in:
      'Beschäftigte können sich ohne Phishing-sicheren zweiten Faktor anmelden. Verlangen Sie einen beim Anmeldedienst.',
    demo_sign_in:
      'Der Anmeldedienst läuft unverschlüsselt auf diesem Rechner. Der Anmeldedienst der Demo gibt an, einen zweiten Faktor abgefragt zu haben, fragt ihn aber nicht ab.',
  },
  columns: {
    participant: 'Person',
    purpose: 'Zweck',
    outcome: 'Ergebnis',
    state: 'Zustand',
    risk: 'Risiko',
    referrer: 'Begonnen von',
    channel: 'Kanal',
    ticket: 'Ticket',
    feedback: 'Rückmeldung',
    started: 'Begonnen',
    completed: 'Abgeschlossen',
  },
  list: deList,
  dates: {
    label: 'Zeitraum',
    any: 'Jederzeit',
    last: (days) => (days === 1 ? 'Heute' : `Letzte ${days} Tage`),
    from: 'Von',
    to: 'Bis',
    apply: 'Anwenden',
    reset: 'Zurücksetzen',
    backwards: 'Der erste Tag liegt nach dem letzten.',
  },
  people: {
    search: 'Name, Anmeldename oder E-Mail',
    hint: 'Tippen Sie mindestens drei Zeichen.',
    found: (count) => (count === 1 ? '1 Person gefunden' : `${count} Personen gefunden`),
    none: 'Niemand passt. Prüfen Sie die Schreibweise, oder suchen Sie nach Anmeldename oder E-Mail.',
    more: 'Weitere Personen passen. Tippen Sie mehr, um einzugrenzen.',
    directory: 'Im Verzeichnis suchen',
    directoryHint: 'Wer neu ist oder eben umbenannt wurde, steht dort vielleicht schon.',
    asking: 'Das Verzeichnis wird gefragt …',
    inDirectory: 'Im Verzeichnis',
    foundThere: (count) =>
      count === 1
        ? '1 weitere Person im Verzeichnis gefunden'
        : `${count} weitere Personen im Verzeichnis gefunden`,
    noneThere: 'Im Verzeichnis passt sonst niemand.',
    silent: (names) =>
      names.length === 1
        ? `${names[0] ?? ''} hat nicht geantwortet. Wer nur dort steht, fehlt vielleicht.`
        : `${names.join(', ')} haben nicht geantwortet. Wer nur dort steht, fehlt vielleicht.`,
  },
  person: {
    manager: 'Führungskraft',
    team: 'Team',
    office: 'Standort',
    login: 'Anmeldename',
    hired: 'Arbeitet hier seit',
    passwordChanged: 'Passwort geändert',
    refreshed: 'Verzeichnis gelesen',
    never: 'Nie über den Helpdesk',
    warnings: 'Vor dem Senden bedenken',
    contacts: 'Hinterlegte Kontakte',
    unreadable: 'lässt sich nicht öffnen',
    noContacts:
      'Kein Kontakt ist hinterlegt. Nehmen Sie einen anderen Weg: vor Ort oder über die Führungskraft.',
    changed: 'geändert',
    recent: 'Letzte Verifizierungen',
    noRecent: 'Noch keine.',
  },
  send: {
    title: 'Link zur Verifizierung senden',
    contact: 'Hinterlegter Kontakt',
    ticket: 'Ticket (freiwillig)',
    ticketBad: 'Nur Buchstaben, Ziffern und # / . _ -, höchstens 40.',
    preview: 'Die Nachricht, wie ein Telefon sie zeigt',
    sending: 'Wird gesendet …',
    running: 'Diese Verifizierung läuft.',
    openPage: 'Als Seite öffnen',
    over: 'Diese Verifizierung ist abgeschlossen.',
    again: 'Noch einen Link senden',
    allowed: (channel, masked) => `${channel} an ${masked} ist erlaubt.`,
    noneAllowed: 'Kein hinterlegter Kontakt darf dafür jetzt genutzt werden.',
  },
  shortcuts: {
    title: 'Tastatur',
    list: [
      ['/', 'Suchen'],
      ['Strg K', 'Eine Person suchen'],
      ['n', 'Neue Verifizierung'],
      ['j k', 'Nächste, vorige Zeile'],
      ['Enter', 'Zeile öffnen'],
      ['Esc', 'Fenster schließen'],
      ['a', 'Freigeben (fragt nach)'],
      ['r', 'Ablehnen (fragt nach)'],
      ['?', 'Diese Seite'],
    ],
  },
}

/** The same, by the name that every language has. */
export const words: Copy = de
