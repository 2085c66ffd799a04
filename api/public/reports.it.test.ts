import { describe, expect, it } from 'vitest'
import { newToken, tokenHash } from '#platform/server/sealing.ts'
import { callPortal } from '../testing/test-api.ts'
import { usePortal } from '../testing/use-test-api.ts'

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
    await api.owner.run(
      `insert into report_links (tenant_id, verification_id, person_id, token_hash, expires_at) values ($1, $2, $3, $4, now() + interval '72 hours')`,
      [portal.tenantId, one.verificationId, one.person.id, tokenHash(token)],
    )
    return { ...one, report: token }
  }
  const page = (token: string) => callPortal(api, null, '/api/public/reports/open', { body: { token } })
  const confirm = (token: string, digits: string) =>
    callPortal(api, null, '/api/public/reports/confirm', { body: { token, digits } })

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

  it('C10: one kind of token is nothing to the routes of the other', async () => {
    const { report, token } = await makeReport()
    expect((await links.open(report)).status).toBe(404)
    expect((await page(token)).status).toBe(404)
  })
})
