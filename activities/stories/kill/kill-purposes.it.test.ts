import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { gapsOf } from '../../testing/gaps.ts'
import {
  completeAndDecide,
  startWorkers,
  typeCode,
  useMortalScenes,
  type Scene,
} from '../../testing/mortal-scene.ts'
import { plainPolicy } from '../../testing/play.ts'
import { until } from '../../testing/until.ts'

const openScene = useMortalScenes()

/** One kind of evidence, so that the story is short. */
const oneKind = (policy: Policy): Policy => {
  const plain = plainPolicy(policy)
  const { standard } = plain.rules.password_reset
  return { ...plain, rules: { ...plain.rules, mfa_reset: { ...plain.rules.mfa_reset, standard } } }
}

const writesOf = (scene: Scene) =>
  scene.owner.one<Record<string, unknown>>(
    `select a.version::integer, (select count(*)::integer from intents i where i.verification_id = $2) as intents,
       (select count(*)::integer from enrolment_codes c where c.verification_id = $2) as codes
     from directory_accounts a where a.tenant_id = $1`,
    [scene.of.tenantId, scene.ref.verificationId],
  )

const isDone = async (scene: Scene, state: string): Promise<void> =>
  until(async () => (await scene.state('actions')) === state)

describe.concurrent('R1, R4: a worker is killed while it acts', { timeout: 150_000 }, () => {
  // A write that was not begun is never begun by a retry.
  it.for([
    ['unlockAccount:before', 'failed', 1],
    ['unlockAccount:after', 'completed', 2],
  ] as const)(
    'at %s: %s, and the account was written at most once',
    async ([killAt, state, version], context) => {
      const scene = await openScene('account_unlock')
      await scene.owner.run(`update directory_accounts set state = 'locked' where tenant_id = $1`, [
        scene.of.tenantId,
      ])
      const workers = startWorkers(scene.world, killAt)
      context.onTestFinished(workers.end)
      await scene.port.open(scene.input, { requestId: randomUUID() })
      await typeCode(scene)
      await completeAndDecide(scene)
      await isDone(scene, state)
      expect(workers.died()).toBe(true)
      expect(await writesOf(scene)).toEqual({ version, intents: 1, codes: 0 })
      expect(await gapsOf(scene.owner, scene.ref.verificationId)).toEqual([])
    },
  )

  it.for([
    ['resetMfa:before', 'failed', 1, 0],
    ['resetMfa:after', 'completed', 2, 1],
  ] as const)(
    'at %s: %s, factors were removed at most once',
    async ([killAt, state, version, codes], context) => {
      const scene = await openScene('mfa_reset', oneKind)
      const workers = startWorkers(scene.world, killAt)
      context.onTestFinished(workers.end)
      await scene.port.open(scene.input, { requestId: randomUUID() })
      await typeCode(scene)
      await completeAndDecide(scene)
      await isDone(scene, 'granted')
      const row = await scene.owner.one<{ id: string; session: string }>(
        `select a.workflow_id as id, s.id as session from actions a join portal_sessions s on s.verification_id = a.verification_id
       where a.verification_id = $1`,
        [scene.ref.verificationId],
      )
      await scene.port.resetMfa(row?.id ?? '', row?.session ?? '')
      await isDone(scene, state)
      expect(workers.died()).toBe(true)
      expect(await writesOf(scene)).toEqual({ version, intents: 1, codes })
      expect(await gapsOf(scene.owner, scene.ref.verificationId)).toEqual([])
    },
  )

  it.for(['deliverEntryCode:before', 'deliverEntryCode:after'])(
    'R2: at %s: one link, one code, each to its own contact',
    async (killAt, context) => {
      const change = { referrer: { kind: 'api_client', id: randomUUID() } } as const
      const scene = await openScene('identity_check', plainPolicy, change)
      const workers = startWorkers(scene.world, killAt)
      context.onTestFinished(workers.end)
      await scene.port.open(scene.input, { requestId: randomUUID() })
      await typeCode(scene)
      expect(workers.died()).toBe(true)
      expect(scene.messages().map(({ to }) => to)).toEqual([scene.of.phone, scene.of.email])
      expect(await gapsOf(scene.owner, scene.ref.verificationId)).toEqual([])
    },
  )

  it.for(['searchDirectories:before', 'searchDirectories:after'])(
    'R12: at %s: nobody is left waiting, and asked again it is answered',
    async (killAt, context) => {
      const { keys, of, world, port, owner } = await openScene('identity_check')
      await owner.run(
        `insert into directory_syncs (tenant_id, directory, offers) values ($1, 'corp', array['search'])`,
        [of.tenantId],
      )
      const workers = startWorkers(world, killAt)
      context.onTestFinished(workers.end)
      const search = () => {
        const [{ tenantId }, searchId] = [of, randomUUID()]
        const place = { tenantId, verificationId: searchId, kind: 'directory_search', row: searchId } as const
        const sealedWords = sealForWorker(keys.api, place, 'Lindt').toString('base64')
        return port.searchDirectories({ tenantId, searchId, sealedWords })
      }
      // A worker takes its time to start: the first search may be over before there is one to be killed.
      expect(['pending', 'unavailable']).toContain((await search()).kind)
      await until(async () => {
        if (!workers.died()) await search()
        return workers.died()
      })
      await until(async () => (await search()).kind === 'answered')
    },
  )
})
