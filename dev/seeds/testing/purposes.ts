/** These tests read the past of the demo organisation, purpose by purpose. */
import { describe, expect, test } from 'vitest'
import { actionEvents } from '#domain/events/catalog.ts'
import { checkGrant } from '#domain/grant.ts'
import { actions, isActing, purposes, writeOf, type Purpose } from '#domain/verification/verification.ts'
import { isPairGenuine } from '#activities/verification/approval-pair.ts'
import { isScheduleGenuine } from '#platform/crypto/signed-records.ts'
import { verifyGrant } from '#platform/crypto/sealing.ts'
import { readDecidedCase } from '#services/actions/actions.ts'
import { lockGrant } from '#services/actions/grants.ts'
import { readSchedule } from '#services/actions/schedules.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { northwind } from '../charts.ts'
import { tenantIdOf } from '../people.ts'

/** Tests of a past that was written to `database` at a moment. */
export const describePurposes = (
  database: ReturnType<typeof useDatabase>,
  keys: KeyRing,
  at: () => Date,
): void => {
  const tenantId = tenantIdOf(northwind)
  const rowsOf = <Row>(sql: string): Promise<Row[]> => database.owner.query<Row & object>(sql, [tenantId])
  const count = async (from: string): Promise<number> =>
    (await rowsOf<{ n: number }>(`select count(*)::integer as n from ${from}`))[0]?.n ?? -1

  describe('the purposes of the past', () => {
    test('are all there, a new password most often, and everybody starts what they may', async () => {
      const rows = await rowsOf<{ purpose: Purpose; kind: string; n: number }>(
        `select purpose, referrer_kind as kind, count(*)::integer as n from verifications where tenant_id = $1 group by 1, 2`,
      )
      const shareOf = (wanted: (row: (typeof rows)[number]) => boolean): number =>
        rows.filter(wanted).reduce((sum, { n }) => sum + n, 0) / northwind.pastVerifications
      const shares = purposes.map((purpose) => shareOf((row) => row.purpose === purpose))
      expect(Math.max(...shares)).toBe(shareOf(({ purpose }) => purpose === 'password_reset'))
      for (const share of shares) expect(share).toBeGreaterThan(0.04)
      expect(shareOf(({ kind }) => kind === 'self_service')).toBeGreaterThan(0.05)
      expect(shareOf(({ kind }) => kind === 'api_client')).toBeGreaterThan(0.02)
      const alone = rows.filter(({ kind }) => kind === 'self_service').map(({ purpose }) => purpose)
      expect(alone.sort()).toEqual(['account_unlock', 'mfa_reset', 'password_reset'])
      expect(
        await count(
          `verifications where tenant_id = $1 and referrer_kind = 'self_service' and ticket is not null`,
        ),
      ).toBe(0)
    })

    test('B6: without an agent on the line the code of every link went to another contact by the other channel', async () => {
      const rows = await rowsOf<{ link: string; entry: string | null; same: boolean; opened: boolean }>(
        `select l.channel as link, e.channel as entry, e.contact_id = l.contact_id as same, v.opened_at is not null as opened
       from verifications v join deliveries l on l.tenant_id = v.tenant_id and l.verification_id = v.id
         and l.kind = 'link' and l.ordinal = 1 and l.status <> 'refused'
       left join deliveries e on e.tenant_id = v.tenant_id and e.verification_id = v.id and e.kind = 'entry_code'
       where v.tenant_id = $1 and v.referrer_kind <> 'agent'`,
      )
      expect(rows.length).toBeGreaterThan(100)
      expect(rows.some(({ opened }) => opened)).toBe(true)
      for (const { link, entry, same } of rows)
        expect([same, new Set([link, entry])]).toEqual([false, new Set(['sms', 'email'])])
      const agents = await count(
        `deliveries d join verifications v on v.tenant_id = d.tenant_id and v.id = d.verification_id
       where d.tenant_id = $1 and d.kind = 'entry_code' and v.referrer_kind = 'agent'`,
      )
      expect(agents).toBe(0)
    })

    test('E8: who started for themselves is not named to analytics', async () => {
      const told = await rowsOf<{ kind: string; named: boolean; n: number }>(
        `select payload ->> 'referrerKind' as kind, payload ->> 'referrerId' is not null as named, count(*)::integer as n
       from outbox where tenant_id = $1 group by 1, 2 order by 1`,
      )
      expect(told.map(({ kind, named }) => [kind, named])).toEqual([
        ['agent', true],
        ['api_client', true],
        ['self_service', false],
      ])
      const named = await count(
        `outbox o join verifications v on v.tenant_id = o.tenant_id and v.id = o.verification_id
       where o.tenant_id = $1 and position(v.person_id::text in o.payload::text) > 0`,
      )
      expect(named).toBe(0)
    })

    test.each(purposes.filter(isActing))(
      '%s: whatever was approved has its action, its event and its notices',
      async (purpose) => {
        const rows = await rowsOf<{
          state: string
          kind: string
          events: string[]
          intents: string[]
          grant: boolean
        }>(
          `select a.state, a.kind, a.grant_id is not null as grant,
         array(select e.type from audit e where e.tenant_id = a.tenant_id and e.object_id = v.id::text
           and e.type like '${actionEvents[purpose]}.%' and e.type not like '%.intended') as events,
         array(select i.kind from intents i where i.tenant_id = a.tenant_id and i.verification_id = v.id) as intents
       from verifications v left join actions a on a.tenant_id = v.tenant_id and a.verification_id = v.id
       where v.tenant_id = $1 and v.outcome = 'passed' and v.purpose = '${purpose}'`,
        )
        expect(rows.length).toBeGreaterThan(15)
        for (const { state, kind, events, intents, grant } of rows) {
          expect(kind).toBe(purpose)
          // A stop by staff has its own event.
          if (events.length > 0) expect(events).toEqual([`${actionEvents[purpose]}.${state}`])
          expect(intents).toEqual(state === 'completed' || state === 'unknown' ? [writeOf[purpose]] : [])
          expect(grant || state !== 'completed').toBe(true)
        }
        expect(rows.filter(({ state }) => state === 'completed').length).toBeGreaterThan(rows.length * 0.6)
        const { notice } = actions[purpose]
        const untold = await count(
          `actions a where a.tenant_id = $1 and a.kind = '${purpose}' and (a.state = 'completed') <> exists (select from notices n
         where n.tenant_id = a.tenant_id and n.verification_id = a.verification_id and n.kind = '${notice}')`,
        )
        expect(untold).toBe(0)
      },
    )

    test('nothing is done where the result is all', async () => {
      expect(
        await count(
          `actions a join verifications v on v.tenant_id = a.tenant_id and v.id = a.verification_id
         where a.tenant_id = $1 and v.purpose in ('access_change', 'identity_check')`,
        ),
      ).toBe(0)
      expect(
        await count(
          `verifications where tenant_id = $1 and purpose = 'access_change' and outcome = 'passed' and furthest_step = 8`,
        ),
      ).toBeGreaterThan(10)
    })

    test('B2: codes for new factors were shown once and are kept nowhere', async () => {
      const codes = await rowsOf<{ sealed: Buffer | null; shown: Date | null; other: boolean }>(
        `select c.code_sealed as sealed, c.shown_at as shown, s.verification_id <> c.verification_id as other
       from enrolment_codes c join portal_sessions s on s.tenant_id = c.tenant_id and s.id = c.portal_session_id
       where c.tenant_id = $1`,
      )
      expect(codes).toHaveLength(
        await count(`actions where tenant_id = $1 and kind = 'mfa_reset' and state = 'completed'`),
      )
      for (const { sealed, shown, other } of codes)
        expect([sealed, shown !== null, other]).toEqual([null, true, false])
    })

    test('D1, D5, G8: privileged accounts were changed under two genuine approvals only', async () => {
      const rows = await rowsOf<{
        id: string
        issued: Date | null
        scheduled: Date | null
        approvers: string[] | null
      }>(
        `select v.id, g.issued_at as issued, s.scheduled_at as scheduled, g.approvers from verifications v
       join actions a on a.tenant_id = v.tenant_id and a.verification_id = v.id
       left join grants g on g.tenant_id = v.tenant_id and g.verification_id = v.id
       left join schedules s on s.tenant_id = v.tenant_id and s.verification_id = v.id
       where v.tenant_id = $1 and v.tier = 'privileged' and v.outcome = 'passed'`,
      )
      expect(rows.length).toBeGreaterThan(10)
      await inTenant(database.worker, tenantId, async (tx) => {
        for (const { id, issued, scheduled, approvers } of rows) {
          const decided = await readDecidedCase(tx, id)
          const moment = scheduled ?? issued
          if (decided === undefined || moment === null) throw new Error('a decision without its moment')
          expect(await isPairGenuine(keys, tx, decided, moment.getTime())).toBe(true)
          if (approvers !== null) expect(approvers).toEqual([decided.decidedById, decided.secondBy])
          expect(
            await isPairGenuine(keys, tx, { ...decided, secondBy: decided.decidedById }, moment.getTime()),
          ).toBe(false)
        }
      })
      expect(await count(`approvals where tenant_id = $1 and end_reason = 'expired'`)).toBeGreaterThan(0)
      expect(
        await count(
          `approvals where tenant_id = $1 and ordinal = 1 and used_at is null and expires_at > '${at().toISOString()}'`,
        ),
      ).toBe(0)
    })

    test('F3, G8: what waited was signed when its wait began, and ended in every way', async () => {
      const rows = await rowsOf<{ id: string; end: string; grant: string | null }>(
        `select s.verification_id as id, a.state || coalesce(' ' || a.reason, '') as end, a.grant_id as grant from schedules s
       join actions a on a.tenant_id = s.tenant_id and a.verification_id = s.verification_id
       where s.tenant_id = $1 and a.recorded_at <= '${at().toISOString()}'`,
      )
      expect(rows).toHaveLength(await count('schedules where tenant_id = $1'))
      expect([...new Set(rows.map(({ end }) => end))].sort()).toEqual(
        expect.arrayContaining(['completed', 'expired time_over', 'failed reported', 'failed stopped']),
      )
      await inTenant(database.worker, tenantId, async (tx) => {
        for (const { id, grant } of rows) {
          const stored = await readSchedule(tx, id)
          expect(stored && isScheduleGenuine(keys, stored.schedule, stored.signature)).toBe(true)
          const issued = grant === null ? undefined : await lockGrant(tx, grant)
          if (issued === undefined) continue
          const { grant: found, signature } = issued
          expect(found.waited?.scheduledAt).toBe(stored?.schedule.scheduledAt)
          const fresh = { ...found, tries: 0, spentAt: null, voidedAt: null }
          const genuine = verifyGrant(keys, found, signature)
          expect(checkGrant(fresh, found, genuine, found.issuedAt).ok).toBe(true)
        }
      })
    })
  })
}
