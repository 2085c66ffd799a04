import { isCapReached } from '#domain/policy/caps.ts'
import { ruleFor } from '#domain/policy/policy.ts'
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import { cellFamilies, tenantFacts } from '#domain/questions/facts.ts'
import type { ParticipantFacts } from '#domain/questions/participant-facts.ts'
import { listedDigests, preparePlan } from '#domain/questions/prepare.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { decoyDigest } from '#platform/crypto/sealing.ts'
import type { Db } from '#platform/database/connect.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import { readAskedBefore, readBlocks, readDisclosures } from '#services/questions/blocks.ts'
import { countQuestionSets } from '#services/questions/plans.ts'
import { readAllFacts } from '#services/questions/question-facts.ts'
import { currentPolicy } from '#services/policy/policies.ts'

/** The people of a demo organisation, those who could be asked in a case that begins now, and the lists of each family. */
export type Askable = {
  readonly people: number
  readonly askable: number
  readonly lists: Readonly<Record<string, number>>
}

/** Counts as the worker plans, with everything that the past of the demo asked. */
export const countAskable = (db: Db, keys: KeyRing, tenantId: string): Promise<Askable> => {
  const tools = { ...textTools, hmac: decoyDigest(keys, tenantId), randomId: () => 'option' }
  return inTenant(db, tenantId, async (tx) => {
    const all = await readAllFacts(tx)
    const blocks = await readBlocks(tx, keys)
    const rows = all.flatMap((facts) => factRowsOf(facts, tools))
    const tenant = tenantFacts(rows, blocks)
    const policy = await currentPolicy(tx)
    const caps = policy.limits.questionSetsPerParticipant
    const now = Date.now()
    const isAskable = async (facts: ParticipantFacts): Promise<boolean> => {
      const asked = { purpose: 'password_reset', facts, tenant, now } as const
      const plan = preparePlan(
        {
          ...asked,
          verificationId: facts.participantId,
          settings: policy.questions,
          rule: ruleFor(policy, 'password_reset', 'standard'),
          askedBefore: await readAskedBefore(tx, facts.participantId),
          disclosures: await readDisclosures(tx, listedDigests(asked, tools)),
          isLimitReached: isCapReached(caps, await countQuestionSets(tx, facts.participantId, caps)),
          hasSecondContact: true,
        },
        tools,
      )
      return plan.route === 'questions'
    }
    let askable = 0
    for (const facts of all) if (await isAskable(facts)) askable += 1
    const lists = cellFamilies.map((family) => [family, blocks.filter((one) => one.family === family).length])
    return { people: all.length, askable, lists: Object.fromEntries(lists) as Askable['lists'] }
  })
}
