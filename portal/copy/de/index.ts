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
    password_reset: 'Ihr Passwort zurückzusetzen',
    account_unlock: 'Ihr Konto zu entsperren',
    mfa_reset: 'Ihren zweiten Anmeldeschritt zurückzusetzen',
    access_change: 'Ihre Zugriffsrechte zu ändern',
    identity_check: 'Ihre Identität zu bestätigen',
  },
  who: {
    kinds: {
      call: {
        heading: 'Haben Sie den Helpdesk kontaktiert?',
        story: (agent, purpose) =>
          `${agent} vom Helpdesk spricht mit jemandem, der Ihren Namen angibt. Es geht darum, ${purpose}.`,
        no: 'Nein, das bin ich nicht',
      },
      alone: {
        heading: 'Haben Sie um Hilfe gebeten?',
        story: (_agent, purpose) =>
          `Jemand hat auf unserer Hilfeseite Ihren Namen angegeben. Es geht darum, ${purpose}.`,
        no: 'Nein, das war nicht ich',
      },
      check: {
        heading: 'Der Helpdesk bittet Sie zu bestätigen, dass Sie es sind',
        story: (agent) => `${agent} vom Helpdesk möchte sicher sein, mit Ihnen zu sprechen.`,
        no: 'Mit mir spricht niemand',
      },
      approved: {
        heading: 'Ihr Wunsch ist genehmigt',
        story: (_agent, purpose) => `Es ging darum, ${purpose}. Dafür fehlt noch ein Code.`,
        no: 'Nein, das war nicht ich',
      },
    },
    facts: { ticket: 'Ticket', since: 'Seit', from: 'Büro des Helpdesks' },
    looks: 'Wenn Sie fortfahren, betrachtet diese Seite:',
    looksAt: {
      device: 'Ihren Browser und Geräteeinstellungen',
      network: 'das Netz, mit dem Sie verbunden sind',
      typing:
        'wie Sie Codes und Antworten eingeben: wie viele Tasten Sie drücken, wie schnell und wie gleichmäßig, wie lange Sie sie halten, ob Sie einfügen, diktieren oder ausfüllen lassen, wie oft Sie klicken und ob genau in die Mitte, ob ein Programm das tut, wie lange es dauert und wie oft Sie die Seite verlassen. Wir sehen nie, welche Tasten Sie drücken, und achten nicht darauf, wie Sie Ihr neues Passwort eingeben',
      work: 'Ihre Antworten auf einige Fragen zu Ihrer Arbeit',
    },
    kept: (days) =>
      `Die Rohdaten Ihres Geräts löschen wir nach ${days} Tagen. Ihre Organisation behält die Aufzeichnung dieser Prüfung. Dieses Gerät kann gespeichert werden, um Sie wiederzuerkennen. Wenn Sie bestehen, speichern wir 90 Tage lang in Zahlen, wie schnell und gleichmäßig Sie getippt haben, wie lange Sie Tasten gehalten haben, wie schnell Sie geantwortet haben und wie oft Sie eingefügt oder die Maus benutzt haben. Wir vergleichen sie nur mit Ihren eigenen späteren Prüfungen. Wenn Sie eine Hilfe benutzen, speichern wir nichts davon.`,
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
      'Er ist vielleicht verbraucht, ersetzt oder zu alt. Es ist nichts verloren. Bitten Sie den Helpdesk um einen neuen Link, oder beginnen Sie hier selbst.',
    ],
    no_session: [
      'Öffnen Sie den Link in Ihrer Nachricht noch einmal',
      'Es ist nichts verloren. Wenn Sie dem Link in Ihrer Nachricht gefolgt sind, fehlt sein Ende: Kopieren Sie den ganzen Link in die Adresszeile. Haben Sie die Nachricht nicht mehr, bitten Sie den Helpdesk um einen neuen Link, oder beginnen Sie hier selbst.',
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
  toHelp: 'Ich kann mich nicht anmelden',
}
