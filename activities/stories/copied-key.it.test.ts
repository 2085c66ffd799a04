import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { ip, probe, windowsChrome } from '#domain/risk/testing/facts.ts'
import type { ProbeReport } from '#domain/risk/probe.ts'
import { sealProbe, type StoredRequest } from '#platform/crypto/case-inputs.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { openPlay } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()

const home = '86.128.0.1'
const japan = '153.128.0.1'
const publicKey = 'B'.repeat(87)

const requestFrom = (address: string): StoredRequest => ({
  client: { address, hops: 1, problem: null },
  request: { httpVersion: '1.1', isSecureContext: true, headerNames: [] },
  userAgent: windowsChrome,
  hints: null,
  acceptLanguage: ['en'],
  deviceCookie: null,
  input: null,
})

/** A portal session sent this. */
const sent = async (
  where: { readonly tenantId: string; readonly verificationId: string; readonly sessionId: string },
  report: StoredRequest | ProbeReport,
) => {
  const id = randomUUID()
  await insertRow(world.database.owner, 'probe_facts', {
    ...{
      tenant_id: where.tenantId,
      id,
      verification_id: where.verificationId,
      step: 'checks',
      nonce_ok: true,
    },
    portal_session_id: where.sessionId,
    kind: 'client' in report ? 'request' : 'collector',
    report_sealed: sealProbe(world.keys.api, where.tenantId, id, report),
  })
}

/** Makes another case in which a session held the same key, seen from an address a moment ago. */
const elsewhere = async (tenantId: string, address: string) => {
  const other = { tenantId, verificationId: randomUUID(), sessionId: randomUUID() }
  await insertRow(world.database.owner, 'portal_sessions', {
    ...{ tenant_id: tenantId, id: other.sessionId, verification_id: other.verificationId },
    ...{ person_id: randomUUID(), link_id: randomUUID(), token_hash: Buffer.from(other.sessionId) },
    ...{ device_key: publicKey, probe_nonce: 'another', absolute_expires_at: new Date(Date.now() + 60_000) },
  })
  await sent(other, requestFrom(address))
}

const play = async (address: string) => {
  const places: Readonly<Record<string, { asn: number; country: string }>> = {
    [home]: { asn: 2856, country: 'GB' },
    [japan]: { asn: 4713, country: 'JP' },
  }
  Object.assign(world.deps.factTools, { lookUp: (from: string) => ip({ address: from, ...places[from] }) })
  const played = await openPlay(world)
  await played.typeCode()
  const { tenantId, verificationId } = played.ref
  const here = { tenantId, verificationId, sessionId: await played.session() }
  await sent(here, requestFrom(home))
  const { probe_nonce: nonce } = await played.row('portal_sessions')
  await sent(here, probe({ nonce: String(nonce), device: { publicKey, signature: 'not looked at here' } }))
  await elsewhere(tenantId, address)
  await world.verifications.answersCompleted(played.ref, randomUUID())
  const scorings = `select decision -> 'reasons' as reasons from scorings where verification_id = $1`
  await until(async () => (await played.rows(scorings)).length > 0)
  const told = await played.rows(
    `select s.role, n.kind from staff_notices n join staff s on s.id = n.staff_id where n.about = $1::uuid::text`,
  )
  const events = await played.rows(
    `select type from audit where object_id = $1::text and type = 'device.copied'`,
  )
  const [scored] = await played.rows(scorings)
  return { told, events, reasons: scored?.['reasons'] }
}

it('a device key that another case uses in another country at once asks for more, and those who watch are told', async () => {
  const { told, events, reasons } = await play(japan)
  expect(reasons).toContain('END_COPIED_KEY')
  expect(told).toEqual([{ role: 'supervisor', kind: 'key_copied' }])
  expect(events).toHaveLength(1)
})

it('the same key in another case from the same network is nobody’s alarm', async () => {
  const { told, events, reasons } = await play(home)
  expect(reasons).not.toContain('END_COPIED_KEY')
  expect([told, events]).toEqual([[], []])
})
