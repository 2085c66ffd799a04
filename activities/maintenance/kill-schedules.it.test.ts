/** A worker dies (SIGKILL) in the middle of scheduled work: another one continues it, and nothing is done twice (R1). */
import { describe, expect, it } from 'vitest'
import { insertRow, makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import { schedulesOver } from '#platform/temporal/temporal-schedules.ts'
import { signInLog } from '#domain/risk/known-networks.ts'
import { schedulesFor } from '#domain/schedules.ts'
import { startWorker, startWorkers, useMortalScenes, type Scene } from '../testing/mortal-scene.ts'
import { until } from '../testing/until.ts'

const openScene = useMortalScenes()

const categories = 'Printing|Wireless|Mailbox|Calendar|Screens|Headsets|Browser|Keyboard|Telephone|Scanner'

/** An organisation in which five people each last asked about one of ten subjects: one family of questions gets its lists. */
const makeOrganisation = async ({ owner }: Scene): Promise<string> => {
  const { id: tenantId } = await makeTenant(owner)
  for (const category of categories.split('|'))
    for (let n = 0; n < 5; n += 1) {
      const person = await makePerson(owner, tenantId)
      await insertRow(owner, 'facts', {
        ...{ tenant_id: tenantId, person_id: person.id, family: 'ticket', source: 'tickets' },
        value: JSON.stringify({ id: person.id, category }),
        valid_from: new Date('2026-11-01'),
      })
    }
  return tenantId
}

const listsOf = async ({ owner }: Scene, tenantId: string) => {
  const [blocks, epochs] = await Promise.all(
    ['question_blocks', 'question_epochs'].map((table) =>
      owner.query<{ id: string }>(
        `select to_jsonb(t) - 'values_sealed' as id from ${table} t where tenant_id = $1`,
        [tenantId],
      ),
    ),
  )
  return { blocks: blocks ?? [], epochs: epochs ?? [] }
}

describe('what a schedule started', { timeout: 150_000 }, () => {
  it('R1: continues in another worker where one dies between two organisations; the first is not done again', async ({
    onTestFinished,
  }) => {
    const scene = await openScene('identity_check')
    const tenants = [await makeOrganisation(scene), await makeOrganisation(scene)]
    const known = await scene.owner.query<{ id: string }>('select tenant_ids() as id')
    const [first = '', second = ''] = known.map(({ id }) => id).filter((id) => tenants.includes(id))
    // The second one takes long enough to be killed in.
    await scene.owner.run(`create function linger() returns trigger language plpgsql as $$
      begin if new.tenant_id = '${second}' then perform pg_sleep(5); end if; return new; end $$`)
    await scene.owner.run(
      'create trigger lingers before insert on question_epochs for each row execute function linger()',
    )
    const settings = schedulesFor({ hasDirectories: false }).filter(({ name }) => name === 'question-lists')
    const schedules = schedulesOver(scene.temporal, scene.world.prefix, settings)

    const worker = startWorker(scene.world)
    const ended = new Promise((resolve) => worker.once('exit', (_, signal) => resolve(signal)))
    onTestFinished(() => void worker.kill('SIGKILL'))
    await schedules.bringUpToDate()
    await until(async () => {
      const lingering = await scene.owner.query(
        `select from pg_stat_activity where application_name = 'mortal-worker' and wait_event = 'PgSleep'`,
      )
      return lingering.length > 0
    }, 60_000)
    worker.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    const half = await listsOf(scene, first)
    expect([half.blocks.length > 0, half.epochs.length]).toEqual([true, 1])
    expect(await listsOf(scene, second)).toEqual({ blocks: [], epochs: [] })
    await scene.owner.run('drop trigger lingers on question_epochs')

    const next = startWorker(scene.world)
    onTestFinished(() => void next.kill('SIGKILL'))
    await until(async () => (await schedules.list())[0]?.last?.status === 'completed', 90_000)
    expect(await listsOf(scene, first)).toEqual(half)
    const whole = await listsOf(scene, second)
    expect([whole.blocks.length, whole.epochs.length]).toEqual([half.blocks.length, 1])
  })

  it.for([
    ['in the middle of a span', 'log:read'],
    ['when all is done and not told yet', 'readSignInLogs:after'],
  ] as const)(
    'R1: reads a log of sign-ins once where a worker dies %s',
    async ([, killAt], { onTestFinished }) => {
      const scene = await openScene('identity_check')
      const { id: tenantId } = await makeTenant(scene.owner)
      const signsIn = 'somebody'
      const person = { directory: 'corp', directory_id: signsIn }
      await makePerson(scene.owner, tenantId, person)
      // Eight hours before what rests: a whole span, and a shorter one.
      const began = new Date(Date.now() - (signInLog.restHours + 8) * 3_600_000)
      await insertRow(scene.owner, 'directory_syncs', {
        ...{ tenant_id: tenantId, directory: 'corp', read_whole_at: new Date(), log_until: began },
      })
      const world = { ...scene.world, logOf: tenantId, signsIn }
      const settings = schedulesFor({ hasDirectories: true }).filter(({ name }) => name === 'sign-in-logs')
      const schedules = schedulesOver(scene.temporal, scene.world.prefix, settings)
      const workers = startWorkers(world, killAt)
      onTestFinished(workers.end)
      await schedules.bringUpToDate()
      await until(() => Promise.resolve(workers.died()), 60_000)
      await until(async () => (await schedules.list())[0]?.last?.status === 'completed', 90_000)
      const [counted] = await scene.owner.query<{ times: number; n: number; hours: number }>(
        `select k.times, s.log_sign_ins::integer as n,
         (select count(*)::integer from generate_series(date_trunc('hour', now() - interval '81 hours'), now(), '1 hour') h
          where h >= $2 and h < s.log_until) as hours
       from sign_in_networks k join directory_syncs s using (tenant_id) where tenant_id = $1`,
        [tenantId, began],
      )
      expect(counted?.hours).toBeGreaterThanOrEqual(7)
      expect([counted?.times, counted?.n]).toEqual([counted?.hours, counted?.hours])
    },
  )

  it('R1: is repeated where a worker dies when all is done and not told yet, and finds nothing to do', async ({
    onTestFinished,
  }) => {
    const scene = await openScene('identity_check')
    const tenantId = await makeOrganisation(scene)
    const settings = schedulesFor({ hasDirectories: false }).filter(({ name }) => name === 'question-lists')
    const schedules = schedulesOver(scene.temporal, scene.world.prefix, settings)
    const workers = startWorkers(scene.world, 'keepQuestionLists:after')
    onTestFinished(workers.end)
    await schedules.bringUpToDate()
    await until(() => Promise.resolve(workers.died()), 60_000)
    const done = await listsOf(scene, tenantId)
    await until(async () => (await schedules.list())[0]?.last?.status === 'completed', 90_000)
    expect(done.epochs).toHaveLength(1)
    expect(await listsOf(scene, tenantId)).toEqual(done)
  })
})
