import { describe, expect, it } from 'vitest'
import type { Answer } from '../testing/http.ts'
import { completions, events, stored, type Visit } from '../testing/visit.ts'
import { usePortal } from '../testing/use-test-api.ts'

const { api, enter } = usePortal()

describe('questions', () => {
  it('are shown one by one, graded here, and end with one signal', async () => {
    const visit = await enter()
    const first = await visit.checks()
    expect(first.json.step).toMatchObject({
      kind: 'question',
      position: 1,
      number: 1,
      askedOf: 6,
      text: { key: 'question.manager.choice' },
    })
    const second = await visit.choose(1, 'manager-c')
    expect(second.json.step).toMatchObject({ position: 2, number: 2 })
    const third = await visit.choose(2, 'device_model-a')
    expect(third.json.step).toMatchObject({
      position: 3,
      ask: { form: 'typed', field: { kind: 'characters', length: 4 } },
    })
    const end = await visit.type(3, 'k7 q2')
    expect(end.json.step).toMatchObject({ kind: 'waiting', for: 'score' })
    expect(await stored(api, visit.verificationId)).toEqual([
      { position: 1, verdict: 'correct', timed_out: false, extensions: 0 },
      { position: 2, verdict: 'incorrect', timed_out: false, extensions: 0 },
      { position: 3, verdict: 'correct', timed_out: false, extensions: 0 },
    ])
    expect(completions(api, visit.verificationId)).toHaveLength(1)
    expect(await events(api, visit.verificationId)).toEqual([
      'checks.received',
      'question.shown',
      'answer.stored',
      'question.shown',
      'answer.stored',
      'question.shown',
      'answer.stored',
      'answers.completed',
    ])
  })

  it('questions 10: never send the key, the spare, a digest or the block; options carry random ids only', async () => {
    const visit = await enter()
    const { text, json } = await visit.checks()
    expect(Object.keys(json.step).sort()).toEqual([
      'ask',
      'askedOf',
      'kind',
      'number',
      'position',
      'progress',
      'secondsLeft',
      'text',
    ])
    for (const secret of [
      'correct',
      'canary',
      'digest',
      'block',
      'points',
      'truth',
      'K7Q2',
      'ticket_category',
    ])
      expect(text).not.toContain(secret)
  })

  it('right and wrong look alike: same status, same shape, at least the floor of 20 ms', async () => {
    const right = await enter()
    const wrong = await enter()
    await right.checks()
    await wrong.checks()
    const timed = async (call: Promise<Answer>) => {
      const begun = performance.now()
      return { answer: await call, ms: performance.now() - begun }
    }
    const a = await timed(right.choose(1, 'manager-c'))
    const b = await timed(wrong.choose(1, 'manager-a'))
    const shape = ({ answer: { status, json } }: typeof a) => ({
      status,
      step: { ...json.step, secondsLeft: 0 },
    })
    expect(shape(a)).toEqual(shape(b))
    expect(Math.min(a.ms, b.ms)).toBeGreaterThanOrEqual(19)
  })

  it('3.0 rule 5: no question is answered twice, not even at the same time', async () => {
    const visit = await enter()
    await visit.checks()
    const both = await Promise.all([
      visit.choose(1, 'manager-a'),
      visit.choose(1, 'manager-c'),
      visit.choose(1, 'manager-b'),
    ])
    expect(both.every(({ status }) => status === 200)).toBe(true)
    expect(await stored(api, visit.verificationId)).toHaveLength(1)
    const before = await stored(api, visit.verificationId)
    expect((await visit.choose(1, 'manager-c')).json.step.position).toBe(2)
    expect((await visit.choose(3, 'manager-c')).json.step.position).toBe(2)
    expect(await stored(api, visit.verificationId)).toEqual(before)
  })

  it('the last answer, sent again because its reply was lost, changes nothing and gets the step, as every other does', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.choose(1, 'manager-c')
    await visit.choose(2, 'device_model-c')
    const end = await visit.type(3, 'K7Q2')
    const before = await stored(api, visit.verificationId)
    const late = [
      await visit.type(3, 'K7Q2'),
      await visit.type(3, 'Z9Z9'),
      await visit.post('more-time', { position: 3 }),
    ]
    for (const { status, json } of late)
      expect({ status, step: json.step }).toEqual({ status: 200, step: end.json.step })
    expect(await stored(api, visit.verificationId)).toEqual(before)
    expect(completions(api, visit.verificationId)).toHaveLength(1)
  })

  it('an answer before any question is refused', async () => {
    const visit = await enter()
    expect(await visit.choose(1, 'manager-c')).toMatchObject({ status: 409, json: { code: 'step_over' } })
  })

  it('questions 15: a reload resumes at the same question with the time left', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.choose(1, 'manager-c')
    await api.owner.run(
      `update plans set deadline_at = now() + interval '42 seconds' where verification_id = $1`,
      [visit.verificationId],
    )
    const again = await visit.step()
    expect(again.json.step.position).toBe(2)
    expect(again.json.step.secondsLeft).toBeLessThanOrEqual(42)
    expect(again.json.step.secondsLeft).toBeGreaterThanOrEqual(await secondsLeftOf(visit))
  })

  /** The time that is left by the database's clock, whole seconds; never more than at the last look. */
  const secondsLeftOf = async (visit: Visit): Promise<number> => {
    const row = await api.owner.one<{ left: number }>(
      'select floor(extract(epoch from deadline_at - now()))::integer as left from plans where verification_id = $1',
      [visit.verificationId],
    )
    return row?.left ?? Infinity
  }

  it('questions 15: the server’s clock is the true one: a late reply counts as skipped, whatever it says', async () => {
    const visit = await enter()
    await visit.checks()
    await api.owner.run(
      `update plans set shown_at = now() - interval '121 seconds', deadline_at = now() - interval '1 second' where verification_id = $1`,
      [visit.verificationId],
    )
    const next = await visit.choose(1, 'manager-c')
    expect(next.json.step).toMatchObject({ kind: 'question', position: 4 })
    expect(await stored(api, visit.verificationId)).toEqual([
      { position: 1, verdict: 'skipped', timed_out: true, extensions: 0 },
    ])
  })

  it('questions 15: a question that ran out while nobody looked is passed over by the next visit', async () => {
    const visit = await enter()
    await visit.checks()
    await api.owner.run(
      `update plans set deadline_at = now() - interval '1 second' where verification_id = $1`,
      [visit.verificationId],
    )
    expect((await visit.step()).json.step.position).toBe(4)
  })

  it('questions 15: one verdict, whichever comes first: the end of the time, the answer, a reload or more time', async () => {
    for (let round = 0; round < 4; round += 1) {
      const visit = await enter()
      await visit.checks()
      await api.owner.run(
        `update plans set deadline_at = now() + make_interval(secs => $2) where verification_id = $1`,
        [visit.verificationId, round % 2 === 0 ? -1 : 0.02],
      )
      const replies = await Promise.all([
        visit.choose(1, 'manager-c'),
        visit.step(),
        visit.post('more-time', { position: 1 }),
        visit.choose(1, 'manager-a'),
        visit.step(),
      ])
      expect(replies.every(({ status }) => status < 500)).toBe(true)
      const first = (await stored(api, visit.verificationId)).filter((row) => row['position'] === 1)
      expect(first).toHaveLength(1)
      const shown = (await events(api, visit.verificationId)).filter((type) => type === 'question.shown')
      expect(shown).toHaveLength(2)
    }
  })

  it('questions 15: "more time" adds two minutes while the question is open, as often as asked', async () => {
    const visit = await enter()
    await visit.checks()
    const more = await visit.post('more-time', { position: 1 })
    expect(more.json.step.secondsLeft).toBeLessThanOrEqual(240)
    expect(more.json.step.secondsLeft).toBeGreaterThanOrEqual(await secondsLeftOf(visit))
    expect(await secondsLeftOf(visit)).toBeGreaterThan(120)
    await visit.post('more-time', { position: 1 })
    expect((await visit.post('more-time', { position: 2 })).json.code).toBe('question_over')
    await visit.choose(1, 'manager-c')
    expect(await stored(api, visit.verificationId)).toMatchObject([{ extensions: 2 }])
  })

  it('the first "I don’t know" brings the spare, the third ends the questions', async () => {
    const visit = await enter()
    await visit.checks()
    expect((await visit.skip(1)).json.step.position).toBe(4)
    expect((await visit.skip(4)).json.step.position).toBe(2)
    expect((await visit.skip(2)).json.step.kind).toBe('waiting')
    expect(completions(api, visit.verificationId)).toHaveLength(1)
  })

  it('E1: replies are sealed at rest', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.choose(1, 'manager-c')
    await visit.choose(2, 'device_model-c')
    await visit.type(3, 'ZZ99PLAIN')
    const rows = await api.owner.query(
      'select a::text as text, encode(reply_sealed, $2) as sealed from answers a where verification_id = $1',
      [visit.verificationId, 'escape'],
    )
    expect(JSON.stringify(rows)).not.toMatch(/ZZ99PLAIN|manager-c/)
  })

  it('questions 17: every list shown is logged in the transaction that shows it', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.choose(1, 'manager-c')
    const rows = await api.owner.query(
      'select family, block_id, value_count from disclosures where verification_id = $1 order by id',
      [visit.verificationId],
    )
    expect(rows).toEqual([
      { family: 'manager', block_id: 'block-1', value_count: 5 },
      { family: 'device_model', block_id: 'block-2', value_count: 5 },
    ])
  })

  it('a lost completion is sent again by a later request', async () => {
    const visit = await enter()
    await visit.checks()
    for (const position of [1, 4]) await visit.skip(position)
    api.verifications.answers.answersCompleted = () => ({ kind: 'unavailable' })
    await visit.skip(2)
    api.verifications.answers = {}
    await api.owner.run(
      `update plans set completed_at = now() - interval '11 seconds' where verification_id = $1`,
      [visit.verificationId],
    )
    expect(completions(api, visit.verificationId)).toHaveLength(1)
    const later = performance.now
    performance.now = () => later.call(performance) + 11_000
    try {
      await visit.step()
    } finally {
      performance.now = later
    }
    expect(completions(api, visit.verificationId)).toHaveLength(2)
  })
})
