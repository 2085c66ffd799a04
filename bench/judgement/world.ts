/** A generated organisation with its published lists: what questions are made of. */
import { createHmac } from 'node:crypto'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import { cellFamilies, cutFamily, tenantFacts, type TenantFacts } from '#domain/questions/facts.ts'
import type { ParticipantFacts } from '#domain/questions/participant-facts.ts'
import { preparePlan } from '#domain/questions/prepare.ts'
import type { PlanTools, QuestionPlan } from '#domain/questions/plan.ts'
import { createPeople } from '#domain/questions/testing/tenants.ts'
import { now } from '#domain/risk/testing/facts.ts'
import { textTools } from '#platform/facts/text-folding.ts'

export const policy = defaultPolicy()

/** People of the organisation, and how a question plan is made for one of them. */
export type World = {
  readonly people: readonly ParticipantFacts[]
  readonly tools: PlanTools
  /** The plan of one person; the same for the same person and verification. */
  planFor(person: ParticipantFacts, verificationId: string, hasSecondContact: boolean): QuestionPlan
}

/** Real text tools under a key of this run. */
export const createTools = (key: string): PlanTools => {
  let ids = 0
  return {
    ...textTools,
    hmac: (...parts) => {
      const mac = createHmac('sha256', key)
      for (const part of parts) mac.update(`${String(part.length)}:${part}`)
      return mac.digest('hex')
    },
    randomId: () => `option-${String((ids += 1))}`,
  }
}

/** Counts an organisation and cuts its lists. */
export const countTenant = (people: readonly ParticipantFacts[], tools: PlanTools): TenantFacts => {
  const rows = people.flatMap((person) => factRowsOf(person, tools))
  const blocks = cellFamilies.flatMap((family) => cutFamily(rows, family, '2026-Q4', tools).blocks)
  return tenantFacts(rows, blocks)
}

/** Six hundred people, as in the simulations of the design. */
export const createWorld = (size: number): World => {
  const people = createPeople(size, now)
  const tools = createTools('key of this bench')
  const tenant = countTenant(people, tools)
  const { minAnswered, maxAsked } = policy.rules.password_reset.standard
  return {
    people,
    tools,
    planFor: (facts, verificationId, hasSecondContact) =>
      preparePlan(
        {
          verificationId,
          purpose: 'password_reset',
          facts,
          tenant,
          settings: policy.questions,
          rule: { minAnswered, maxAsked },
          askedBefore: [],
          disclosures: [],
          isLimitReached: false,
          hasSecondContact,
          now,
        },
        tools,
      ),
  }
}
