import { beforeEach, describe, expect, it } from 'vitest'
import { openPlay } from '../testing/play.ts'
import { playToTwoApprovals } from '../testing/two-approvals.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { createRecordDecision } from '../verification/record-decision.ts'
import type { Privilege } from '../directory/port.ts'

/** The directory's answer about anybody, or its silence. */
const directory: { says: () => Promise<Privilege> } = { says: () => Promise.resolve({ kind: 'standard' }) }
const world = useTestWorld((own) => ({
  ...own,
  recordDecision: (input) =>
    createRecordDecision({
      ...world.deps,
      openDirectory: (...where) => ({
        ...world.deps.openDirectory(...where),
        privilegeOf: () => directory.says(),
      }),
    })(input),
}))
beforeEach(() => {
  directory.says = () => Promise.resolve({ kind: 'standard' })
})

const waiting = async () => {
  const play = await openPlay(world)
  await play.typeCode()
  await play.complete()
  return play
}
type Play = Awaited<ReturnType<typeof waiting>>

const refusalOf = async (play: Play) => {
  const reply = await play.decide()
  return reply.kind === 'answered' ? reply.value.refusal : reply.kind
}
const told = async (play: Play) =>
  (
    await play.rows(
      `select payload ->> 'privilege' as privilege from audit where object_id = $1::text and type = 'privilege.found'
       order by seq`,
    )
  ).map(({ privilege }) => privilege)
const grants = (play: Play) => play.rows('select id from grants where verification_id = $1')

describe('D2: the worker asks the directory for the privilege at each approval', () => {
  it('one who is privileged there by now needs what the privileged need, whatever our own row says', async () => {
    const play = await waiting()
    directory.says = () => Promise.resolve({ kind: 'privileged', through: ['Domain Admins'] })
    expect(await refusalOf(play)).toBe('privilege_differs')
    expect(await refusalOf(play)).toBe('evidence_missing')
    expect(await told(play)).toEqual(['privileged'])
    expect(await play.row()).toMatchObject({ state: 'awaiting_decision', outcome: null })
    expect(await grants(play)).toEqual([])
  })

  it.each([
    ['says that it does not know', () => Promise.resolve({ kind: 'unknown' } as const)],
    ['fails', () => Promise.reject(new Error('down'))],
    ['never answers', () => new Promise<never>(() => undefined)],
  ])(
    'nobody who approves is kept waiting by a directory that %s: it counts as privileged',
    async (_, says) => {
      const play = await waiting()
      directory.says = says
      expect(await refusalOf(play)).toBe('privilege_differs')
      expect(await refusalOf(play)).toBe('evidence_missing')
      expect(await told(play)).toEqual(['unread'])
      directory.says = () => Promise.resolve({ kind: 'standard' })
      expect(await refusalOf(play)).toBe('privilege_differs')
      expect(await refusalOf(play)).toBeNull()
      expect(await told(play)).toEqual(['unread', 'standard'])
    },
  )

  it.each([
    ['says the same', () => Promise.resolve({ kind: 'privileged', through: ['Domain Admins'] } as const)],
    ['does not know', () => Promise.resolve({ kind: 'unknown' } as const)],
  ])(
    'D5: a case that began as that of a privileged person loses no approval to a directory that %s',
    async (_, says) => {
      directory.says = says
      const play = await playToTwoApprovals(world)
      expect(await play.decide()).toMatchObject({ value: { refusal: null, decision: null } })
      expect(await play.decide('approved', play.of.supervisor.id)).toMatchObject({
        value: { refusal: null, outcome: 'passed' },
      })
      expect(await play.row()).toMatchObject({ second_by: play.of.supervisor.id, privilege_found: null })
      expect(
        await play.rows("select from audit where object_id = $1::text and type = 'privilege.found'"),
      ).toEqual([])
    },
  )

  it('D4: a screen that was shown before the directory spoke approves nothing afterwards', async () => {
    const play = await waiting()
    const before = await play.portal.shown()
    directory.says = () => Promise.resolve({ kind: 'privileged', through: ['Domain Admins'] })
    await play.decide('approved', play.of.agent.id, before)
    expect(await play.decide('approved', play.of.agent.id, before)).toMatchObject({
      value: { refusal: 'state_does_not_allow' },
    })
  })

  it('a directory that has no groups leaves it to our own row; a refusal asks nobody', async () => {
    const play = await waiting()
    directory.says = () => Promise.resolve({ kind: 'not_offered' })
    expect(await refusalOf(play)).toBeNull()
    const other = await waiting()
    directory.says = () => Promise.resolve({ kind: 'unknown' })
    expect(await other.decide('refused')).toMatchObject({ value: { refusal: null, outcome: 'failed' } })
    expect(await told(other)).toEqual([])
  })
})
