import { isCapReached } from '#domain/policy/caps.ts'
import { ruleFor, type Policy } from '#domain/policy/policy.ts'
import type { PlanTools, QuestionPlan } from '#domain/questions/plan.ts'
import { listedDigests, preparePlan, renewOptionIds } from '#domain/questions/prepare.ts'
import { readAskedBefore, readDisclosures } from '#services/questions/blocks.ts'
import { entryContacts } from '#services/sending/deliveries.ts'
import { readContacts } from '#services/people/contacts.ts'
import { readPerson } from '#services/people/people.ts'
import {
  answeredPositions,
  countQuestionedPeople,
  countQuestionSets,
  readPlan,
} from '#services/questions/plans.ts'
import { readParticipantFacts } from '#services/questions/question-facts.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { CaseRef, Snapshot } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { planTools } from '../questions/plan-tools.ts'
import { readTenantFacts } from '../questions/tenant-facts.ts'
import { secondContactOf } from './second-contact.ts'

type PlanDeps = Pick<ActivityDeps, 'keys' | 'textTools' | 'factTools'>

/**
 * Chooses what is asked, in the transaction that accepts the match code and stores it. A verification that is resumed keeps its plan and
 * gets new option ids, since those belong to a portal session.
 */
export const choosePlan = async (
  deps: PlanDeps,
  tx: Tx,
  ref: CaseRef,
  snapshot: Snapshot,
  policy: Policy,
): Promise<QuestionPlan> => {
  const tools = planTools(deps, tx.tenantId)
  const [known, answered] = await Promise.all([
    readPlan(tx, deps.keys, ref.verificationId),
    answeredPositions(tx, ref.verificationId),
  ])
  if (known === undefined) return makePlan(deps, tx, ref, snapshot, policy, tools)
  const { plan } = known
  return plan.route === 'questions' ? renewOptionIds(plan, answered, tools.randomId) : plan
}

const makePlan = async (
  deps: PlanDeps,
  tx: Tx,
  ref: CaseRef,
  snapshot: Snapshot,
  policy: Policy,
  tools: PlanTools,
): Promise<QuestionPlan> => {
  const now = Date.now()
  const used = await entryContacts(tx, ref.verificationId)
  const contacts = (await readContacts(tx, deps.keys, ref.personId)).filter(({ id }) => !used.has(id))
  const first = contacts.find((contact) => contact.id === snapshot.contactId)
  const { purpose, tier } = ref
  const person = await readPerson(tx, ref.personId)
  const second = first && secondContactOf(deps, { policy, purpose, tier, person, first, contacts, now })
  const facts = await readParticipantFacts(tx, ref.personId)
  if (facts === undefined) {
    return { route: second ? 'second_contact' : 'none', reason: 'too_few_sources' }
  }
  // A policy that asks nothing wants nothing in their place either.
  if (!policy.questions.enabled) return { route: 'none', reason: 'switched_off' }
  const caps = policy.limits.questionSetsPerParticipant
  const agentCaps = policy.limits.questionedPeoplePerAgent
  const asked = { purpose, facts, tenant: await readTenantFacts(deps, tx), now }
  return preparePlan(
    {
      ...asked,
      verificationId: ref.verificationId,
      settings: policy.questions,
      rule: ruleFor(policy, ref.purpose, ref.tier),
      askedBefore: await readAskedBefore(tx, ref.personId),
      disclosures: await readDisclosures(tx, listedDigests(asked, tools)),
      isLimitReached: isCapReached(caps, await countQuestionSets(tx, ref.personId, caps)),
      isAgentLimitReached: isCapReached(
        agentCaps,
        await countQuestionedPeople(tx, ref.verificationId, agentCaps),
      ),
      hasSecondContact: second !== undefined,
    },
    tools,
  )
}
