import type { enApprovers } from '../en/approvers.ts'

/** Vertrauenspersonen: wer in einem Fall gefragt wurde, und wer für wen benannt ist. */
export const deApprovers: typeof enApprovers = {
  asked: 'Vertrauenspersonen',
  relations: { manager: 'Führungskraft', named: 'dafür benannt' },
  answers: {
    waiting: 'Antwort steht aus',
    yes: 'Sagte Ja',
    no: 'Sagte Nein',
    not_sure: 'Nicht sicher',
    silent: 'Keine Antwort',
  },
  askedAt: 'gefragt',
  answeredAt: 'geantwortet',
  until: 'Frist endet',
  title: 'Vertrauenspersonen',
  story:
    'Fehlt in einem Fall ein Nachweis, kann jemand gefragt werden, der die Person kennt: zuerst die Führungskraft, danach die hier Benannten, wenn sie sich anmelden können und ein Kontakt von ihnen hinterlegt ist. Der Helpdesk sucht nicht aus, wer gefragt wird.',
  name: 'Vertrauensperson benennen',
  nameStory:
    'Eine zweite Administration muss innerhalb von 7 Tagen zustimmen; 24 Stunden danach gilt es, für Fälle, die dann beginnen. Die ganze Administration erfährt davon.',
  named: 'Vorgeschlagen. Es gilt erst, wenn eine zweite Administration zugestimmt hat.',
  who: 'Wer einstehen darf',
  whom: 'Für',
  kinds: { person: 'eine Person', team: 'alle in einem Team' },
  forPerson: 'Person',
  forTeam: 'Team',
  choose: 'Auswählen …',
  other: 'Jemand anderen wählen',
  why: 'Woran sie erkennen, dass es wirklich die Person ist',
  propose: 'Zweiter Administration vorschlagen',
  missing: {
    approver: 'Wählen Sie, wer einstehen darf.',
    person: 'Wählen Sie, für wen.',
    team: 'Wählen Sie ein Team.',
    same: 'Niemand kann für sich selbst einstehen. Wählen Sie zwei Personen.',
    reason: 'Nennen Sie einen Grund.',
  },
  search: 'Name oder Team suchen',
  over: 'Beendetes zeigen',
  more: 'Nur die ersten 100 sind zu sehen. Suchen Sie nach einem Namen oder Team.',
  none: {
    yet: 'Noch ist niemand benannt. Fälle fragen nur Führungskräfte. Benennen Sie jemanden für Personen ohne Führungskraft, oder als zweiten Weg, wenn sie selten zu erreichen ist.',
    toRead:
      'Niemand ist benannt. Fälle fragen nur Führungskräfte; die Administration kann hier andere benennen.',
    found: 'Nichts gefunden. Suchen Sie nach einem anderen Namen oder Team.',
    over: 'Noch ist nichts beendet.',
  },
  vouchesFor: 'darf einstehen für',
  team: (team, people) => `${team} (${people === 1 ? '1 Person' : `${String(people)} Personen`})`,
  states: {
    proposed: 'Zweite Zustimmung fehlt',
    waiting: 'Angenommen, gilt noch nicht',
    in_force: 'Gilt',
    expired: 'Nicht rechtzeitig angenommen',
    withdrawn: 'Zurückgenommen',
    declined: 'Abgelehnt',
    ended: 'Beendet',
  },
  problems: {
    account:
      'Würde jetzt nicht gefragt: Das Konto ist gesperrt, deaktiviert, eingefroren oder wird nie über den Helpdesk bearbeitet.',
    cannot_sign_in:
      'Würde jetzt nicht gefragt: Das Verzeichnis kennt die Kennung nicht, mit der man sich anmeldet.',
  },
  namedBy: (name) => `benannt von ${name}`,
  acceptedBy: (name) => `angenommen von ${name}`,
  from: 'gilt ab',
  endedBy: {
    ended: (name) => `beendet von ${name}`,
    before: (name) => `beendet von ${name}, bevor jemand zugestimmt hatte`,
  },
  own: 'Das ist Ihre Benennung. Jemand anderes aus der Administration muss zustimmen; zurücknehmen können Sie sie.',
  second: 'Nach der Zustimmung gilt es 24 Stunden später. Die Administration kann es jederzeit beenden.',
  reason: 'Ihre Begründung',
  withdraw: 'Zurücknehmen',
  accept: 'Zustimmen',
  decline: 'Ablehnen',
  end: 'Beenden',
  endStory:
    'Ab dann wird die Person nicht mehr gefragt. Was schon gefragt ist, kann noch beantwortet werden.',
  withdrawn: 'Zurückgenommen.',
  decided: 'Festgehalten. Die Liste zeigt den Stand.',
  ended: 'Beendet. Die Person wird nicht mehr gefragt.',
}
