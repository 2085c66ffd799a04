import { beforeAll, describe, expect, it } from 'vitest'
import { holdDrop } from '#services/people/directory-syncs.ts'
import { makeTenant } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { directorySyncCommand } from './directory-sync.ts'

const database = useDatabase()
let slug: string
let tenantId: string
beforeAll(async () => {
  ;({ slug, id: tenantId } = await makeTenant(database.owner))
})

const run = (...args: string[]) =>
  directorySyncCommand
    .run(['--tenant', slug, ...args], {
      DATABASE_URL: database.addresses.ownerUrl,
      CLICKHOUSE_URL: 'http://127.0.0.1:1',
      NODE_ENV: 'test',
    })
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))

const accepted = () =>
  database.owner.query<{ payload: unknown }>(
    `select payload from audit where tenant_id = $1 and type = 'directory.drop_accepted' order by seq`,
    [tenantId],
  )

describe('readings of directories at the shell', () => {
  it('D13: a drop is accepted by name, as far as it was shown, and the audit keeps it', async () => {
    expect(await run()).toBe('No directory was read yet.')
    expect(await run('--directory', 'corp', '--accept-drop')).toBe('Nothing is held back of corp.')
    await inTenant(database.worker, tenantId, (tx) => holdDrop(tx, 'corp', { people: 31, contacts: 7 }))
    expect(await run()).toContain('held back: 31 people gone, 7 contacts gone')
    expect(await run('--directory', 'corp', '--accept-drop')).toBe(
      'The next reading of corp may take away 31 people and 7 contacts, once, and no more.',
    )
    expect((await accepted()).map(({ payload }) => payload)).toMatchObject([
      { directory: 'corp', people: 31, contacts: 7 },
    ])
  })

  it('says how far a log of sign-ins was counted, where one is read', async () => {
    expect(await run()).not.toContain('log of sign-ins')
    const set = (offers: readonly string[], until: string | null, problem: string | null) =>
      database.owner.run(
        `update directory_syncs set offers = $2, log_until = $3, log_problem = $4, log_sign_ins = 17 where tenant_id = $1`,
        [tenantId, offers, until, problem],
      )
    await set(['sign_in_log'], null, 'rights')
    expect(await run()).toContain('log of sign-ins: 17 counted up to never  problem of the log rights')
    await set(['sign_in_log'], '2026-11-01T10:00:00Z', null)
    expect(await run()).toMatch(/log of sign-ins: 17 counted up to 2026-11-01T10:00:00\S+Z$/)
    await set([], '2026-11-01T10:00:00Z', null)
    expect(await run()).not.toContain('log of sign-ins')
  })

  it('half a command changes nothing and says how it is said', async () => {
    const before = await accepted()
    for (const args of [['--accept-drop'], ['--directory', 'corp'], ['--all']])
      expect(await run(...args)).toMatch(/Say it so|Unknown option/)
    expect(await accepted()).toEqual(before)
  })
})
