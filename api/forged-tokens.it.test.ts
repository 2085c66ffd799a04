/**
 * An attacker who writes the database knows a token of their own and its hash. No row that they insert, move or copy
 * lets it in.
 */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { newApiKey } from '#platform/crypto/api-key.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { addApproverRequest } from '#services/approvals/approver-requests.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { approverCookie } from './http/cookies.ts'
import { addClient, callIntegration } from './testing/integration.ts'
import { callConsole, callPortal, signIn, type SignedIn } from './testing/test-api.ts'
import { usePortal } from './testing/use-test-api.ts'

const portal = usePortal()
const { api, links } = portal
const soon = () => new Date(Date.now() + 600_000)
const mine = (token: string) => tokenHash(token)

/** Copies what makes one row's token good onto another row, as far as the columns go. */
const copyToken = async (table: string, from: string, to: string): Promise<void> => {
  const { columns } = (await api.owner.one<{ columns: string[] }>(
    `select array_agg(column_name::text) as columns from information_schema.columns
     where table_name = $1 and column_name like 'token_%'`,
    [table],
  )) ?? { columns: [] }
  const row = await api.owner.one<Record<string, unknown>>(`select * from ${table} where id = $1`, [from])
  await api.owner.run(`delete from ${table} where id = $1`, [from])
  for (const column of columns)
    await api.owner.run(`update ${table} set ${column} = $2 where id = $1`, [to, row?.[column]])
}

describe('E5, T11: a session of staff', () => {
  let admin: SignedIn
  beforeAll(async () => {
    admin = await signIn(api, portal.tenantId, 'admin')
  })
  const me = (token: string) => callConsole(api, { ...admin, token }, '/api/console/session')

  it('begins with a sign-in and with nothing else', async () => {
    expect((await me(admin.token)).status).toBe(200)
    const token = newToken()
    await insertRow(api.owner, 'staff_sessions', {
      ...{ tenant_id: portal.tenantId, staff_id: admin.staffId, token_hash: mine(token) },
      ...{ csrf_hash: mine('x'), absolute_expires_at: soon() },
    })
    expect((await me(token)).status).toBe(401)
  })

  it('stays with whom it began', async () => {
    const { token } = await signIn(api, portal.tenantId, 'agent')
    await api.owner.run('update staff_sessions set staff_id = $2 where token_hash = $1', [
      mine(token),
      admin.staffId,
    ])
    expect((await me(token)).status).toBe(401)
  })
})

describe('E5, T11: a session of the portal', () => {
  const step = (session: string) => callPortal(api, session, '/api/portal/step')
  const idOf = async (verificationId: string) =>
    (
      await api.owner.one<{ id: string }>('select id from portal_sessions where verification_id = $1', [
        verificationId,
      ])
    )?.id ?? ''

  it('begins with a right match code and with nothing else', async () => {
    const victim = await portal.enter()
    const token = newToken()
    await insertRow(api.owner, 'portal_sessions', {
      ...{ tenant_id: portal.tenantId, id: randomUUID(), verification_id: victim.verificationId },
      ...{ person_id: victim.person.id, link_id: randomUUID(), token_hash: mine(token), probe_nonce: 'x' },
      absolute_expires_at: soon(),
    })
    expect((await step(victim.session)).status).toBe(200)
    expect((await step(token)).status).toBe(401)
    const said = await callPortal(api, token, '/api/portal/password', { body: { password: 'x'.repeat(20) } })
    expect(said.status).toBe(401)
  })

  it('cannot be moved to the case of another person', async () => {
    const [victim, own] = [await portal.enter(), await portal.enter()]
    await api.owner.run(
      'update portal_sessions set verification_id = $2, person_id = $3 where verification_id = $1',
      [own.verificationId, victim.verificationId, victim.person.id],
    )
    expect((await step(own.session)).status).toBe(401)
  })

  it('does not open another session that was given its hash', async () => {
    const [victim, own] = [await portal.enter(), await portal.enter()]
    await copyToken('portal_sessions', await idOf(own.verificationId), await idOf(victim.verificationId))
    expect((await step(own.session)).status).toBe(401)
  })

  it('is that of the browser in which the code was typed, whatever row the code waits in', async () => {
    const { token, code } = await links.makeCase()
    const columns = await api.owner.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'sealed_inputs'`,
    )
    // All that names a browser or a link is inside what is sealed to the worker.
    expect(columns.map(({ name }) => name).filter((name) => /session|link|hash/.test(name))).toEqual([])
    expect((await links.submit(token, code)).json.accepted).toBe(true)
  })
})

describe('E5, T11: links, keys and those who vouch', () => {
  it('opens no link that we did not send, nor one of another case', async () => {
    const [victim, own] = [await links.makeCase(), await links.makeCase()]
    const token = newToken()
    const row = await api.owner.one<Record<string, unknown>>('select * from links where id = $1', [
      victim.linkId,
    ])
    await insertRow(api.owner, 'links', {
      ...{ ...row, id: randomUUID(), ordinal: 2, token_hash: mine(token) },
    })
    expect((await links.open(token)).status).toBe(404)
    expect((await links.submit(token, victim.code)).status).toBe(404)
    await copyToken('links', own.linkId, victim.linkId)
    expect((await links.open(own.token)).status).toBe(404)
    expect((await links.submit(own.token, victim.code)).status).toBe(404)
  })

  it('takes no report by a link that we did not send', async () => {
    const { verificationId, person } = await links.makeCase()
    const token = newToken()
    await insertRow(api.owner, 'report_links', {
      ...{ tenant_id: portal.tenantId, verification_id: verificationId, person_id: person.id },
      ...{ token_hash: mine(token), expires_at: soon() },
    })
    const body = { token }
    expect((await callPortal(api, null, '/api/public/reports/open', { body })).status).toBe(404)
  })

  it('lets nobody vouch by a request or a session that was put there', async () => {
    const { verificationId, person } = await links.makeCase()
    const { person: boss } = await links.makeCase()
    const [token, session, requestId] = [newToken(), newToken(), randomUUID()]
    const about = { tenant_id: portal.tenantId, verification_id: verificationId }
    await api.owner.run(`update verifications set state = 'answering' where id = $1`, [verificationId])
    await inTenant(api.ownerDb, portal.tenantId, (tx) =>
      addApproverRequest(tx, {
        ...{ id: requestId, verificationId, ordinal: 1, personId: person.id, approverId: boss.id },
        ...{ relation: 'manager', policyVersion: 1, askedBy: { kind: 'system', id: 'policy' } },
        ...{ tokenHash: mine(token), tokenMark: Buffer.alloc(32), seconds: 600 },
      }),
    )
    await insertRow(api.owner, 'approver_sessions', {
      ...{ ...about, request_id: requestId, person_id: boss.id, token_hash: mine(session) },
      ...{ issuer: 'https://sign-in.example.org', subject: 'boss', expires_at: soon() },
    })
    const opened = await callPortal(api, null, '/api/public/approvals/open', { body: { token } })
    expect(opened.json.code).toBe('link_unusable')
    const headers = { cookie: `${approverCookie}=${session}` }
    const read = await callPortal(api, null, '/api/public/approvals/read', { body: {}, headers })
    expect(read.json.code).toBe('link_unusable')
  })

  it('knows no API client but those that were made, with the scopes they were made with', async () => {
    const client = await addClient(api, portal.tenantId)
    const list = () => callIntegration(api, client, `/api/v1/imports/${randomUUID()}`)
    expect((await list()).status).toBe(404)
    await api.owner.run(
      `update api_clients set scopes = '{sources.import,verifications.start}' where id = $1`,
      [client.id],
    )
    expect((await list()).status).toBe(401)
    const key = newApiKey()
    const row = await api.owner.one<Record<string, unknown>>('select * from api_clients where id = $1', [
      client.id,
    ])
    await insertRow(api.owner, 'api_clients', {
      ...{ ...row, id: randomUUID(), name: 'put there', key_hash: mine(key) },
    })
    const asked = await callIntegration(api, { key }, `/api/v1/imports/${randomUUID()}`)
    expect(asked.status).toBe(401)
  })
})
