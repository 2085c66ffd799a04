import { describe, expect, it } from 'vitest'
import { attest, type StaffStatement } from '#platform/crypto/staff-attestation.ts'
import type { StaffAttestation } from '#workflows/messages.ts'
import { playToTwoApprovals, undecided } from '../testing/two-approvals.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()
type Play = Awaited<ReturnType<typeof playToTwoApprovals>>

describe('I6, G8: an insider with Temporal', () => {
  it('a decision that did not come by the API is refused, be it the first or the second', async () => {
    const play = await playToTwoApprovals(world)
    const forge = async (id: string) => {
      const screenHash = await play.portal.shown()
      return play.sendAsStranger({
        decision: 'approved',
        reason: 'x',
        actor: { kind: 'agent', id },
        screenHash,
      })
    }
    expect(await forge(play.of.agent.id)).toBe('not_permitted')
    await play.decide()
    expect(await forge(play.of.supervisor.id)).toBe('not_permitted')
    expect(await play.isUndecided()).toEqual(undecided)
  })

  it('the attestation that the API gave for a person, a case or a screen is good for no other', async () => {
    const [play, other] = [await playToTwoApprovals(world), await playToTwoApprovals(world)]
    await play.decide()
    const screenHash = await play.portal.shown()
    const { agent, supervisor } = play.of
    const wordOf = (byId: string, about: readonly string[], change: Partial<StaffStatement> = {}) =>
      attest(
        world.keys.api,
        { ...play.ref, act: 'approve', byId, operationId: 'this', about, ...change },
        new Date().toISOString(),
      )
    const by = async (id: string, attestation: StaffAttestation, to: Play = play) => {
      const said = { actor: { kind: 'agent', id }, screenHash: await to.portal.shown() } as const
      return to.sendAsStranger({ decision: 'approved', reason: 'x', ...said, attestation }, 'this')
    }
    const about = [screenHash, 'x']
    for (const attestation of [
      wordOf(agent.id, about),
      wordOf(supervisor.id, [screenHash, 'another reason']),
      wordOf(supervisor.id, ['00', 'x']),
      wordOf(supervisor.id, about, { act: 'refuse' }),
      wordOf(supervisor.id, about, { operationId: 'an earlier one' }),
      { ...wordOf(supervisor.id, about), steppedUpAt: null },
    ])
      expect(await by(supervisor.id, attestation)).toBe('not_permitted')
    expect(await by(other.of.agent.id, wordOf(other.of.agent.id, about), other)).toBe('not_permitted')
    for (const one of [play, other]) expect(await one.isUndecided()).toEqual(undecided)
  })
})
