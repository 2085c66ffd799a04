import { eachMessage } from '#domain/messages/kinds.ts'
import { deMessageNames, deNotices } from '#domain/words/de/notices.ts'
import type { DeliveryProblem } from '#domain/messages/delivery-problem.ts'
import type { Copy } from '../en/index.ts'

/** Warum eine Nachricht nicht ankam. */
export const deDeliveryProblems: Readonly<Record<DeliveryProblem, string>> = {
  no_such_address: 'diese Nummer oder dieses Postfach gibt es nicht',
  full: 'das Postfach ist voll',
  blocked: 'vom Netz oder Mailserver blockiert',
  unreachable: 'Telefon oder Mailserver nicht erreichbar',
  not_mobile: 'die Nummer empfängt keine SMS',
  opted_out: 'hat Nachrichten dieses Absenders abbestellt',
  no_contact: 'es gibt keinen solchen Kontakt mehr',
  not_configured: 'es ist kein SMS-Konto eingerichtet',
  interrupted: 'unterwegs unterbrochen; sie kann hinausgegangen sein',
  not_taken: 'der Anbieter nahm nichts an; sie kann noch einmal gesendet werden',
  other: 'der Anbieter nennt keinen bekannten Grund',
}

/** Nachrichten: ihre Wörter, Vorschau, Tests und Kontingent. */
export const deMessages: Copy['messages'] = {
  title: 'Nachrichten',
  story:
    'Jede Nachricht, die an Teilnehmende, Vertrauenspersonen und andere Kontakte hinausgeht. Sie können sie in eigenen Wörtern schreiben; wer schreibt, der eine Link und die Warnung stehen immer darin. Neuen Wörtern muss eine zweite Administration zustimmen.',
  which: 'Nachricht',
  channel: 'Kanal',
  language: 'Sprache',
  kinds: eachMessage((kind) => ({ ...deMessageNames, ...deNotices })[kind].name),
  standard: 'Standardwörter',
  own: 'Eigene Wörter',
  waits: 'Wartet auf eine zweite Administration',
  subject: 'Betreff',
  text: 'Wortlaut',
  insert: 'Platzhalter einfügen',
  placeholders: {
    organisation: 'der Name der Organisation',
    link: 'der eine Link',
    code: 'der Code',
    minutes: 'wie viele Minuten er gilt',
    warning: 'die Warnung, die niemand umschreiben kann',
  },
  measure: ({ encoding, units, segments }, most) =>
    `${encoding === 'gsm7' ? 'GSM-7' : 'UCS-2 (ein Zeichen kostet mehr als in GSM-7)'}: ${String(units)} Zeichen, ${String(segments)} von höchstens ${String(most)} Segmenten, mit dem Namen Ihrer Organisation`,
  problems: {
    empty: 'Hier steht nichts.',
    too_long: 'Das ist zu lang.',
    braces: 'Zwischen { und } dürfen nur die Platzhalter darunter stehen.',
    missing: '{placeholder} fehlt.',
    twice: '{placeholder} darf nur einmal vorkommen.',
    not_here: 'Diese Nachricht hat kein {placeholder}, oder nicht hier.',
    address: 'Neben dem Link darf keine Web- oder Mailadresse stehen: Man würde sie antippen.',
    number: 'Hier darf keine Telefonnummer stehen: Man würde sie anrufen.',
    letters: 'Ein Zeichen darin ist unsichtbar oder dreht die Richtung des Textes.',
    link_not_apart: 'Lassen Sie vor und nach {placeholder} ein Leerzeichen.',
    segments: 'Als SMS wird das zu lang. Kürzen Sie es.',
  },
  preview: 'So kommt sie an',
  mailAdds:
    'Jede Mail nennt außerdem das Ticket, wer am Helpdesk hilft, die Zeit, was geschieht, wenn man nichts tut, und die Nummer des Helpdesks. Der Link wird zur Schaltfläche.',
  proposedPreview: 'So käme sie an',
  reason: 'Ihr Grund',
  propose: 'Einer zweiten Administration vorschlagen',
  proposeStory:
    'Die Wörter gehen hinaus, sobald eine andere Administration zugestimmt hat. Alle erfahren davon.',
  proposed: 'Vorgeschlagen. Die Wörter gehen hinaus, sobald eine zweite Administration zustimmt.',
  reset: 'Zurück zu den Standardwörtern',
  resetStory: 'Das gilt sofort, und alle Administrationen erfahren davon.',
  wasReset: 'Die Nachricht hat wieder ihre Standardwörter.',
  ownProposal:
    'Das haben Sie vorgeschlagen. Eine andere Administration muss zustimmen; Sie können es zurücknehmen.',
  accept: 'Zustimmen',
  decline: 'Ablehnen',
  withdraw: 'Zurücknehmen',
  decided: 'Festgehalten. Die Nachricht zeigt, wie es steht.',
  withdrawn: 'Zurückgenommen.',
  proposedBy: (name) => `vorgeschlagen von ${name}`,
  decidedBy: (name) => `entschieden von ${name}`,
  states: {
    proposed: 'Wartet auf eine zweite Administration',
    in_force: 'Gilt',
    replaced: 'Ersetzt',
    declined: 'Abgelehnt',
    withdrawn: 'Zurückgenommen',
  },
  history: 'Frühere Wörter',
  noHistory: 'Diese Nachricht hatte nie andere als die Standardwörter.',
  test: 'Test senden',
  testStory: (contact) =>
    `Er geht an Ihren eigenen Kontakt, ${contact}, und an niemanden sonst. Sein Link führt nirgendwohin. Fünf Tests in zehn Minuten.`,
  sendTest: 'Mir die geltenden Wörter senden',
  sendProposed: 'Mir die vorgeschlagenen Wörter senden',
  noNumber:
    'Es gibt keine Nummer von Ihnen: Der Betrieb kann Ihr Konto mit Ihrer Person im Verzeichnis verbinden.',
  noSms: 'Diese Installation sendet keine SMS: Der Betrieb muss dafür ein Konto einrichten.',
  testLimit: 'Das waren viele Tests. Warten Sie zehn Minuten bis zum nächsten.',
  testStates: {
    waiting: 'wartet',
    begun: 'unterwegs',
    sent: 'vom Anbieter angenommen',
    refused: 'abgelehnt',
    unknown: 'nicht bekannt, daher nicht von selbst noch einmal gesendet',
  },
  budget: 'Kontingent',
  used: (used, max, hours) => `${String(used)} von ${String(max)} Nachrichten in ${String(hours)} Stunden`,
  budgetStory:
    'Sind alle verbraucht, geht kein Link und kein Code mehr hinaus, bis einige davon alt genug sind; Mitteilungen gehen weiter. Bei vier Fünfteln erfahren es die Administrationen. Die Grenze gehört zur Richtlinie.',
}
