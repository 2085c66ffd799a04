import { numberDoubts } from '#domain/policy/number-check.ts'
import { z } from 'zod'
import {
  evidenceKinds,
  lockings,
  type Policy as DomainPolicy,
  type Rule as DomainRule,
} from '#domain/policy/policy.ts'
import { asks, asksFor } from '#domain/risk/check.ts'
import { neverPhishingResistant } from '#domain/risk/sign-in-strength.ts'
import { demands } from '#domain/risk/settings.ts'
import { questionFamilies } from '#domain/questions/plan.ts'
import { Category, Purpose, Tier } from './common.ts'

const whole = (min: number, max: number) => z.int().min(min).max(max)
/** A number with at most one decimal: the scale of the score, and decibans. */
const tenths = (min: number, max: number) =>
  z
    .number()
    .min(min)
    .max(max)
    .refine((n) => Math.abs(n * 10 - Math.round(n * 10)) < 1e-6, 'one decimal at most')
const Decibans = tenths(-40, 40)
const minute = 60
const day = 86_400

const Rule = z.strictObject({
  classesRequired: z.array(z.enum(evidenceKinds)).max(evidenceKinds.length),
  classesNeeded: whole(1, 4),
  minAnswered: whole(1, 6),
  maxAsked: whole(3, 6),
  deciders: z.enum(['agent', 'supervisor', 'auto']),
  holdForSecondApproval: z.boolean(),
  asksApprover: z.boolean(),
  asksProviderSignIn: z.boolean(),
  asksPush: z.boolean(),
  asksRecoverySheet: z.boolean(),
  twoKindsWhenNew: z.boolean(),
  twoKindsForOwnMailbox: z.boolean(),
  channels: z
    .array(z.enum(['sms', 'email']))
    .min(1)
    .max(2),
  waitSeconds: whole(0, 3 * day),
})

const Caps = z
  .array(z.strictObject({ max: whole(1, 1_000_000), seconds: whole(minute, 90 * day) }))
  .min(1)
  .max(4)
export const CheckMode = z.enum(['live', 'shadow', 'off'])
export const Ask = z.enum(asks)
const CheckSetting = z.strictObject({
  mode: CheckMode.optional(),
  weight: tenths(0, 40).optional(),
  weights: z.record(z.string().max(40), Decibans).optional(),
  asks: Ask.optional(),
})
/** A value of `acr` or `amr`: a word or an address, without a space, since spaces part several. */
const SignInValue = z.string().regex(/^[\x21-\x7e]{1,120}$/)
const SignIn = z.strictObject({
  acrValues: z.array(SignInValue).max(10),
  phishingResistant: z
    .array(
      SignInValue.refine(
        (value) => !neverPhishingResistant.includes(value),
        'no method that can be phished, such as a password or a code',
      ),
    )
    .max(10),
  enrolPasskeys: z.boolean(),
})
const Limit = z.strictObject({ lo: tenths(-60, 0), hi: tenths(0, 60) })

type Ruled = {
  readonly rules: Readonly<
    Record<z.infer<typeof Purpose>, Readonly<Record<z.infer<typeof Tier>, z.infer<typeof Rule>>>>
  >
  readonly score: {
    readonly bands: { readonly low: number; readonly guarded: number; readonly elevated: number }
    readonly checks: Readonly<Record<string, z.infer<typeof CheckSetting>>>
  }
}

/** A lost second factor is the favourite way in: two kinds, never fewer than a password asks for, and a person decides (B15). */
const factorContradictions = ({
  mfa_reset: factors,
  password_reset: passwords,
}: Ruled['rules']): readonly (readonly [string, string])[] =>
  Tier.options.flatMap((tier) => {
    const { classesNeeded, deciders } = factors[tier]
    const isLow = classesNeeded < Math.max(2, passwords[tier].classesNeeded)
    return [
      ...(isLow
        ? [[`rules.mfa_reset.${tier}.classesNeeded`, 'two kinds, and no fewer than for a password'] as const]
        : []),
      ...(deciders === 'auto'
        ? [[`rules.mfa_reset.${tier}.deciders`, 'a person decides on second factors'] as const]
        : []),
    ]
  })

/** Contradictions between fields, which no single field shows. */
const contradictions = ({
  rules,
  score: { bands, checks },
}: Ruled): readonly (readonly [string, string])[] => [
  ...Object.entries(rules).flatMap(([purpose, { standard, privileged }]) => [
    ...(privileged.classesNeeded < 2
      ? [[`rules.${purpose}.privileged.classesNeeded`, 'privileged people need two kinds'] as const]
      : []),
    ...(privileged.deciders === 'auto'
      ? [[`rules.${purpose}.privileged.deciders`, 'a person decides on privileged people'] as const]
      : []),
    ...Object.entries({ standard, privileged })
      .filter(([, rule]) => rule.minAnswered > rule.maxAsked)
      .map(([tier]) => [`rules.${purpose}.${tier}.minAnswered`, 'at most as many as are asked'] as const),
  ]),
  ...factorContradictions(rules),
  ...(bands.low < bands.guarded && bands.guarded < bands.elevated
    ? []
    : [['score.bands.guarded', 'between the bands beside it'] as const]),
  ...Object.entries(checks)
    .filter(([code, setting]) => setting.asks !== undefined && !asksFor(code).includes(setting.asks))
    .map(([code]) => [`score.checks.${code}.asks`, 'answers alone refuse nobody'] as const),
]

/**
 * A whole policy. The bounds are what no policy may leave: evidence for everything (B4), six digits for ten
 * minutes and five tries (B6), grants of fifteen minutes (B1), and the like. `version` is the one it was made from.
 */
export const Policy = z
  .strictObject({
    version: whole(1, 1_000_000_000),
    rules: z.record(Purpose, z.record(Tier, Rule)),
    score: z.strictObject({
      bands: z.strictObject({ low: tenths(0, 9.9), guarded: tenths(0, 9.9), elevated: tenths(0, 9.9) }),
      caps: z.record(Category, Limit).optional(),
      moreEvidenceFrom: tenths(0, 10),
      escalateFrom: tenths(0, 10),
      onlyRecorded: z.partialRecord(z.enum(demands), z.boolean()).optional(),
      checks: z.record(z.string().regex(/^[A-Z]{3}_[A-Z0-9_]{2,40}$/), CheckSetting),
    }),
    limits: z.strictObject({
      sendsPerParticipant: Caps,
      sendsPerContact: Caps,
      sendsPerPrefix: Caps,
      sendsPerTenant: Caps,
      codeTriesPerCode: whole(1, 5),
      codeTriesPerParticipant: Caps,
      startsPerAgent: Caps,
      lookUpsPerAgent: Caps,
      searchesPerAgent: Caps,
      revealsPerAgent: Caps,
      questionSetsPerParticipant: Caps,
      questionedPeoplePerAgent: Caps,
      requestsPerApprover: Caps,
      approverRequestsPerCase: whole(1, 5),
      selfStartsPerPerson: Caps,
      selfStartsPerAddress: Caps,
      selfStartsPerTenant: Caps,
    }),
    contacts: z.strictObject({
      typedContacts: z.boolean(),
      changedWithinHours: whole(0, 24 * 60),
      smsCountries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(250),
      checkNumbers: z.boolean(),
      numbersNotAlone: z.array(z.enum(numberDoubts)).max(numberDoubts.length),
      numbersRefused: z.array(z.enum(numberDoubts)).max(numberDoubts.length),
    }),
    lifetimes: z.strictObject({
      smsLink: whole(minute, 60 * minute),
      emailLink: whole(minute, 60 * minute),
      matchCode: whole(minute, 10 * minute),
      portalIdle: whole(minute, 30 * minute),
      portalAbsolute: whole(5 * minute, 120 * minute),
      decisionWait: whole(5 * minute, 3 * day),
      approverAnswer: whole(minute, 15 * minute),
      grant: whole(minute, 15 * minute),
      reportLink: whole(3600, 14 * day),
      reportBlock: whole(minute, 7 * day),
      sheetRest: whole(3600, 30 * day),
      verification: whole(3600, 7 * day),
    }),
    reports: z.strictObject({ lockAccount: z.enum(lockings) }),
    signIn: SignIn,
    questions: z.strictObject({
      enabled: z.boolean(),
      families: z.record(z.enum(questionFamilies), z.boolean()),
      secondsPerQuestion: whole(20, 600),
      secondsInAll: whole(60, 3600),
      warningSeconds: whole(5, 120),
      enoughAt: tenths(0, 60),
      hopelessAt: tenths(-60, 0),
      minPeople: whole(1, 10_000),
      minTenureDays: whole(0, 3650),
      familyRestDays: whole(0, 3650),
      factRestDays: whole(0, 3650),
    }),
    labBanner: z.boolean(),
  })
  .superRefine((policy, context) => {
    for (const [path, message] of contradictions(policy))
      context.addIssue({ code: 'custom', path: path.split('.'), message })
  })
  .meta({ id: 'Policy' })
export type Policy = z.infer<typeof Policy>

type SameKeys<A, B> = [keyof A] extends [keyof B] ? ([keyof B] extends [keyof A] ? true : never) : never
type Section = 'score' | 'limits' | 'contacts' | 'lifetimes' | 'reports' | 'signIn' | 'questions'
/** Do not compile when a field of the domain's policy is missing here, or the other way round. */
const sections: { [S in Section]: SameKeys<Policy[S], DomainPolicy[S]> } = {
  score: true,
  limits: true,
  contacts: true,
  lifetimes: true,
  reports: true,
  signIn: true,
  questions: true,
}
const isWhole: [SameKeys<Policy, DomainPolicy>, SameKeys<z.infer<typeof Rule>, DomainRule>] = [true, true]
void [sections, isWhole]
