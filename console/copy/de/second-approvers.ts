/** Wer zweite Freigaben erteilen darf. */
import type { enSecondApprovers, enSecondApproverSentences } from '../en/second-approvers.ts'

export const deSecondApproverSentences: Readonly<Record<keyof typeof enSecondApproverSentences, string>> = {
  'event.second_approver.named': 'Für zweite Freigaben benannt',
  'event.second_approver.accepted': 'Für zweite Freigaben angenommen',
  'event.second_approver.ended': 'Darf keine zweiten Freigaben mehr erteilen',
}

/** Wörter der Seite. */
export const deSecondApprovers: typeof enSecondApprovers = {
  title: 'Zweite Freigaben',
  story:
    'Ein privilegiertes Konto braucht zwei Freigaben. Die zweite dürfen Supervisoren durch ihre Rolle erteilen; Agenten können dafür benannt werden. Eine Benennung gilt 24 Stunden, nachdem eine andere Administration zugestimmt hat, für Fälle, die danach beginnen. Wer einen Fall begonnen oder die erste Freigabe erteilt hat oder einer dieser Personen oder der überprüften Person nahesteht, erteilt nie die zweite.',
  byRole: 'Durch ihre Rolle',
  states: { proposed: 'wartet auf eine zweite Administration', waiting: 'angenommen', in_force: 'in Kraft' },
  from: 'gilt ab',
  namedBy: (name) => `benannt von ${name}`,
  acceptedBy: (name) => `angenommen von ${name}`,
  accept: 'Annehmen',
  end: 'Beenden',
  name: 'Jemanden benennen',
  who: 'Wer zweite Freigaben erteilen darf',
  propose: 'Einer zweiten Administration vorschlagen',
}
