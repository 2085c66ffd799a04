/** Codes of printed sheets, as the API hands them to the worker: what is proof, what is not, and what nobody learns. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { recoveryCodeOf } from '#domain/recovery-code.ts'
import type { ActingPurpose } from '#domain/verification/verification.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { useCode } from '#services/recovery-sheets/recovery-code-requests.ts'
import { leaveOneContact } from '../testing/passkeys.ts'
import { openPlay } from '../testing/play.ts'
import { printSheet, sendCode, withSheets } from '../testing/recovery-sheets.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
type Play = Awaited<ReturnType<typeof openPlay>>
type Change = { readonly purpose?: ActingPurpose; readonly tier?: 'privileged' }

const begin = async (change: Change = {}): Promise<Play> => {
  const play = await openPlay(world, change, { policy: withSheets })
  await leaveOneContact(world.database.owner, play.of)
  return play
}
const print = ({ of }: Play, hours?: number) => {
  const { api, owner } = world.database
  return printSheet({ owner, api, keys: world.keys, of, ...(hours === undefined ? {} : { hours }) })
}
const isAsked = (play: Play) => until(async () => (await play.row('recovery_code_requests'))['tries'] === 0)

/** The case asks for a code: the match code was right, and one kind is not enough. */
const ask = async (play: Play): Promise<void> => {
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  await isAsked(play)
}
const send = ({ ref }: Play, said: Parameters<typeof sendCode>[1]) => {
  const { database, keys, verifications } = world
  return sendCode({ api: database.api, keys, verifications, ref }, said)
}
const type = (play: Play, code: string | undefined) => send(play, { kind: 'code', code: code ?? '' })
const decisionOf = async (play: Play) => {
  const [newest] = await play.rows(
    'select decision from scorings where verification_id::text = $1::text order by ordinal desc limit 1',
  )
  return newest?.['decision']
}
const eventsOf = (play: Play) =>
  play.rows(`select type, payload from audit where object_id = $1 and type like 'recovery%' order by seq`)
const stranger = recoveryCodeOf(Array.from({ length: 14 }, (_, n) => n))
const wrong = { kind: 'answered', value: { isOver: false, isWrong: true } }
const right = { value: { isOver: true, isWrong: false } }

describe('a code of a printed sheet as evidence', () => {
  it('B5: is asked for where one more kind is needed, gives it once, and is in no row and no event', async () => {
    const play = await begin()
    const { codes, sheetId } = await print(play)
    await ask(play)
    expect(await decisionOf(play)).toMatchObject({
      ...{ answer: 'hold', next: 'recovery_sheet', evidence: ['possession'] },
    })
    expect(await type(play, codes[3])).toMatchObject(right)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({
      ...{ answer: 'approve', evidence: ['possession', 'recovery_sheet'] },
    })
    expect(await play.row('recovery_code_requests')).toMatchObject({ sheet_id: sheetId, tries: 0 })
    expect((await eventsOf(play)).map(({ type }) => type)).toEqual([
      'recovery_code.asked',
      'recovery_code.tried',
    ])
    const kept = await play.rows(
      `select jsonb_build_array((select jsonb_agg(c) from recovery_codes c), (select jsonb_agg(a) from audit a)) as all
       where $1 <> ''`,
    )
    for (const code of codes)
      for (const form of [code, code.replaceAll('-', '')]) expect(JSON.stringify(kept)).not.toContain(form)
    expect(await play.decide()).toMatchObject({ value: { refusal: null, outcome: 'passed' } })
  })

  it('a code that was used is a wrong one, in this case and in the next', async () => {
    const play = await begin()
    const { codes } = await print(play)
    await world.database.owner.run(
      `update recovery_codes set used_at = now(), used_in = $2 where person_id = $1 and ordinal = 1`,
      [play.of.person.id, randomUUID()],
    )
    await ask(play)
    expect(await type(play, codes[0])).toMatchObject(wrong)
    expect(await type(play, codes[1])).toMatchObject(right)
  })

  it('C5: of two cases that use one code at once, one gets it', async () => {
    const play = await begin()
    const { codes } = await print(play)
    const use = () =>
      inTenant(world.database.worker, play.of.tenantId, (tx) =>
        useCode(tx, world.keys.worker, {
          ...{ personId: play.of.person.id, verificationId: randomUUID() },
          ...{ code: codes[0] ?? '', restSeconds: 86_400 },
        }),
      )
    const used = await Promise.all(Array.from({ length: 8 }, use))
    expect(used.filter((one) => one !== null)).toHaveLength(1)
  })

  it('two that are typed at once in one case spend one code', async () => {
    const play = await begin()
    const { codes } = await print(play)
    await ask(play)
    await Promise.all([type(play, codes[0]), type(play, codes[0]), type(play, codes[1])])
    await play.reaches('awaiting_decision')
    const rows = await world.database.owner.query(
      'select from recovery_codes where person_id = $1 and used_at is not null',
      [play.of.person.id],
    )
    expect(rows).toHaveLength(1)
    expect(await play.row('recovery_code_requests')).toMatchObject({ tries: 0 })
  })
})

describe('what is no proof', () => {
  it('B5: the same is asked, answered, recorded and shown of a person who has no sheet', async () => {
    const [with_, without] = [await begin(), await begin()]
    await print(with_)
    const seen = []
    for (const play of [with_, without]) {
      await ask(play)
      const answers = []
      for (let n = 0; n < 5; n += 1) answers.push(await type(play, stranger))
      await play.reaches('awaiting_decision')
      const events = (await eventsOf(play)).map(({ type, payload }) => [type, payload])
      const [scoring] = await play.rows(
        `select jsonb_path_query_first(results, '$[*] ? (@.code == "POS_SHEET")') as result from scorings
         where verification_id::text = $1::text order by ordinal desc limit 1`,
      )
      const { result } = scoring as { result: Record<string, unknown> }
      seen.push({ answers, events, result: { ...result, source: null }, decision: await decisionOf(play) })
    }
    expect(seen[0]).toEqual(seen[1])
    expect(seen[0]?.answers.at(-2)).toMatchObject({ value: { isOver: false, triesLeft: 1 } })
    expect(seen[0]?.answers.at(-1)).toMatchObject({ value: { isOver: true, triesLeft: 0 } })
    expect(seen[0]?.decision).toMatchObject({ answer: 'hold', next: 'new_evidence' })
  })

  it('a code of somebody else’s sheet, of the same organisation', async () => {
    const play = await begin()
    await print(play)
    const other = await begin()
    const { codes } = await print(other)
    await ask(play)
    expect(await type(play, codes[0])).toMatchObject(wrong)
  })

  it('one that was mistyped never reaches a sheet, should the API not have looked', async () => {
    const play = await begin()
    await print(play)
    await ask(play)
    expect(await type(play, 'not a code at all')).toMatchObject(wrong)
  })

  it.each<[string, string]>([
    ['that has not rested', `update recovery_sheets set activated_at = now() - interval '23 hours'`],
    [
      'whose time of printing was set back',
      `update recovery_sheets set made_at = now() - interval '23 hours'`,
    ],
    ['that nobody said they printed', 'update recovery_sheets set activated_at = null'],
    ['that was voided', `update recovery_sheets set voided_at = now(), void_reason = 'lost'`],
  ])('a code of a sheet %s', async (_name, sql) => {
    const play = await begin()
    const { codes } = await print(play)
    await world.database.owner.run(`${sql} where person_id = $1`, [play.of.person.id])
    await ask(play)
    expect(await type(play, codes[0])).toMatchObject(wrong)
  })

  it.each([
    ['since it was made', `now() - interval '20 hours'`, 'gen_random_uuid()'],
    ['about the case at whose end it was made', `now() - interval '40 hours'`, 's.verification_id'],
  ])(
    'B13: a code of a sheet when somebody said "not me" %s, also once the freeze is lifted',
    async (_name, at, about) => {
      const play = await begin()
      const { codes } = await print(play)
      await world.database.owner.run(
        `insert into reports (tenant_id, id, verification_id, person_id, source, at, lifted_at)
       select s.tenant_id, s.id, ${about}, s.person_id, 'message', ${at}, now() from recovery_sheets s where s.person_id = $1`,
        [play.of.person.id],
      )
      await ask(play)
      expect(await type(play, codes[0])).toMatchObject(wrong)
    },
  )

  it('a new sheet ends the one before, whose codes are wrong from then on', async () => {
    const play = await begin()
    const old = await print(play)
    const fresh = await print(play)
    await ask(play)
    expect(await type(play, old.codes[0])).toMatchObject(wrong)
    expect(await type(play, fresh.codes[0])).toMatchObject(right)
  })

  it('"not at hand" costs nothing, is asked once, and leads to another way', async () => {
    const play = await begin()
    await print(play)
    await ask(play)
    expect(await send(play, { kind: 'not_at_hand' })).toMatchObject(right)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', next: 'new_evidence', missingCount: 1 })
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing' } })
  })

  it('H4: wrong codes count for the person over all their cases, and after ten in a day none is asked for', async () => {
    const play = await begin()
    const { codes } = await print(play)
    await world.database.owner.run(
      `insert into recovery_code_requests (tenant_id, verification_id, person_id, tries, tried_at)
       values ($1, $2, $3, 9, now() - interval '23 hours'), ($1, $4, $3, 9, now() - interval '25 hours')`,
      [play.of.tenantId, randomUUID(), play.of.person.id, randomUUID()],
    )
    await ask(play)
    expect(await type(play, stranger)).toMatchObject({ value: { isOver: true, isWrong: true } })
    await play.reaches('awaiting_decision')
    expect(await type(play, codes[0])).not.toMatchObject(right)
    expect(await decisionOf(play)).toMatchObject({ next: 'new_evidence', evidence: ['possession'] })
  })
})

describe('an approval that leans on a sheet', () => {
  it('takes the evidence along when the sheet is voided before', async () => {
    const play = await begin()
    const { codes } = await print(play)
    await ask(play)
    await type(play, codes[0])
    await play.reaches('awaiting_decision')
    await world.database.owner.run(
      `update recovery_sheets set voided_at = now(), void_reason = 'lost' where person_id = $1`,
      [play.of.person.id],
    )
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing' } })
  })

  it('D2: is never enough beside link and code where a privileged account needs a second approval', async () => {
    const play = await begin({ tier: 'privileged' })
    const { codes } = await print(play)
    await ask(play)
    expect(await type(play, codes[0])).toMatchObject(right)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', next: 'second_approval' })
  })
})
