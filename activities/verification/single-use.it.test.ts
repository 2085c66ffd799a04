import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Db } from '#platform/database/connect.ts'
import { addLink } from '#services/sending/links.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { isLongRun } from '#platform/testing/long-run.ts'
import { makeVerification, testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { readCase } from '#services/verifications/verifications.ts'
import { matchCode } from '#platform/crypto/match-code.ts'
import { sealTypedCode } from '#services/verifications/typed-code.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { makeCase, type TestCase } from '../testing/case.ts'
import { createFakeMessenger } from '../testing/fakes.ts'
import { plainPolicy } from '../testing/play.ts'
import { testWorldDeps } from '../testing/test-world-deps.ts'
import { createAcceptMatchCode } from './accept-match-code.ts'

const database = useDatabase()
const keys = testKeys()
/** As many worker processes, each with connections of its own. */
let processes: Db[]
let of: TestCase

beforeAll(async () => {
  const url = database.addresses.workerUrl
  const onError = (): void => undefined
  processes = [1, 2].map((n) =>
    connect({ url, max: 8, applicationName: `worker-${String(n)}`, statementTimeoutMs: 20_000, onError }),
  )
  of = await makeCase(database.owner, keys, { policy: plainPolicy })
})
afterAll(() => Promise.all(processes.map((db) => db.close())))

/** A link that was sent, and its right code typed in as many browsers. */
const prepare = async (browsers: number) => {
  const { tenantId, person, phoneContact } = of
  const { id: verificationId } = await makeVerification(database.owner, phoneContact)
  const linkId = randomUUID()
  const found = await inTenant(processes[0] as Db, tenantId, async (tx) => {
    await addLink(tx, {
      id: linkId,
      verificationId,
      personId: person.id,
      purpose: 'password_reset',
      policyVersion: 1,
      ordinal: 1,
      channel: 'sms',
      contactId: phoneContact.id,
      contactValueIndex: phoneContact.value_index,
      tokenHash: tokenHash(newToken()),
      tokenMark: Buffer.alloc(0),
      seconds: 600,
      maxTries: 5,
    })
    return readCase(tx, verificationId)
  })
  if (found === undefined) throw new Error('the case was just made')
  const code = matchCode(keys.api, { tenantId, verificationId, ordinal: 1 })
  const inputIds = Array.from({ length: browsers }, () => randomUUID())
  await inTenant(database.api, tenantId, async (tx) => {
    for (const id of inputIds) {
      const browser = { sessionHash: tokenHash(newToken()), language: 'en', deviceKey: null } as const
      const typed = { ...browser, code, linkId, breach: null }
      const sealed = sealTypedCode(keys.api, { tenantId, verificationId, row: id }, typed)
      await addSealedInput(tx, { id, verificationId, kind: 'match_code', sealed })
    }
  })
  return { found, inputIds, verificationId, linkId }
}

const playRound = async (browsers: number) => {
  const { found, inputIds, verificationId, linkId } = await prepare(browsers)
  const accepts = processes.map((db) =>
    createAcceptMatchCode(testWorldDeps(db, keys.worker, createFakeMessenger())),
  )
  const at = new Date().toISOString()
  const acceptIn = async (inputId: string, n: number): Promise<boolean> => {
    try {
      const answer = await accepts[n % accepts.length]?.({ ...found, at, inputId, codeSeconds: 600 })
      return answer?.accepted === true
    } catch (error) {
      // Two hundred calls wait for sixteen connections. One whose turn does not come in time has done nothing and is tried
      // again, as its workflow would.
      if (!String(error).includes('timeout exceeded when trying to connect')) throw error
      return acceptIn(inputId, n)
    }
  }
  const answers = await Promise.all(inputIds.map(acceptIn))
  const row = await database.owner.one<Record<string, number>>(
    `select (select count(*)::integer from portal_sessions where verification_id = $1) as sessions,
       (select count(*)::integer from plans where verification_id = $1) as plans,
       (select count(*)::integer from links where id = $2 and used_at is not null) as used,
       (select count(*)::integer from audit where object_id = $1::text and type = 'verification.opened') as opened,
       (select count(*)::integer from audit where object_id = $1::text and type = 'code.tried') as tried,
       (select code_tries from verifications where id = $1) as tries`,
    [verificationId, linkId],
  )
  return { accepted: answers.filter((accepted) => accepted).length, row }
}

const once = { accepted: 1, row: { sessions: 1, plans: 1, used: 1, opened: 1, tried: 1, tries: 1 } }

describe('C4: single use', () => {
  it.each(Array.from({ length: isLongRun ? 50 : 5 }, (_, n) => n + 1))(
    'round %i: of 200 parallel right codes one begins a session, with one row and one event of each kind',
    async () => {
      expect(await playRound(200)).toEqual(once)
    },
  )
})

describe('a worker that is thought dead', () => {
  it('and the one that repeats its work beside it both say that the code was accepted', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { found, inputIds, verificationId } = await prepare(1)
      const input = { ...found, at: new Date().toISOString(), inputId: inputIds[0] ?? '', codeSeconds: 600 }
      const answers = await Promise.all(
        processes.map((db) =>
          createAcceptMatchCode(testWorldDeps(db, keys.worker, createFakeMessenger()))(input),
        ),
      )
      expect(answers).toMatchObject([
        { accepted: true, portalSessionId: input.inputId },
        { accepted: true, portalSessionId: input.inputId },
      ])
      expect(
        await database.owner.query('select from portal_sessions where verification_id = $1', [
          verificationId,
        ]),
      ).toHaveLength(1)
    }
  })
})
