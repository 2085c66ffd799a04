/** The likelihood that an actor knows the answer to a question. */
import type { PlannedQuestion } from '#domain/questions/plan.ts'

/** The kind of person who answers: from what they can know. */
export type Knowledge = 'genuine' | 'osint' | 'insider' | 'blind'

type Odds = { readonly osint: number; readonly insider: number; readonly genuine: number }

/** The knowledge by family: from look-ups, of an insider, and of the person. */
const byFamily: Readonly<Record<string, Odds>> = {
  manager: { osint: 0.45, insider: 0.95, genuine: 0.97 },
  team_mate: { osint: 0.4, insider: 0.95, genuine: 0.93 },
  group: { osint: 0.1, insider: 0.5, genuine: 0.8 },
  office: { osint: 0.7, insider: 0.95, genuine: 0.97 },
  start_month: { osint: 0.35, insider: 0.5, genuine: 0.9 },
  device_model: { osint: 0.15, insider: 0.5, genuine: 0.85 },
  asset_tag: { osint: 0.01, insider: 0.05, genuine: 0.6 },
  ticket_category: { osint: 0.05, insider: 0.2, genuine: 0.8 },
}

/** For a family that is not listed: the least favourable of its exposure. */
const byExposure: Readonly<Record<PlannedQuestion['exposure'], Odds>> = {
  public: { osint: 0.7, insider: 0.95, genuine: 0.9 },
  internal: { osint: 0.15, insider: 0.5, genuine: 0.7 },
  private: { osint: 0.05, insider: 0.45, genuine: 0.6 },
}

/** The chance that this actor simply knows the answer; an actor who does not know it may still guess among the options. */
export const chanceToKnow = (question: PlannedQuestion, knowledge: Knowledge): number =>
  knowledge === 'blind' ? 0 : (byFamily[question.family] ?? byExposure[question.exposure])[knowledge]
