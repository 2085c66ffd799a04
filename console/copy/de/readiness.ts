import type { enReadiness } from '../en/readiness.ts'

/** Deutsch. */
export const deReadiness: typeof enReadiness = {
  title: 'Vorsorge',
  link: 'Vorsorge: sehen Sie, wer sich noch nicht stark ausweisen kann',
  story:
    'Ein starker Weg ist ein Passkey, der zählt, ein gedrucktes Notfallblatt, eine Anmeldung bei Ihrem Anmeldedienst oder zwei unabhängige Kontakte: ein Telefon und ein Postfach, oder zwei Postfächer, von denen eines privat ist. Kontakte, die sich vor Kurzem geändert haben, zählen nicht. Ob ein Fall einen dieser Wege verlangt, sagt Ihre Richtlinie.',
  headline: (none, people) =>
    none === 0
      ? `Alle ${people} Personen haben einen starken Weg`
      : `${none} von ${people} Personen haben noch keinen starken Weg`,
  table: 'Personen nach Abteilung',
  department: 'Abteilung',
  noDepartment: 'Keine Abteilung',
  people: 'Personen',
  ways: {
    passkey: 'Passkey',
    waiting: 'Passkey, der noch nicht zählt',
    sheet: 'Notfallblatt',
    signIn: 'Anmeldung beim Anmeldedienst',
    contacts: 'Zwei unabhängige Kontakte',
  },
  none: 'Nichts Starkes',
  list: (none, department) => `${none} Personen aus ${department} auflisten, die nichts Starkes haben`,
  show: { none: 'Alle ohne starken Weg auflisten', passkey: 'Alle ohne Passkey auflisten' },
  titles: {
    none: (department) =>
      department === null ? 'Personen ohne starken Weg' : `${department}: Personen ohne starken Weg`,
    passkey: (department) =>
      department === null ? 'Personen ohne Passkey' : `${department}: Personen ohne Passkey`,
  },
  has: (ways) => `Hat: ${ways}`,
  nobody: 'Niemand. Alle hier haben einen starken Weg.',
  more: 'Mehr Personen anzeigen',
  close: 'Liste schließen',
  invite: {
    choose: (name) => `${name} einladen`,
    action: (count) => (count === 1 ? '1 Person einladen' : `${count} Personen einladen`),
    hint: 'Sie bekommen eine E-Mail mit der Adresse oben an ihr Arbeitspostfach, einmal in 7 Tagen.',
    tooMany: (most) => `Wählen Sie höchstens ${most} Personen.`,
    done: (invited, not) =>
      not === 0
        ? `${invited} eingeladen.`
        : `${invited} eingeladen. ${not} nicht eingeladen: Sie haben einen Passkey, wurden in den letzten 7 Tagen eingeladen, haben keine E-Mail-Adresse hinterlegt oder dürfen keinen einrichten.`,
  },
  address: {
    title: 'Hier richten Personen einen Passkey ein',
    story:
      'Geben Sie diese Adresse im Intranet oder per E-Mail weiter. Die Personen melden sich mit ihrem Arbeitskonto und einem zweiten Schritt an und richten einen Passkey ein. Die Adresse enthält kein Geheimnis; eine weitergeleitete E-Mail verrät also nichts.',
    off: 'Zurzeit kann niemand vorab einen Passkey einrichten. Ein Admin schaltet es unter Richtlinie, Anmeldung bei Ihrem Anmeldedienst ein. Bei erhöhter Bedrohung ist es geschlossen.',
  },
}
