import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import { score, withApplied } from '#domain/risk/score.ts'
import { facts } from '#domain/risk/testing/facts.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeTenant,
  makeVerification,
  testKeys,
} from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { CommandError } from './command.ts'
import { commands } from './commands.ts'

const database = useDatabase()
let first: { id: string; verificationId: string }

/** An organisation with one scored case. */
const addOrganisation = async (slug: string): Promise<{ id: string; verificationId: string }> => {
  const { owner } = database
  const { id } = await makeTenant(owner, { slug })
  const { version, ...document } = defaultPolicy()
  await insertRow(owner, 'policies', {
    ...{ tenant_id: id, version, document: JSON.stringify(document), saved_by: 'test' },
  })
  const contact = await makeContact(owner, testKeys().worker, await makePerson(owner, id))
  const { id: verificationId } = await makeVerification(owner, contact)
  const results = evaluateChecks(facts(), { checks: {} })
  const risk = score(results, defaultPolicy().score)
  await insertRow(owner, 'scorings', {
    ...{ tenant_id: id, verification_id: verificationId, ordinal: 1, policy_version: version },
    ...{
      results: JSON.stringify(withApplied(results, risk)),
      score: JSON.stringify(risk),
      decision: {},
      versions: {},
    },
    ...{ evidence_sealed: Buffer.from('-'), evidence_digest: Buffer.from('-') },
  })
  return { id, verificationId }
}

beforeAll(async () => {
  first = await addOrganisation('first')
})

const run = (name: string, ...args: string[]): Promise<string> => {
  const env = {
    NODE_ENV: 'test',
    // As the API: its role sees one tenant's rows at a time.
    DATABASE_URL: database.addresses.apiUrl,
    CLICKHOUSE_URL: 'http://countersign:x@127.0.0.1:1/countersign',
  }
  return commands[name]?.run(args, env) ?? Promise.reject(new Error(`no command ${name}`))
}

describe('recompute', () => {
  it('says that every stored score comes out again, of all cases or of one', async () => {
    expect(await run('recompute')).toBe('0 of 1 stored scores differ when they are computed again.')
    const one = JSON.parse(await run('recompute', '--json', '--verification', first.verificationId)) as object
    expect(one).toEqual({ scorings: 1, differing: 0, examples: [] })
  })

  it('fails where one differs, and names it', async () => {
    const set = (r: string) =>
      database.owner.run(`update scorings set score = jsonb_set(score, '{r}', $2) where tenant_id = $1`, [
        first.id,
        r,
      ])
    const [row] = await database.owner.query<{ r: number }>(
      `select (score ->> 'r')::float8 as r from scorings where tenant_id = $1`,
      [first.id],
    )
    await set('9.9')
    await expect(run('recompute')).rejects.toThrow(
      new CommandError(
        `1 of 1 stored scores differ when they are computed again.\n` +
          `  ${first.verificationId} (1) r: stored 9.9, recomputed ${String(row?.r)}`,
      ),
    )
    await set(String(row?.r))
  })

  it('refuses what is no case, and options that it does not know', async () => {
    await expect(run('recompute', '--verification', 'x')).rejects.toThrow(
      '"x" is no verification’s id'.replace('’', "'"),
    )
    await expect(run('recompute', '--verification', randomUUID())).rejects.toThrow('does not exist')
    await expect(run('recompute', '--everything')).rejects.toThrow(CommandError)
  })
})

describe('calibrate', () => {
  it('says what was counted, in words and as JSON, and proposes nothing from one case', async () => {
    const text = await run('calibrate')
    expect(text).toContain('Calibration of first, policy version 1')
    expect(text).toContain('1 scored cases')
    expect(text).toContain('too little data, nothing proposed')
    const made = JSON.parse(await run('calibrate', '--json', '--days', '30')) as Record<string, never>
    expect(made).toMatchObject({ tenant: 'first', days: 30, isCapped: false, report: { cases: 1 } })
  })

  it('refuses a window that is none', async () => {
    for (const days of ['13', '367', 'x', '20.5', '', '1e2', ' 20'])
      await expect(run('calibrate', '--days', days)).rejects.toThrow('a whole number from 14 to 366')
  })

  it('wants to know which of several organisations is meant', async () => {
    await addOrganisation('second')
    await expect(run('calibrate')).rejects.toThrow(
      /Say for which tenant: --tenant (first, second|second, first)/,
    )
    await expect(run('calibrate', '--tenant', 'third')).rejects.toThrow('There is no tenant "third"')
    expect(await run('calibrate', '--tenant', 'second')).toContain('Calibration of second')
  })

  it('says in a sentence that the database does not answer', async () => {
    const env = {
      NODE_ENV: 'test',
      DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/none',
      CLICKHOUSE_URL: 'http://countersign:x@127.0.0.1:1/countersign',
    }
    await expect(commands['calibrate']?.run([], env)).rejects.toThrow(
      'DATABASE_URL names 127.0.0.1:1, where no PostgreSQL answers (ECONNREFUSED).',
    )
  })
})
