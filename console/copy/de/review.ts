/** Wörter der Nachprüfung. */
import type { enReview } from '../en/review.ts'

export const deReview: typeof enReview = {
  title: 'Zweiter Blick',
  story:
    'Eine zufällige Stichprobe entschiedener Fälle. Wertung, Prüfpunkte und Entscheidung bleiben verborgen, bis Sie gesagt haben, was Sie denken: So wiederholt Ihre Einordnung sie nicht. Für die Person ändert sich nichts.',
  none: 'Kein Fall der Stichprobe wartet auf Sie. Zu Fällen, die Sie begonnen oder entschieden haben, werden Sie nicht gefragt.',
  question: 'Wer war das?',
  result: 'Was verborgen war',
  said: (label) => `Sie sagten: ${label}. Der Fall:`,
  open: 'Fall öffnen',
  next: 'Nächster Fall',
  waiting: (count) =>
    count === '1'
      ? '1 entschiedener Fall wartet auf einen zweiten Blick'
      : `${count} entschiedene Fälle warten auf einen zweiten Blick`,
}
