/**
 * A new password, from the portal's request to its answer that it is done, on a real Samba domain controller; beside it, in turn
 * and in the same run, our adapter alone and a bare modify by ldapts: connect, bind, write, unbind.
 */
import { randomUUID } from 'node:crypto'
import { createOpenDirectory } from '#activities/directory/index.ts'
import type { OpenDirectory } from '#activities/directory/port.ts'
import { goodPassword, plain, writeOf, type BenchAccount } from '#activities/directory/testing/bench.ts'
import { openSambaScene, type SambaScene } from '#activities/directory/testing/samba-bench.ts'
import { inputFor, type TestCase } from '#activities/testing/case.ts'
import { plainPolicy } from '#activities/testing/play.ts'
import { until } from '#activities/testing/until.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { portalCookie } from '#api/http/cookies.ts'
import type { Db } from '#platform/database/connect.ts'
import { makeContact, makePerson } from '#platform/database/testing/factories.ts'
import { outsideTenants } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { listenPortal } from '../overhead/answer-listeners.ts'
import { answered, openProduct, type Product } from '../lib/product.ts'
import { withServers } from '../lib/servers.ts'

/** Milliseconds, one of each a round. `wrong`: rounds in which the domain did not take the new password, or another count of writes. */
export type ResetFigures = {
  readonly portal: readonly number[]
  readonly adapter: readonly number[]
  readonly bare: readonly number[]
  readonly wrong: number
}

const directoryName = 'corp'
/** Rounds that are played and not counted. */
const warmUps = 3

/** The domain, whatever the tenant: there is one. Opened once, so that breaker and distance of writes are as in a worker. */
const overSamba =
  (scene: SambaScene) =>
  (db: Db, keys: KeyRing): OpenDirectory => {
    let open: OpenDirectory | undefined
    return (tenantId, name) => {
      open ??= createOpenDirectory(db, keys, [{ tenantId, options: scene.options() }])
      return open(tenantId, name)
    }
  }

/** A person of the domain, known to the product. */
const personOf = async ({ owner, keys, of }: Product, { directoryId, login }: BenchAccount) => {
  const rows = outsideTenants(owner)
  const row = { directory: directoryName, directory_id: directoryId, login }
  const person = await makePerson(rows, of.tenantId, row)
  const email = `${login}@mail.example.org`
  return { ...of, person, email, emailContact: await makeContact(rows, keys.worker, person, email) }
}

/** Carries a case to the grant; returns the session of the portal. */
const toGrant = async (product: Product, whose: TestCase): Promise<string> => {
  const { api, participant, of } = product
  const { id: contactId, masked: contactMasked } = whose.emailContact
  const input = inputFor(whose, { channel: 'email', contactId, contactMasked })
  const ref = { tenantId: whose.tenantId, verificationId: input.verificationId }
  const isAt = async (table: string, column: string, state: string): Promise<boolean> =>
    (
      await outsideTenants(product.owner).one<{ state: string }>(
        `select state from ${table} where ${column} = $1`,
        [ref.verificationId],
      )
    )?.state === state
  answered(await api.verifications.open(input, { requestId: randomUUID() }))
  const typed = await participant.typeMatchCode(ref, product.tokenFor(whose.email))
  if (!answered(await api.verifications.submitMatchCode(ref, typed.inputId)).accepted)
    throw new Error('the match code was not accepted')
  await api.verifications.answersCompleted(ref, randomUUID())
  await until(() => isAt('verifications', 'id', 'awaiting_decision'))
  const decision = await participant.approvedBy(ref, of.agent.id)
  answered(await api.verifications.decide(ref, decision, { requestId: randomUUID() }))
  await until(() => isAt('actions', 'verification_id', 'granted'))
  return typed.session
}

/** Sets the password as the page does. @throws unless the answer says that it is changed */
const setByPortal = async (
  product: Product,
  port: number,
  session: string,
  password: string,
): Promise<number> => {
  const begun = performance.now()
  const response = await fetch(`http://127.0.0.1:${String(port)}/api/portal/password`, {
    method: 'POST',
    body: JSON.stringify({ password }),
    headers: {
      'content-type': 'application/json',
      'x-countersign': '1',
      'sec-fetch-site': 'same-origin',
      origin: product.api.settings.portalUrl,
      cookie: `${portalCookie}=${session}`,
    },
  })
  const text = await response.text()
  if (!text.includes('"password_changed"')) throw new Error(`the password was not changed: ${text}`)
  return performance.now() - begun
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** One kind of evidence is enough, though accounts and their addresses are made a moment before. */
const benchPolicy = (policy: Policy): Policy => {
  const plain = plainPolicy(policy)
  return { ...plain, contacts: { ...plain.contacts, changedWithinHours: 0 } }
}

/** Runs so many rounds, one after the other. */
export const measureResets = (rounds: number): Promise<ResetFigures> =>
  withServers(async (servers) => {
    const scene = await openSambaScene()
    const product = await openProduct(servers, { openDirectory: overSamba(scene), policy: benchPolicy })
    const portal = await listenPortal(product.api)
    const { bench } = scene
    const figures = { portal: [] as number[], adapter: [] as number[], bare: [] as number[], wrong: 0 }
    const round = async (): Promise<readonly [number, number, number]> => {
      const [reset, alone, bare] = [
        await bench.newAccount(),
        await bench.newAccount(),
        await bench.newAccount(),
      ]
      const session = await toGrant(product, await personOf(product, reset))
      const [write, password] = [await writeOf(bench, alone), goodPassword()]
      const times = [
        await setByPortal(product, portal.port, session, password),
        await timed(() => bench.directory.setPassword(write, password, plain)),
        await timed(() => scene.setBare(bare, password)),
      ] as const
      for (const account of [reset, alone, bare])
        if ((await bench.passwordWrites(account)) !== 1 || !(await bench.signsIn(account, password)))
          figures.wrong += 1
      return times
    }
    try {
      for (let done = 0; done < warmUps + rounds; done += 1) {
        const [portalMs, adapterMs, bareMs] = await round()
        if (done < warmUps) continue
        figures.portal.push(portalMs)
        figures.adapter.push(adapterMs)
        figures.bare.push(bareMs)
      }
      return figures
    } finally {
      await portal.close()
      await product.close()
      await scene.close()
    }
  })
