import type { AnswerFacts, ChallengeFacts, ContactFacts } from '../../facts.ts'
import { answer, contact, dayMs, facts, now, withPossession } from '../facts.ts'
import type { Scenarios } from './scenario.ts'

const at = (challenge: Partial<ChallengeFacts>) => facts({ challenge })
const complete = (...answers: readonly AnswerFacts[]) => at({ isComplete: true, answers })
const wrong = answer({ verdict: 'incorrect', points: -7 })
const linkTo = (sent: ContactFacts) =>
  facts({
    persona: { contact: sent },
    possession: { ...withPossession(), returned: [{ kind: 'link', at: now, contact: sent }] },
  })
const passkey = { name: 'Phone', enrolledAt: now - 80 * dayMs, at: now }
const notSignedIn = { proven: null, isWeak: false, foreignAt: null, isGivenUp: false }
const signedIn = { at: now, methods: ['pwd', 'otp'], strength: 'strong' } as const
const vouching = {
  id: 'request-1',
  as: 'manager',
  name: 'Grace Manager',
  askedAt: now - 600_000,
  answer: 'yes',
  answeredAt: now,
  isOver: false,
  isEligible: true,
} as const

/** The checks of answers and of what was sent and came back. */
export const knowledgeScenarios: Scenarios = {
  CHA_ANSWER: {
    fires: [complete(wrong), 'flag -7'],
    spares: [
      'stale directory data: "I don\'t know" costs nothing where the table says so',
      complete(answer({ verdict: 'skipped', points: 0 })),
      'pass',
    ],
  },
  CHA_TOO_FEW: {
    fires: [complete(answer()), 'critical floor 5'],
    spares: ['a new hire who still has questions before them', at({ answers: [answer()] }), 'unknown'],
  },
  CHA_CANARY: {
    fires: [complete(answer({ isCanary: true })), 'flag -6'],
    spares: ['a participant with a long memory who picks what is true now', complete(answer()), 'pass'],
  },
  CHA_INCONSISTENT: {
    fires: [at({ contradictions: ['Q6'] }), 'flag -5'],
    spares: ['a fact that changed meanwhile, and a guess after a skip', at({ contradictions: [] }), 'pass'],
  },
  CHA_ATTEMPTS: {
    fires: [at({ withQuestions30d: 3 }), 'flag -6'],
    spares: ['the second time in a month', at({ withQuestions30d: 2 }), 'flag -2'],
  },
  POS_OTP: {
    fires: [linkTo(contact({ changedAt: now - 5 * dayMs })), 'pass +10'],
    spares: [
      'a number that a carrier moved: no class, no credit',
      linkTo(contact({ isInDoubt: true })),
      'info',
    ],
  },
  POS_NUMBER_MATCH: {
    fires: [facts({ possession: { matchCode: { isMatched: true, tries: 1 } } }), 'pass +4'],
    spares: [
      'a code that is being typed',
      facts({ possession: { matchCode: { isMatched: false, tries: 1 } } }),
      'unknown',
    ],
  },
  POS_PASSKEY: {
    fires: [facts({ possession: { passkey: { proven: passkey, isGivenUp: false } } }), 'pass +20'],
    spares: [
      'a participant who does not have it at hand',
      facts({ possession: { passkey: { proven: null, isGivenUp: true } } }),
      'unknown',
    ],
  },
  POS_PROVIDER: {
    fires: [facts({ possession: { providerSignIn: { ...notSignedIn, proven: signedIn } } }), 'pass +12'],
    spares: [
      'a participant whose provider is down, or who lost what they sign in with',
      facts({ possession: { providerSignIn: { ...notSignedIn, isGivenUp: true } } }),
      'unknown',
    ],
  },
  POS_PUSH: {
    fires: [
      facts({ possession: { push: { provenAt: now - 30_000, deniedAt: null, isGivenUp: false } } }),
      'pass +10',
    ],
    spares: [
      'a participant without an authenticator, or whose push did not arrive',
      facts({ possession: { push: { provenAt: null, deniedAt: null, isGivenUp: true } } }),
      'unknown',
    ],
  },
  POS_SHEET: {
    fires: [
      facts({
        possession: { recoverySheet: { proven: { left: 9, madeAt: now - 30 * dayMs }, isGivenUp: false } },
      }),
      'pass +10',
    ],
    spares: [
      'a participant who has no sheet, or left it at home',
      facts({ possession: { recoverySheet: { proven: null, isGivenUp: true } } }),
      'unknown',
    ],
  },
  POS_APPROVER: {
    fires: [facts({ possession: { approvers: [vouching] } }), 'pass +12'],
    spares: [
      'whose approver was not reached',
      facts({ possession: { approvers: [{ ...vouching, answer: null, answeredAt: null }] } }),
      'unknown',
    ],
  },
}
