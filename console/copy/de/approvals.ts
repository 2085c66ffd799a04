/** Zwei Personen für eine Freigabe: Sätze, die der Server nennt, und Wörter von Fall und Warteschlange. */
import { deProtectionSentences } from './protection.ts'
import { deSecondApproverSentences } from './second-approvers.ts'
import type { enApprovals, enApprovalSentences, enQueue } from '../en/approvals.ts'

export const deApprovalSentences: Readonly<Record<keyof typeof enApprovalSentences, string>> = {
  ...deProtectionSentences,
  ...deSecondApproverSentences,
  'refusal.second_approval_required': 'Diese Person ist privilegiert: eine zweite Freigabe ist nötig.',
  'instruction.second_approval': 'Bleibt angehalten: eine zweite Person muss ebenfalls freigeben.',
  'send.second_approval_needed': 'Eine zweite Freigabe wird nötig sein.',
  'policy.second_approval_needed': 'eine zweite Freigabe ist nötig',
  'policy.never_via_help_desk': 'der Helpdesk bearbeitet dieses Konto nie',
  'send.never_via_help_desk': 'Dieses Konto wird nie über den Helpdesk bearbeitet.',
  'refusal.not_second_approver': 'Sie dürfen keine zweiten Freigaben erteilen.',
  'refusal.first_approver': 'Die erste Freigabe ist von Ihnen: die zweite muss eine andere Person erteilen.',
  'refusal.started_by_you':
    'Sie haben diesen Fall begonnen: die zweite Freigabe muss eine andere Person erteilen.',
  'refusal.in_starters_line':
    'Nicht für Vorgesetzte oder Unterstellte der Person, die den Fall begonnen hat: die zweite Freigabe muss jemand anders erteilen.',
  'refusal.first_approval_over':
    'Die erste Freigabe gilt nicht mehr: ihre Zeit ist um, oder der Fall hat sich geändert. Sehen Sie ihn noch einmal an.',
  'refusal.privilege_differs':
    'Das Verzeichnis sagt über die Rechte dieses Kontos jetzt etwas anderes als zuvor, oder antwortet nicht. Sehen Sie sich den Fall noch einmal an.',
  'policy.privilege_unread':
    'das Verzeichnis sagt nicht, ob das Konto privilegiert ist; es wird behandelt, als wäre es das',
  'event.privilege.found': 'Das Verzeichnis sagt über die Rechte des Kontos jetzt etwas anderes',
  'refusal.policy_and_cases':
    'Wer die Richtlinie bearbeitet, gibt 24 Stunden lang keine Fälle frei, und umgekehrt. Das muss jemand anders tun.',
  'refusal.passkey_required':
    'Eine zweite Freigabe wird mit einem Passkey bestätigt. Richten Sie unter Sicherheit erst einen ein.',
  'event.approval.first_given': 'Erste Freigabe erteilt',
  'event.approval.second_given': 'Zweite Freigabe erteilt',
  'event.approval.ended': 'Die erste Freigabe gilt nicht mehr',
}

/** Wörter der Konsole. */
export const deApprovals: typeof enApprovals = {
  title: 'Zwei Freigaben',
  ordinals: { 1: 'Erste Freigabe', 2: 'Zweite Freigabe' },
  none: 'Braucht zwei Personen: die erste Freigabe steht noch aus.',
  states: {
    waiting: 'wartet auf eine zweite Person',
    counts: 'gilt',
    unused: 'wurde nicht mehr gebraucht',
    expired: 'Zeit abgelaufen',
    changed: 'ungültig: der Fall hat sich danach geändert',
    broken: 'ungültig: der Eintrag ist nicht mehr so, wie er unterschrieben wurde',
  },
  until: 'Zeit läuft ab',
  who: (names: readonly string[]) => `Dürfen die zweite Freigabe erteilen: ${names.join(', ')}`,
  nobody:
    'Niemand am Helpdesk darf die zweite Freigabe erteilen: Dazu braucht es eine Person mit diesem Recht, die den Fall nicht begonnen hat und davon unabhängig ist.',
  verbs: { first: 'Als Erste freigeben', second: 'Als Zweite freigeben' },
  confirm: {
    first: {
      title: 'Erste Freigabe erteilen?',
      action: 'Als Erste freigeben',
      story: (name: string) =>
        `Sie bestätigen, dass Sie ${name} überprüft haben. Es geschieht nichts, bis innerhalb von 15 Minuten eine zweite Person freigibt; was sich bis dahin ändert, macht Ihre Freigabe ungültig.`,
    },
    second: {
      title: 'Zweite Freigabe erteilen?',
      action: 'Als Zweite freigeben',
      story: (name: string, first: string) =>
        `${first} hat freigegeben. Sie bestätigen das, nachdem Sie diesen Fall von ${name} selbst angesehen haben; dann nimmt er seinen Lauf. Ihr Passkey wird verlangt.`,
    },
  },
}

/** Die Seite dessen, was wartet. */
export const deQueue: typeof enQueue = {
  title: 'Warteschlange',
  story:
    'Fälle, die auf Sie warten: eine Entscheidung, eine zweite Freigabe oder eine Eskalation. Was am längsten wartet, steht oben.',
  kinds: { second_approval: 'Zweite Freigabe', escalation: 'Eskalation', decision: 'Entscheidung' },
  since: 'kam',
  until: 'endet',
  firstBy: (name) => `Von ${name} freigegeben; eine zweite Person muss freigeben.`,
  startedBy: (name) => `Begonnen von ${name}.`,
  empty: 'Auf Sie wartet nichts.',
  emptyHint: 'Was kommt, erscheint hier von selbst.',
  more: 'Nur die ersten 100 werden gezeigt.',
  pill: (count) => (count === '1' ? '1 Fall wartet auf Sie' : `${count} Fälle warten auf Sie`),
}
