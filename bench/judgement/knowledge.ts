/** The likelihood that somebody answers a question rightly, wrongly or not at all. All figures are assumptions. */
import type { PlannedQuestion } from '#domain/questions/plan.ts'
import type { Random } from '#domain/risk/testing/random.ts'

/** A stranger and what they could find out. `mail reader`: they read the person's mail and calendar. */
export const strangers = ['blind', 'OSINT', 'HR export', 'ex-colleague', 'colleague', 'mail reader'] as const

/** One of them. */
export type Stranger = (typeof strangers)[number]

/** Genuine people by how they answer: per cent wrong, and per cent left out. */
export const memories = { good: [10, 5], fair: [20, 10], poor: [30, 10] } as const

/** One of them. */
export type Memory = keyof typeof memories

type Odds = Readonly<Record<Exclude<Stranger, 'blind'>, number>>

const odds = (osint: number, hr: number, ex: number, colleague: number, mailbox: number): Odds => ({
  ...{ OSINT: osint, 'HR export': hr, 'ex-colleague': ex, colleague, 'mail reader': mailbox },
})

/** The chance of knowing, by family. */
const byFamily: Readonly<Record<string, Odds>> = {
  manager: odds(0.45, 0.98, 0.8, 0.98, 0.98),
  team_mate: odds(0.4, 0.6, 0.85, 0.98, 0.95),
  office: odds(0.7, 0.98, 0.9, 0.98, 0.9),
  start_month: odds(0.35, 0.98, 0.5, 0.5, 0.3),
  group: odds(0.1, 0.1, 0.5, 0.8, 0.98),
  device_model: odds(0.1, 0.1, 0.5, 0.8, 0.5),
  asset_tag: odds(0.01, 0.05, 0.02, 0.1, 0.3),
  ticket_category: odds(0.05, 0.05, 0.1, 0.3, 0.95),
  free_weekday: odds(0.05, 0.3, 0.5, 0.95, 0.95),
  meeting_slot: odds(0.02, 0.02, 0.4, 0.9, 0.98),
  meeting_organiser: odds(0.1, 0.1, 0.5, 0.9, 0.98),
  sign_in_change: odds(0.02, 0.02, 0.05, 0.1, 0.9),
}

/** The course of an answer. A stranger who does not know guesses; a person who does not know may say so. */
export type Course = 'right' | 'wrong' | 'guess' | 'left_out'

/** The course of a question that is put to a stranger. */
export const strangerAnswers = (stranger: Stranger, { family }: PlannedQuestion, random: Random): Course =>
  stranger !== 'blind' && random.chance(byFamily[family]?.[stranger] ?? 0) ? 'right' : 'guess'

/** The course of a question that is put to the person. */
export const personAnswers = (memory: Memory, random: Random): Course => {
  const [wrong, leftOut] = memories[memory]
  const draw = random.int(1, 100)
  if (draw <= wrong) return 'wrong'
  return draw <= wrong + leftOut ? 'left_out' : 'right'
}
