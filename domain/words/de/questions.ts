import type { enQuestions } from '../en/questions.ts'

const asked: typeof enQuestions.asked = {
  'question.manager.choice': 'Wer ist Ihre direkte Führungskraft?',
  'question.manager.typed': 'Wie heißt Ihre direkte Führungskraft?',
  'question.team_mate.choice': 'Wer von diesen hat dieselbe Führungskraft wie Sie?',
  'question.office.choice': 'Welches davon ist Ihr Büro?',
  'question.group.choice': 'Zu welcher dieser Gruppen oder Verteilerlisten gehören Sie?',
  'question.free_weekday.choice': 'An welchem Arbeitstag der letzten Woche hatten Sie keine Termine?',
  'question.meeting_organiser.choice':
    'Wer hat einen Termin einberufen, an dem Sie in den letzten fünf Tagen teilgenommen haben?',
  'question.start_month.choice': 'Wann haben Sie hier angefangen?',
  'question.start_month.typed': 'In welchem Monat haben Sie hier angefangen?',
  'question.start_month.year': 'In welchem Jahr haben Sie hier angefangen?',
  'question.ticket_category.choice': 'Worum ging es bei Ihrer letzten Anfrage an den Helpdesk?',
}

/** Was Fragen sagen, und wie Mitarbeitende sie nennen. */
export const deQuestions: typeof enQuestions = {
  asked,
  staff: {
    ...asked,
    'question.meeting_slot.choice': 'Wann ist Ihr wöchentlicher Termin mit 5 bis 10 Personen[ ({zone})]?',
    'question.sign_in_change.choice': 'Wann haben Sie zuletzt Passwort oder zweiten Anmeldeschritt geändert?',
    'question.device_model.choice': 'Welches Modell ist als Ihr {device} eingetragen?',
    'question.asset_tag.typed':
      'Wie lauten die letzten {characters} Zeichen des Inventaretiketts ({device})?',
  },
  names: {
    manager: 'Führungskraft',
    team_mate: 'Teammitglied',
    office: 'Büro',
    start_month: 'Monat oder Jahr des Eintritts',
    group: 'Gruppe',
    sign_in_change: 'Änderung der Anmeldung',
    free_weekday: 'Tag ohne Termine',
    meeting_slot: 'wöchentlicher Termin',
    meeting_organiser: 'einladende Person',
    device_model: 'Gerätemodell',
    ticket_category: 'letzte Anfrage',
    asset_tag: 'Inventaretikett',
  },
  labels: {
    manager: 'Führungskraft',
    team_mate: 'Teammitglied',
    office: 'Büro',
    start_month: 'Monat oder Jahr des Eintritts',
    group: 'Gruppe',
    sign_in_change: 'Änderung der Anmeldung',
    free_weekday: 'Tag ohne Termine',
    meeting_slot: 'Wöchentlicher Termin',
    meeting_organiser: 'Einladende Person',
    device_model: 'Gerätemodell',
    ticket_category: 'Letzte Anfrage',
    asset_tag: 'Inventaretikett',
  },
}
