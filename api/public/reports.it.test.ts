import { describe, expect, it } from 'vitest'
import { messageKinds } from '#domain/messages/kinds.ts'
import { addReportLink } from '#services/sending/notices.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { callPortal } from '../testing/test-api.ts'
import { usePortal } from '../testing/use-test-api.ts'

/** Kinds of messages that are none about what happened. */
const notNotices: ReadonlySet<string> = new Set([
  ...['link', 'second_code', 'approver_request', 'approver_named', 'passkey_invitation'],
])

const portal = usePortal()
const { api, links } = portal

describe('"No"', () => {
  it('C6: needs the two digits that the page shows; pressing buttons does nothing', async () => {
    const { token, verificationId } = await links.makeCase()
    const { declineDigits } = (await links.open(token)).json.step
    const other = declineDigits === '00' ? '01' : '00'
    const pressed = await links.decline(token, other)
    expect(pressed.json.step.kind).toBe('who_asks')
    expect(api.verifications.calls.filter(({ name }) => name === 'reported')).toEqual([])
    expect((await links.decline(token, '1')).status).toBe(422)
    const confirmed = await links.decline(token, declineDigits)
    expect(confirmed.json.step).toMatchObject({ kind: 'ended', ending: 'reported' })
    expect(api.verifications.calls.at(-1)).toMatchObject({
      name: 'reported',
      args: [{ tenantId: portal.tenantId, verificationId }, expect.any(String)],
    })
  })

  it('B9, B13: freezes the person with every worker dead: links void, new starts blocked, contacts told', async () => {
    const { token, person } = await links.makeCase()
    const { declineDigits } = (await links.open(token)).json.step
    api.verifications.answers.reported = () => ({ kind: 'unavailable' })
    expect((await links.decline(token, declineDigits)).status).toBe(200)
    api.verifications.answers = {}
    const frozen = await api.owner.one(
      `select blocked_until > now() + interval '14 minutes' as blocked,
         (select count(*) from links l where l.person_id = p.id and l.voided_at is null) as live,
         (select count(*) from notices n where n.person_id = p.id and n.kind = 'frozen') as notices
       from people p where id = $1`,
      [person.id],
    )
    expect(frozen).toEqual({ blocked: true, live: 0, notices: 2 })
    expect((await links.open(token)).status).toBe(404)
  })
})

describe('B12: the link of a notice', () => {
  const makeReport = async () => {
    const one = await links.makeCase()
    const token = newToken()
    const { tenantId } = portal
    const { verificationId, person } = one
    const about = { verificationId, personId: person.id, tokenHash: tokenHash(token) }
    const mark = tokenMark(api.keys.worker, 'report_links', { ...about, tenantId })
    await inTenant(api.worker, tenantId, (tx) =>
      addReportLink(tx, { ...about, tokenMark: mark, seconds: 72 * 3600 }),
    )
    return { ...one, report: token }
  }
  const page = (token: string) => callPortal(api, null, '/api/public/reports/open', { body: { token } })
  const confirm = (token: string, digits: string) =>
    callPortal(api, null, '/api/public/reports/confirm', { body: { token, digits } })

  it('H5: opens behind an address that made up tokens', async () => {
    const { report } = await makeReport()
    await api.owner.run('delete from rate_limits')
    const missed = await Promise.all(Array.from({ length: 21 }, () => page(newToken())))
    expect(missed.map(({ status }) => status)).toContain(429)
    expect((await page(report)).status).toBe(200)
    await api.owner.run('delete from rate_limits')
  })

  it('revokes once, after the digits, and does nothing else', async () => {
    const { report, token, person } = await makeReport()
    const shown = await page(report)
    expect(shown.json).toMatchObject({ kind: 'started', purpose: 'password_reset' })
    const { digits } = shown.json
    expect((await confirm(report, digits === '00' ? '01' : '00')).status).toBe(422)
    expect((await links.open(token)).status).toBe(200)
    expect((await confirm(report, digits)).json.ending).toBe('reported')
    expect((await links.open(token)).status).toBe(404)
    expect((await confirm(report, digits)).status).toBe(404)
    expect((await page(report)).status).toBe(404)
    expect(
      await api.owner.one('select count(*) as n from reports where person_id = $1', [person.id]),
    ).toEqual({ n: 1 })
  })

  it.each(messageKinds.filter((kind) => !notNotices.has(kind)))(
    'tells what it came with, a notice of the kind %s, and stays until it is confirmed',
    async (kind) => {
      const { report, verificationId, person } = await makeReport()
      await api.owner.run(
        `insert into notices (tenant_id, verification_id, person_id, kind, contact_id, channel, created_at)
         select $1, $2, $3, $4, id, 'email', now() - interval '1 second' from contacts
         where person_id = $3 and kind = 'email'`,
        [portal.tenantId, verificationId, person.id, kind],
      )
      const shown = await page(report)
      expect([shown.status, shown.json.kind]).toEqual([200, kind])
    },
  )

  it('C5, C6: opening it and every confirmation that is no person’s change nothing, however often', async () => {
    const { report, token, person } = await makeReport()
    const { digits } = (await page(report)).json
    const other = digits === '00' ? '01' : '00'
    for (const junk of ['', '0', '123', 'ab', '１２', other, other, other])
      expect((await confirm(report, junk)).status).toBe(422)
    for (let visit = 0; visit < 20; visit += 1) expect((await page(report)).status).toBe(200)
    const untouched = await api.owner.one(
      `select (select count(*)::integer from reports where person_id = $1) as reports,
         (select blocked_until is null from people where id = $1) as free,
         (select used_at is null from report_links where token_hash = $2) as unused`,
      [person.id, tokenHash(report)],
    )
    expect(untouched).toEqual({ reports: 0, free: true, unused: true })
    expect((await links.open(token)).status).toBe(200)
    expect((await confirm(report, digits)).json.ending).toBe('reported')
  })

  it('C10: one kind of token is nothing to the routes of the other', async () => {
    const { report, token } = await makeReport()
    expect((await links.open(report)).status).toBe(404)
    expect((await page(token)).status).toBe(404)
  })
})
