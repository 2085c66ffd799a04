/** Counting who is a thin file in a large organisation, as the worker does each hour and twice for a preview. */
import { performance } from 'node:perf_hooks'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { ruleFor } from '#domain/policy/policy.ts'
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import { cellFamilies, cutFamily, tenantFacts } from '#domain/questions/facts.ts'
import { createPeople } from '#domain/questions/testing/tenants.ts'
import { createThinCounter, type ThinCounts } from '#domain/questions/thin.ts'
import { now } from '#domain/risk/testing/facts.ts'
import { createTools } from '../judgement/world.ts'

/** People counted before other work of the process gets its turn (activities/sources/count-thin.ts). */
const atOnce = 20

/** Seconds of each round for everybody, and the longest stretch without a rest, milliseconds. */
export const countThinFiles = (people: number, rounds: number) => {
  const organisation = createPeople(people, now)
  const tools = createTools('key of this bench')
  const rows = organisation.flatMap((person) => factRowsOf(person, tools))
  const blocks = cellFamilies.flatMap((family) => cutFamily(rows, family, '2026-Q4', tools).blocks)
  const policy = defaultPolicy()
  const purpose = 'password_reset'
  let longestMs = 0
  const round = (): ThinCounts => {
    const counter = createThinCounter(
      {
        tenant: tenantFacts(rows, blocks),
        settings: policy.questions,
        ruleOf: (tier) => ruleFor(policy, purpose, tier),
        purpose,
        now,
      },
      tools,
    )
    for (let at = 0; at < organisation.length; at += atOnce) {
      const started = performance.now()
      for (const facts of organisation.slice(at, at + atOnce)) counter.add(facts, 'standard')
      longestMs = Math.max(longestMs, performance.now() - started)
    }
    return counter.counts()
  }
  const seconds = Array.from({ length: rounds }, () => {
    const started = performance.now()
    const counted = round()
    if (counted.people !== people || counted.askable === 0) throw new Error('nobody was counted')
    return (performance.now() - started) / 1000
  })
  return { seconds, longestMs }
}
