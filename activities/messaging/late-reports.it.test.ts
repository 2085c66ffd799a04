import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addDeliveryReport, type ReportStatus } from '#services/sending/delivery-reports.ts'
import { uuidOf } from '#platform/database/record-events.ts'
import { insertRow, makeTenant } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { useDeps } from '../testing/use-deps.ts'
import { recordLateReports } from './late-reports.ts'
import { recordReports, storeReports } from './record-reports.ts'

const { database, makeCaseOf } = useDeps()

/** A message that went out in a case that is over. */
const closedCase = async () => {
  const { owner } = database
  const tenant = await makeTenant(owner)
  const of = await makeCaseOf(tenant.id, { state: 'closed', outcome: 'passed' })
  const verificationId = of.id
  const deliveryId = randomUUID()
  await insertRow(owner, 'deliveries', {
    tenant_id: tenant.id,
    id: deliveryId,
    verification_id: verificationId,
    person_id: of.person_id,
    kind: 'link',
    ordinal: 1,
    channel: 'sms',
    contact_id: of.contact_id,
    contact_masked: of.contact_masked,
    status: 'accepted',
    provider_id: `SM${randomUUID()}`,
  })
  const reportOf = <S extends ReportStatus>(status: S) => ({
    reportId: uuidOf('delivery-report', deliveryId, status),
    verificationId,
    deliveryId,
    status,
  })
  const tell = (status: ReportStatus, code: string | null = null) =>
    inTenant(database.api, tenant.id, (tx) => addDeliveryReport(tx, { ...reportOf(status), code }))
  const take = (seconds = 0) => recordLateReports({ db: database.worker }, tenant.id, seconds)
  const delivery = () =>
    owner.one('select status, reported_at is not null as told from deliveries where id = $1', [deliveryId])
  const events = () =>
    owner.query('select type, actor_kind, payload from audit where object_id = $1::text', [verificationId])
  const waiting = () => owner.query('select id from delivery_reports where tenant_id = $1', [tenant.id])
  return { tenantId: tenant.id, verificationId, deliveryId, reportOf, tell, take, delivery, events, waiting }
}

describe('Q2: a delivery report that comes when the case is over', () => {
  it('is written on its delivery and recorded, once, however often the provider sends it', async () => {
    const late = await closedCase()
    await late.tell('delivered')
    await late.tell('delivered')
    expect(await late.take()).toBe(1)
    expect(await late.delivery()).toEqual({ status: 'delivered', told: true })
    await late.tell('delivered')
    await late.take()
    expect(await late.events()).toEqual([
      {
        type: 'link.delivery_reported',
        actor_kind: 'provider',
        payload: { status: 'delivered', deliveryId: late.deliveryId },
      },
    ])
    expect(await late.waiting()).toEqual([])
  })

  it('does not overwrite the first final word', async () => {
    const late = await closedCase()
    await late.tell('delivered')
    await late.take()
    await late.tell('undelivered')
    await late.take()
    expect(await late.delivery()).toMatchObject({ status: 'delivered' })
    expect(await late.events()).toHaveLength(1)
  })

  it('is taken by one of several workers', async () => {
    const late = await closedCase()
    await late.tell('undelivered')
    const taken = await Promise.all(Array.from({ length: 6 }, () => late.take()))
    expect(taken.reduce((sum, n) => sum + n, 0)).toBe(1)
    expect(await late.events()).toHaveLength(1)
  })

  it('leaves a running workflow its time, and what that recorded is not recorded again', async () => {
    const late = await closedCase()
    await late.tell('delivered')
    expect(await late.take(60)).toBe(0)
    await inTenant(database.worker, late.tenantId, async (tx) => {
      await recordReports(tx, late.verificationId, await storeReports(tx, [late.reportOf('delivered')]))
    })
    expect(await late.take()).toBe(1)
    expect(await late.events()).toHaveLength(1)
  })

  it('Q2: out of order, the end stays the end, and what went before it only gains its time', async () => {
    const late = await closedCase()
    const row = () =>
      database.owner.one(
        `select status, report_code, sent_at is not null as sent, delayed_at is not null as delayed from deliveries where id = $1`,
        [late.deliveryId],
      )
    await late.tell('undelivered', 'twilio_30003')
    await late.take()
    await late.tell('delayed', 'dsn_4.4.1')
    await late.tell('sent')
    // No workflow hears of these, so they wait for nobody.
    expect(await late.take(60)).toBe(2)
    expect(await row()).toEqual({
      status: 'undelivered',
      report_code: 'twilio_30003',
      sent: true,
      delayed: true,
    })
    expect(await late.events()).toMatchObject([{ payload: { status: 'undelivered', code: 'twilio_30003' } }])
  })

  it('of another tenant is not seen', async () => {
    const late = await closedCase()
    const other = await closedCase()
    await late.tell('delivered')
    expect(await other.take()).toBe(0)
    expect(await late.waiting()).toHaveLength(1)
  })
})
