import type { QuestionFamily, QuestionText } from '../../questions/definitions.ts'

/** Sentences without slots: the same for the participant, who is asked, and for staff, who read what was asked. */
type Plain = Exclude<
  QuestionText,
  { readonly device: string } | { readonly what: string } | { readonly zone: string | null }
>['key']

const asked: Readonly<Record<Plain, string>> = {
  'question.manager.choice': 'Who is your direct manager?',
  'question.manager.typed': 'What is the name of your direct manager?',
  'question.team_mate.choice': 'Which of these people has the same manager as you?',
  'question.office.choice': 'Which of these is your office?',
  'question.group.choice': 'Which of these groups or lists do you belong to?',
  'question.free_weekday.choice': 'On which working day of last week did you have no meetings?',
  'question.meeting_organiser.choice': 'Who organised a meeting that you joined in the last five days?',
  'question.start_month.choice': 'When did you start working here?',
  'question.start_month.typed': 'In which month did you start working here?',
  'question.start_month.year': 'In which year did you start working here?',
  'question.ticket_category.choice': 'What was your last request to the help desk about?',
}

/** The sentences of questions, and their names for staff: within a sentence, and as a label. The portal words those with slots itself. */
export const enQuestions = {
  asked,
  staff: {
    ...asked,
    'question.meeting_slot.choice': 'When is your weekly meeting with 5 to 10 people[ ({zone})]?',
    'question.sign_in_change.choice': 'When did you last change your password or second step?',
    'question.device_model.choice': 'Which {device} is registered to you?',
    'question.asset_tag.typed':
      'What are the last {characters} characters of the asset tag on your {device}?',
  },
  names: {
    manager: 'manager',
    team_mate: 'team-mate',
    office: 'office',
    start_month: 'start month or year',
    group: 'group',
    sign_in_change: 'change of sign-in',
    free_weekday: 'day without meetings',
    meeting_slot: 'weekly meeting',
    meeting_organiser: 'organiser of a meeting',
    device_model: 'device model',
    ticket_category: 'last request',
    asset_tag: 'asset tag',
  } satisfies Record<QuestionFamily, string>,
  labels: {
    manager: 'Manager',
    team_mate: 'Team-mate',
    office: 'Office',
    start_month: 'Start month or year',
    group: 'Group',
    sign_in_change: 'Change of sign-in',
    free_weekday: 'Day without meetings',
    meeting_slot: 'Weekly meeting',
    meeting_organiser: 'Organiser of a meeting',
    device_model: 'Device model',
    ticket_category: 'Last request',
    asset_tag: 'Asset tag',
  } satisfies Record<QuestionFamily, string>,
}
