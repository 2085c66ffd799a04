import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { seeded, type Random } from '#domain/risk/testing/random.ts'
import type { Answer } from '../testing/http.ts'
import { testPlan } from '../testing/plan.ts'
import { events, type Visit } from '../testing/visit.ts'
import { usePortal } from '../testing/use-test-api.ts'

const { api, enter } = usePortal()

/** Ends every connection that the API has at this moment, whatever it is in the middle of. */
const kill = () =>
  api.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename like 'countersign_api%' and pid <> pg_backend_pid()`,
  )

/** Longest until the connections end, milliseconds: some end before the request has begun, some after its commit. */
const mostDelayMs = 40

/** Sends until it is answered; most tries meet a database that ends their connections under way. */
const insist = async (send: () => Promise<Answer>, random: Random): Promise<Answer> => {
  for (let tries = 0; tries < 60; tries += 1) {
    const hit = random.chance(0.7)
    const [answer] = await Promise.all([send(), hit ? sleep(random.int(0, mostDelayMs)).then(kill) : null])
    if (answer.status < 500) return answer
  }
  throw new Error('sixty tries were not enough')
}

const familyOf = (answer: Answer): string | null => {
  if (answer.json.step === undefined)
    throw new Error(`no step: ${String(answer.status)} ${JSON.stringify(answer.json)}`)
  const step = answer.json.step as { readonly kind: string; readonly text?: { readonly key: string } }
  return step.kind === 'question' ? (step.text?.key.split('.')[1] ?? null) : null
}

/** Plays a visit to its end while connections die; the families whose lists its browser was sent, each once. */
const playUnderFire = async (visit: Visit, random: Random): Promise<readonly string[]> => {
  const served = new Set<string>()
  let answer = await insist(() => visit.checks(), random)
  for (let family = familyOf(answer); family !== null; family = familyOf(answer)) {
    served.add(family)
    const position = answer.json.step.position as number
    const isTyped = answer.json.step.ask.form === 'typed'
    answer = await insist(
      () => (isTyped ? visit.type(position, 'K7Q2') : visit.choose(position, `${family ?? ''}-c`)),
      random,
    )
  }
  return [...served]
}

describe('lists shown', () => {
  it('questions 17: are as many as were logged, whenever the database ends the connection', async () => {
    const random = seeded(17)
    let failed = 0
    const errors = api.lines.length
    for (let round = 0; round < 8; round += 1) {
      const visit = await enter()
      const served = await playUnderFire(visit, random)
      const rows = await api.owner.query<{ family: string }>(
        'select family from disclosures where verification_id = $1 order by id',
        [visit.verificationId],
      )
      const logged = rows.map(({ family }) => family)
      expect(logged).toEqual([...new Set(logged)])
      expect([...logged].sort()).toEqual([...served].sort())
      const shown = (await events(api, visit.verificationId)).filter((type) => type === 'question.shown')
      expect(shown).toHaveLength(logged.length)
    }
    failed = api.lines.slice(errors).filter((line) => line.includes('"status":50')).length
    // Without requests that died under way the test would show nothing.
    expect(failed).toBeGreaterThan(5)
  })

  it('questions 9: have the length of every other list, and of a question without one', async () => {
    const plan = testPlan()
    const wordy = plan.questions.map((question) =>
      question.ask.form === 'choice'
        ? {
            ...question,
            ask: {
              ...question.ask,
              options: question.ask.options.map((option) => ({
                ...option,
                label: { kind: 'text' as const, text: 'Ä'.repeat(60) },
              })),
            },
          }
        : question,
    )
    const lengths = new Set<number>()
    for (const questions of [plan.questions, wordy]) {
      api.verifications.plan = { ...plan, questions }
      const visit = await enter()
      const first = await visit.checks()
      const second = await visit.choose(1, 'manager-c')
      const third = await visit.choose(2, 'device_model-c')
      for (const { text, json } of [first, second, third]) {
        expect(json.step.kind).toBe('question')
        lengths.add(Buffer.byteLength(text))
      }
    }
    expect([...lengths]).toEqual([2_048])
  })
})
