import type { Locator, Page } from '@playwright/test'
import { z } from 'zod'
import { changeRows } from './support/database.ts'
import { expectAccessible } from './support/axe.ts'
import type { Taken } from './support/people.ts'
import { expect, test } from './support/test.ts'

const Sources = z.looseObject({
  isCountWanted: z.boolean(),
  thin: z
    .looseObject({
      people: z.number(),
      askable: z.number(),
    })
    .nullable(),
  sources: z.array(z.looseObject({ kind: z.string(), rows: z.number() })),
})

/** Reads the page's figures, once the worker has counted. */
const counted = async (page: Page) => {
  const look = async () => Sources.parse(await (await page.request.get('/api/console/sources')).json())
  await expect.poll(async () => (await look()).isCountWanted, { timeout: 90_000 }).toBe(false)
  const { thin, sources } = await look()
  if (thin === null) throw new Error('counted, and yet no count')
  const devices = sources.find(({ kind }) => kind === 'devices')?.rows ?? 0
  return { thinFiles: thin.people - thin.askable, devices }
}

const minutesOfAge = 10 * 24 * 60

/**
 * Makes thin files of people: whatever tells more than the directory was last read ten days ago. Whom the demo itself
 * leaves thin depends on the day of its seed.
 */
const age = async (people: readonly Taken[], minutes: number): Promise<void> => {
  await changeRows(
    `update facts set read_at = read_at - make_interval(mins => $2)
     where person_id = any($1) and source not in ('directory', 'hr')`,
    [people.map(({ id }) => id), minutes],
  )
  await changeRows('update thin_counts set wanted_at = clock_timestamp()', [])
}

const columns = 'person;device_id;kind;model;asset_tag;last_seen'
const models = ['Norda Slate 13', 'Kestrel Book 14', 'Tarn Studio 16', 'Ardent Lite 15']
const today = (): string => new Date().toISOString().slice(0, 10)

const fileOf = (logins: readonly string[], more: readonly string[] = []): string =>
  [
    columns,
    ...logins.map((login, n) => {
      const model = models[n % models.length] ?? ''
      return `${login};e2e-${login};laptop;${model};XX-${String(310_011 + n)};${today()}`
    }),
    ...more,
  ].join('\r\n')

const figure = async (region: Locator, name: string): Promise<number> => {
  const text = await region.locator('dl > div').filter({ hasText: name }).locator('dd').textContent()
  // A share may follow in brackets.
  return Number((text ?? '').replace(/\(.*/, '').replace(/\D/g, ''))
}

const thinned: Taken[] = []

test.afterEach(async () => {
  // The demo is as before: other journeys play these people too.
  await changeRows(`delete from facts where value::jsonb ->> 'id' like 'e2e-%' and family = 'device'`, [])
  await age(thinned, -minutesOfAge)
})

test('K5: a faulty file is refused row by row, and the mended one makes thin people askable', async ({
  staff,
  people,
}) => {
  test.slow()
  const pool = await people('northwind')
  for (let n = 0; n < 4; n++) thinned.push(await pool.take())
  await age(thinned, minutesOfAge)
  const { page, copy, button } = await staff({ organisation: 'northwind', role: 'admin' })
  const words = copy.sources
  await page.goto('/sources')
  const before = await counted(page)
  const logins = thinned.map(({ login }) => login)
  const known = page.getByRole('region', { name: words.table.title })
  const row = known.getByRole('row', { name: words.kinds.devices })
  await expect(row).toContainText(copy.policy.families.device_model ?? '')
  await expect(row).toContainText(copy.policy.families.asset_tag ?? '')
  await expectAccessible(page, 'sources')

  await row.getByRole('button', { name: words.table.upload }).click()
  await page.getByRole('radio', { name: words.upload.merge }).check()
  const bring = (name: string, content: string): Promise<void> =>
    page
      .getByLabel(words.upload.drop)
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
  const first = logins[0] ?? ''
  await bring(
    'computers.csv',
    fileOf(logins, [
      `${first};e2e-x;toaster;"=HYPERLINK(""https://example.org"")";;${today()}`,
      `nobody.at.all;e2e-y;laptop;Norda Slate 13;;${today()}`,
      `${first};e2e-${first};laptop;Wren Compact 12;;${today()}`,
      `${first};e2e-z;laptop;Norda Slate 13;;yesterday`,
      `${first};e2e-z`,
    ]),
  )
  const region = page.getByRole('region', { name: words.import.title })
  await expect(region).toContainText(words.import.states.refused)
  const faultAt = (line: number): Locator =>
    region.getByRole('row').filter({ has: page.getByRole('cell', { name: String(line), exact: true }) })
  const line = logins.length + 2
  await expect(faultAt(line)).toContainText(words.import.codes.not_a_choice)
  await expect(faultAt(line + 1)).toContainText(words.import.codes.unknown_person)
  await expect(faultAt(line + 3)).toContainText(words.import.codes.not_a_moment)
  await expect(faultAt(line + 4)).toContainText(words.import.codes.too_few_cells)
  await expect(region).not.toContainText('HYPERLINK')
  await expect(button(words.import.confirm)).toHaveCount(0)
  await expectAccessible(page, 'a refused import')
  const download = page.waitForEvent('download')
  await region.getByRole('link', { name: words.import.report }).click()
  expect((await download).suggestedFilename()).toBe('import-report.csv')
  expect((await counted(page)).devices, 'nothing was imported').toBe(before.devices)
  await button(words.import.close).click()

  await bring('computers.csv', fileOf(logins))
  await expect(region).toContainText(words.import.states.checked)
  expect(await figure(region, words.import.thinBefore)).toBe(before.thinFiles)
  const after = await figure(region, words.import.thinAfter)
  expect(after).toBeLessThan(before.thinFiles)
  await expectAccessible(page, 'an import that waits')
  expect((await counted(page)).devices, 'looking changes nothing').toBe(before.devices)
  await button(words.import.confirm).click()
  await expect(region).toContainText(words.import.states.imported)
  await expect
    .poll(async () => counted(page), { timeout: 90_000 })
    .toMatchObject({ thinFiles: after, devices: before.devices + logins.length })
  const thin = page.getByRole('region', { name: words.thin.title })
  await expect.poll(() => figure(thin, words.thin.total)).toBe(after)
})
