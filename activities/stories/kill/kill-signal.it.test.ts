/** The silent signal, with the API killed while an agent presses and the worker killed while it looks (G1, R1). */
import { fork } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { addCaseCopy, forgetCaseCopies, isOnHold } from '#services/reports/duress.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { watchDuress } from '../../maintenance/watch-duress.ts'
import { makeApprovedReset } from '../../testing/approved-reset.ts'
import type { MortalSignaller } from '../../testing/mortal-signaller.ts'
import { useDeps } from '../../testing/use-deps.ts'
import { useProgram } from '#platform/testing/use-program.ts'

/** The statements of one look: begin, presses taken, mark, mails, notification, event, commit. */
const lookStatements = 7

const program = useProgram(new URL('../../testing/mortal-signaller.ts', import.meta.url))
const scene = useDeps()
const { database } = scene

/** Lets a process act and die at a point; gives how many statements it ran, or null where it died. */
const act = (signaller: Omit<MortalSignaller, 'databaseUrl'>, killAt: string): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const { apiUrl, workerUrl } = database.addresses
    const told: MortalSignaller = {
      ...signaller,
      databaseUrl: signaller.press === null ? workerUrl : apiUrl,
    }
    let ran: number | null = null
    const child = fork(program(), [], {
      env: { ...process.env, SIGNALLER: JSON.stringify(told), KILL_AT: killAt },
    })
    child.once('message', (statements) => (ran = Number(statements)))
    child.once('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(signal === 'SIGKILL' ? null : ran)
      else reject(new Error(`the process ended with ${String(code ?? signal)}`))
    })
  })

/** An approved case that an agent is about to mark. */
const openCase = async () => {
  const { of, reset, issueGrant } = await makeApprovedReset(scene)
  const { tenantId, verificationId } = reset
  const staffId = of.agent.id
  const press = (times: number) =>
    inTenant(database.api, tenantId, async (tx) => {
      for (let n = 0; n < times; n += 1) await addCaseCopy(tx, verificationId, staffId)
    })
  const atOnce = () =>
    database.owner.run('update case_copies set at = now() where verification_id = $1', [verificationId])
  const onHold = () => inTenant(database.api, tenantId, (tx) => isOnHold(tx, verificationId))
  const stands = () =>
    database.owner.one(
      `select (select count(*)::integer from case_copies where verification_id = $1) as presses,
         (select count(*)::integer from case_copies where verification_id = $1 and seen_at is null) as unseen,
         (select count(*)::integer from duress_marks where verification_id = $1) as marks,
         (select count(*)::integer from audit where type = 'duress.signalled' and payload ->> 'verificationId' = $1::text) as events,
         (select count(*)::integer from staff_notices n join duress_marks d on d.id::text = n.about
          where d.verification_id = $1 and n.staff_id = $2) as mails`,
      [verificationId, of.supervisor.id],
    )
  return { tenantId, verificationId, staffId, press, atOnce, onHold, stands, issueGrant }
}

const points = (statements: number) =>
  Array.from({ length: statements }, (_, at) => [
    `${String(at + 1)}:before`,
    `${String(at + 1)}:after`,
  ]).flat()

it('M6: presses are forgotten a day after they were looked at, and the mark stays', async () => {
  const { tenantId, press, onHold, stands } = await openCase()
  await press(3)
  await watchDuress(scene.deps(), tenantId)
  const forget = () => inTenant(database.worker, tenantId, forgetCaseCopies)
  expect(await forget()).toBe(0)
  await press(1)
  await database.owner.run(
    `update case_copies set seen_at = seen_at - interval '25 hours' where tenant_id = $1`,
    [tenantId],
  )
  expect(await forget()).toBe(3)
  // A mark that nobody looked at stays, however old.
  expect(await stands()).toMatchObject({ presses: 1, unseen: 1, marks: 1 })
  expect(await onHold()).toBe(true)
})

describe.concurrent('G1, R1: the silent signal', { timeout: 120_000 }, () => {
  // The statements of one press: begin, the row, commit.
  it.for(points(3))(
    'with the API killed at %s of a press: a press is there or is not, never half',
    async (killAt) => {
      const { tenantId, verificationId, staffId, press, atOnce, onHold, stands, issueGrant } =
        await openCase()
      await press(2)
      expect(await act({ tenantId, press: { verificationId, staffId } }, killAt)).toBeNull()
      // A process takes longer to start than the signal may: as if the third press had come at once.
      await atOnce()
      const isCommitted = killAt === '3:after'
      expect([await onHold(), await stands()]).toEqual([
        isCommitted,
        { presses: isCommitted ? 3 : 2, unseen: isCommitted ? 3 : 2, marks: 0, events: 0, mails: 0 },
      ])
      // An agent who is forced presses on.
      if (!isCommitted) await press(1)
      await atOnce()
      await watchDuress(scene.deps(), tenantId)
      expect(await onHold()).toBe(true)
      expect(await stands()).toMatchObject({ marks: 1, events: 1, mails: 1 })
      await expect(issueGrant()).rejects.toMatchObject({ type: 'not_yet' })
    },
  )

  it('looks at presses in so many statements', async () => {
    const { tenantId, press } = await openCase()
    await press(3)
    expect(await act({ tenantId, press: null }, '')).toBe(lookStatements)
  })

  it.for(points(lookStatements))(
    'with the worker killed at %s of its look: one mark, one event, one mail, and the hold lasts all the while',
    async (killAt) => {
      const { tenantId, press, onHold, stands, issueGrant } = await openCase()
      await press(3)
      expect(await act({ tenantId, press: null }, killAt)).toBeNull()
      const isCommitted = killAt === `${String(lookStatements)}:after`
      expect(await onHold()).toBe(true)
      await expect(issueGrant()).rejects.toMatchObject({ type: 'not_yet' })
      const once = { presses: 3, unseen: 0, marks: 1, events: 1, mails: 1 }
      const nothing = { presses: 3, unseen: 3, marks: 0, events: 0, mails: 0 }
      expect(await stands()).toEqual(isCommitted ? once : nothing)
      // The next worker.
      await watchDuress(scene.deps(), tenantId)
      await watchDuress(scene.deps(), tenantId)
      expect(await stands()).toEqual(once)
      expect(await onHold()).toBe(true)
    },
  )
})
