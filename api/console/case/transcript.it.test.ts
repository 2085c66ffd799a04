import { describe, expect, it } from 'vitest'
import { callConsole, signIn } from '../../testing/test-api.ts'
import { usePortal } from '../../testing/use-test-api.ts'

const portal = usePortal()
const { api, enter } = portal

const read = async (verificationId: string) => {
  const supervisor = await signIn(api, portal.tenantId, 'supervisor')
  return (await callConsole(api, supervisor, `/api/console/verifications/${verificationId}/transcript`)).json
    .entries
}

describe('the transcript of a case', () => {
  it('says what was asked and answered: the option as it was shown, what was typed, and what was left out', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.choose(1, 'manager-b')
    await visit.skip(2)
    await visit.choose(4, 'ticket_category-c')
    await visit.type(3, 'k7 q2')
    expect(await read(visit.verificationId)).toMatchObject([
      {
        ...{ position: 1, family: 'manager', verdict: 'incorrect', timedOut: false },
        prompt: { key: 'question.manager.choice', slots: {} },
        reply: { kind: 'text', text: 'Option b' },
      },
      {
        ...{ position: 2, family: 'device_model', verdict: 'skipped' },
        prompt: { key: 'question.device_model.choice', slots: { device: 'laptop' } },
        reply: null,
      },
      {
        ...{ position: 3, family: 'asset_tag', verdict: 'correct' },
        prompt: { key: 'question.asset_tag.typed', slots: { device: 'laptop', characters: 4 } },
        reply: { kind: 'text', text: 'k7 q2' },
      },
      { position: 4, family: 'ticket_category', verdict: 'correct', reply: { text: 'Option c' } },
    ])
  })

  it('keeps what was typed where the plan is gone, without the question', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.choose(1, 'manager-c')
    await visit.choose(2, 'device_model-c')
    await visit.type(3, 'K7Q2')
    await api.owner.run('delete from plans where verification_id = $1', [visit.verificationId])
    const unknown = { prompt: { key: 'question.unknown', slots: {} } }
    expect(await read(visit.verificationId)).toMatchObject([
      { ...unknown, reply: null },
      { ...unknown, reply: null },
      { ...unknown, reply: { kind: 'text', text: 'K7Q2' } },
    ])
  })
})
