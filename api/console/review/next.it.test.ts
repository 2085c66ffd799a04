import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { isSampled } from '#domain/risk/calibration/audit.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { insertRow, makePerson, makeVerification } from '#platform/database/testing/factories.ts'
import { addPerson, addTenant, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, agent, supervisor } = useDesk({ agent: 'agent', supervisor: 'supervisor' })

const minute = 60_000
let age = 10 * 24 * 60

/** A decided case that is in the sample, or is not; each is younger than the one before. */
const decided = async (
  row: Readonly<Record<string, unknown>> = {},
  { isDrawn = true, tenantId = agent.tenantId } = {},
) => {
  age -= 1
  const startedAt = Date.now() - age * minute
  const outcome = row['outcome'] === 'failed' ? 'failed' : 'passed'
  let id = randomUUID()
  while (isSampled({ id, startedAt, outcome }) !== isDrawn) id = randomUUID()
  const person = await addPerson(api, tenantId)
  await makeVerification(api.owner, person.phone, {
    ...{ id, outcome, state: 'closed', decision: 'approved', risk_tenths: 84, band: 'high' },
    ...{ created_at: new Date(startedAt), scored_at: new Date(startedAt + minute) },
    ...{ closed_at: new Date(startedAt + 2 * minute), recommendation: 'approve', ...row },
  })
  return { id, startedAt, person }
}
const review = async (who: SignedIn) => (await callConsole(api, who, '/api/console/review')).json
const label = (who: SignedIn, id: string, body: object, key: string = randomUUID()) =>
  callConsole(api, who, `/api/console/verifications/${id}/labels`, {
    body: { reason: 'the answers fit', basis: 'review', ...body },
    key,
  })
const labelsOf = (id: string) =>
  api.owner.query('select label, basis from labels where verification_id = $1', [id])
/** Everything that waits for somebody, labelled as unsure until nothing does. */
const drain = async (who: SignedIn): Promise<readonly string[]> => {
  const seen: string[] = []
  for (let { next } = await review(who); next !== null; { next } = await review(who)) {
    seen.push(next.row.id)
    expect((await label(who, next.row.id, { label: 'unsure' })).status).toBe(200)
  }
  return seen
}

beforeEach(async () => {
  for (const who of [supervisor, agent]) await drain(who)
})

describe('the second look at decided cases', () => {
  it('shows the sample, the oldest first, and neither score nor how it ended', async () => {
    const first = await decided({ outcome: 'failed', decision: 'refused' })
    const second = await decided()
    await decided({}, { isDrawn: false })
    const object = { kind: 'verification', id: first.id } as const
    await inTenant(api.worker, agent.tenantId, (tx) =>
      recordEvents(tx, { kind: 'system', id: 'worker' }, first.id, [
        { type: 'link.sent', object, payload: { ordinal: 1, delivery: 'accepted' } },
        { type: 'verification.scored', object, payload: { ordinal: 1, riskTenths: 84, band: 'high' } },
        { type: 'verification.decided', object, payload: { decision: 'refused' } },
      ]),
    )
    const shown = await callConsole(api, supervisor, '/api/console/review')
    expect(shown.json).toMatchObject({ waiting: 2, next: { row: { id: first.id } } })
    expect(shown.json.next.timeline.map(({ event: { key } }: { event: { key: string } }) => key)).toEqual([
      'event.link.sent',
      'event.verification.scored',
    ])
    for (const hidden of ['high', 'failed', 'refused', 'recommendation', 'outcome', 'checks'])
      expect(shown.text).not.toContain(hidden)
    // The score as a number of its own: its two digits stand in random ids too.
    expect(shown.text).not.toMatch(/(?<![\w.:-])(84|8\.4)(?![\w.:-])/)
    expect(await drain(supervisor)).toEqual([first.id, second.id])
  })

  it('keeps the basis of a label, and calls a genuine participant who was refused a false refusal', async () => {
    const [refused, passed] = [await decided({ outcome: 'failed', decision: 'refused' }), await decided()]
    const key = randomUUID()
    for (let times = 0; times < 2; times += 1)
      expect((await label(supervisor, refused.id, { label: 'genuine' }, key)).status).toBe(200)
    expect((await label(supervisor, passed.id, { label: 'genuine' })).status).toBe(200)
    expect(await labelsOf(refused.id)).toEqual([{ label: 'false_refusal', basis: 'review' }])
    expect(await labelsOf(passed.id)).toEqual([{ label: 'genuine', basis: 'review' }])
    // It has its label: nobody is asked again, and nobody else can call a second one unseen.
    expect((await label(agent, passed.id, { label: 'suspicious' })).status).toBe(403)
  })

  it('takes no label as unseen of a case that nobody was asked about', async () => {
    const open = await decided({}, { isDrawn: false })
    expect((await label(supervisor, open.id, { label: 'genuine' })).status).toBe(403)
    expect(await labelsOf(open.id)).toEqual([])
    expect((await label(supervisor, open.id, { label: 'genuine', basis: 'outside' })).status).toBe(200)
  })

  it('asks nobody about a case that they started or decided, that is their own, or of another organisation', async () => {
    const started = await decided({ referrer_id: supervisor.staffId })
    const theirs = await decided({ decided_by_id: supervisor.staffId, decided_by_kind: 'agent' })
    const exercise = await decided()
    await insertRow(api.owner, 'exercises', {
      ...{ tenant_id: agent.tenantId, id: randomUUID(), verification_id: exercise.id, is_exercise: true },
      ...{ reason: 'red team', by_id: agent.staffId, by_name: 'A' },
    })
    const other = await addTenant(api)
    await decided({}, { tenantId: other.id })
    expect(await drain(supervisor)).toEqual([])
    for (const { id } of [started, theirs])
      expect((await label(supervisor, id, { label: 'genuine' })).status).toBe(403)
    expect(await drain(agent)).toEqual([started.id, theirs.id])
  })

  it('shows agents no device, as on the panel', async () => {
    const { id } = await decided()
    expect((await review(agent)).next).toMatchObject({ row: { id }, device: null })
    await drain(agent)
  })

  it('asks a reader’s own line about nothing (D7)', async () => {
    const boss = await makePerson(api.owner, agent.tenantId)
    const reader = await signIn(api, agent.tenantId, 'supervisor', { person_id: boss.id })
    const { id, person } = await decided()
    await api.owner.run('update people set manager_id = $2 where id = $1', [person.id, boss.id])
    expect((await review(reader)).next).toBeNull()
    expect((await label(reader, id, { label: 'genuine' })).status).not.toBe(200)
  })
})
