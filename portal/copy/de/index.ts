import type { Copy } from '../en/index.ts'

/** Deutsch. */
export const words: Copy = {
  title: 'Prüfung durch den Helpdesk',
  language: 'Sprache',
  loading: 'Einen Moment …',
  helpDesk: 'Helpdesk:',
  back: 'Zurück',
  goOn: 'Weiter',
  step: (at, of) => `Schritt ${at} von ${of}`,
  purposes: {
    password_reset: 'Ihr Passwort zurücksetzen',
    account_unlock: 'Ihr Konto entsperren',
    mfa_reset: 'Ihren zweiten Anmeldeschritt zurücksetzen',
    access_change: 'Ihre Zugriffsrechte ändern',
    identity_check: 'Ihre Identität bestätigen',
  },
  who: {
    heading: 'Haben Sie den Helpdesk kontaktiert?',
    story: (step, purpose) =>
      step.agentName === null
        ? `Jemand hat auf unserer Hilfeseite Ihren Namen angegeben. Es geht um: ${purpose}.`
        : `${step.agentName} vom Helpdesk ist mit jemandem in Kontakt, der Ihren Namen angibt. Es geht um: ${purpose}.`,
    facts: { organisation: 'Organisation', ticket: 'Ticket', since: 'Seit', from: 'Angefragt aus' },
    looks: 'Wenn Sie fortfahren, betrachtet diese Seite:',
    looksAt: {
      device: 'Ihren Browser und Geräteeinstellungen',
      network: 'das Netz, mit dem Sie verbunden sind',
      typing:
        'wie Sie Codes und Antworten eingeben: wie viele Tasten Sie drücken und wie gleichmäßig, ob Sie einfügen, diktieren oder ausfüllen lassen, wie oft Sie klicken und ob genau in die Mitte, ob ein Programm das tut, wie lange es dauert und wie oft Sie die Seite verlassen. Wir sehen nie, welche Tasten Sie drücken, und achten nicht darauf, wie Sie Ihr neues Passwort eingeben',
      work: 'Ihre Antworten auf einige Fragen zu Ihrer Arbeit',
    },
    kept: (days) =>
      `Die Rohdaten Ihres Geräts löschen wir nach ${days} Tagen. Ihre Organisation behält die Aufzeichnung dieser Prüfung. Dieses Gerät kann gespeichert werden, um Sie wiederzuerkennen.`,
    no: 'Nein, das bin ich nicht',
    yes: 'Ja, ich habe mich gemeldet',
  },
  notMe: {
    link: 'Das war nicht ich',
    heading: 'Alles stoppen?',
    story: 'An Ihrem Konto wird nichts geändert, und Ihr Sicherheitsteam erfährt es sofort.',
    label: (digits) => `Tippen Sie zur Bestätigung die Zahl ${digits}`,
    wrong: 'Bitte tippen Sie die zwei Ziffern von oben.',
    confirm: 'Ja, stoppen',
  },
  dead: {
    dead_link: [
      'Dieser Link ist nicht verwendbar',
      'Er ist vielleicht verbraucht, ersetzt oder zu alt. Bitte lassen Sie sich vom Helpdesk einen neuen schicken.',
    ],
    no_session: [
      'Öffnen Sie den Link in Ihrer Nachricht noch einmal',
      'Es ist nichts verloren. Beim Neuladen oder in einem anderen Browser weiß diese Seite nichts mehr und beginnt bei Ihrer Nachricht. Haben Sie sie nicht mehr, lassen Sie sich vom Helpdesk einen neuen Link schicken.',
    ],
    offline: [
      'Keine Verbindung',
      'Es ist nichts verloren. Bitte prüfen Sie die Verbindung und versuchen Sie es erneut.',
    ],
    busy: [
      'Das hat gerade nicht geklappt',
      'Es ist nichts verloren. Bitte versuchen Sie es gleich noch einmal.',
    ],
  },
  retry: 'Erneut versuchen',
}
