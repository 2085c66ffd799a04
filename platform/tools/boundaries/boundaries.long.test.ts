import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import type { IConfiguration, ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const config = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs') as IConfiguration

/** For each rule a file that breaks it: rule, file, what it imports. Files that are imported are made empty. */
const planted: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['no-cycles', 'domain/cycle-a.ts', "export * from './cycle-b.ts'"],
  ['domain-depends-on-nothing', 'domain/with-package.ts', "import 'zod'"],
  ['domain-depends-on-nothing', 'domain/with-node.ts', "import 'node:fs'"],
  [
    'domain-depends-on-nothing',
    'domain/with-type.ts',
    "import type { A } from '#platform/process/log.ts'\nexport type B = A",
  ],
  ['checks-stand-alone', 'domain/risk/checks/network/tor.ts', "import './vpn.ts'"],
  ['checks-stand-alone', 'domain/risk/checks/network/hosting.ts', "import '../index.ts'"],
  ['workflows-stay-in-the-sandbox', 'workflows/with-node.ts', "import 'node:crypto'"],
  ['workflows-stay-in-the-sandbox', 'workflows/with-package.ts', "import '@temporalio/client'"],
  ['workflows-stay-in-the-sandbox', 'workflows/with-platform.ts', "import '#platform/process/log.ts'"],
  ['workflows-know-activities-by-type', 'workflows/with-activity.ts', "import '#activities/index.ts'"],
  [
    'only-messages-leave-workflows',
    'api/console/start.ts',
    "import type { A } from '#workflows/index.ts'\nexport type B = A",
  ],
  ['only-messages-leave-workflows-as-values', 'services/with-workflow.ts', "import '#workflows/index.ts'"],
  ['contract-is-portable', 'api/contract/console.ts', "import '../bind.ts'"],
  ['contract-is-portable', 'api/contract/public.ts', "import 'koa'"],
  ['contract-client-without-zod', 'api/contract/client.ts', "import './console.ts'"],
  ['contract-client-without-zod', 'api/contract/routes.ts', "import 'zod'"],
  ['browser-sees-contract-domain-ui', 'console/App.tsx', "import '#platform/process/log.ts'"],
  ['browser-sees-contract-domain-ui', 'console/Chart.tsx', "import 'zod'"],
  ['portal-has-no-package-but-solid', 'portal/App.tsx', "import '@solidjs/router'"],
  ['browser-takes-schemas-as-types', 'console/schema.ts', "import '#api/contract/console.ts'"],
  ['apps-are-apart', 'console/steal.ts', "import '#portal/App.tsx'"],
  ['apps-are-apart', 'portal/steal.ts', "import type { A } from '#console/App.tsx'\nexport type B = A"],
  [
    'portal-cannot-name-console-api',
    'portal/name.ts',
    "import type { A } from '#api/contract/console.ts'\nexport type B = A",
  ],
  [
    'console-cannot-name-portal-api',
    'console/name.ts',
    "import type { A } from '#api/contract/portal.ts'\nexport type B = A",
  ],
  ['portal-cannot-name-console-api', 'portal/names.ts', "import '#api/contract/routes-console.ts'"],
  ['console-cannot-name-portal-api', 'console/names.ts', "import '#api/contract/routes-portal.ts'"],
  ['sql-lives-in-services', 'platform/crypto/with-sql.ts', "import 'pg'"],
  ['sql-lives-in-services', 'api/console/list.ts', "import 'knex'"],
  ['models-stay-in-services', 'api/console/model.ts', "import '#services/people/models.ts'"],
  ['models-stay-in-services', 'activities/model.ts', "import 'objection'"],
  [
    'models-stay-in-their-capability',
    'services/staff/with-person.ts',
    "import type { A } from '../people/models.ts'\nexport type B = A",
  ],
  ['clickhouse-lives-in-analytics', 'api/console/report.ts', "import '@clickhouse/client'"],
  ['temporal-client-lives-in-platform', 'api/console/case/decide.ts', "import '@temporalio/client'"],
  ['providers-live-in-their-folder', 'api/hooks/twilio-status.ts', "import 'twilio'"],
  ['providers-live-in-their-folder', 'activities/verification/send.ts', "import 'nodemailer'"],
  ['directories-only-behind-the-grant', 'activities/directory/operations/set.ts', "import '../builtin.ts'"],
  ['directories-only-behind-the-grant', 'activities/directory/guarded.ts', "import './ldap/adapter.ts'"],
  ['koa-lives-in-api', 'services/with-koa.ts', "import 'koa'"],
  ['koa-lives-in-api', 'activities/with-router.ts', "import '@koa/router'"],
  ['services-are-below', 'services/people/with-cli.ts', "import '#cli/main.ts'"],
  ['platform-is-below', 'platform/crypto/with-service.ts', "import '#services/people/people.ts'"],
  [
    'platform-is-below',
    'platform/process/with-api.ts',
    "import type { A } from '#api/http/bind.ts'\nexport type B = A",
  ],
  ['platform-is-below', 'platform/ui/with-console.ts', "import '#console/name.ts'"],
  ['analytics-takes-injection', 'analytics/relay.ts', "import '#platform/database/outbox.ts'"],
  ['api-and-activities-are-siblings', 'api/console/act.ts', "import '#activities/index.ts'"],
  [
    'api-and-activities-are-siblings',
    'activities/answer.ts',
    "import type { A } from '#api/http/bind.ts'\nexport type B = A",
  ],
  ['testing-folders-only-from-tests', 'activities/with-fakes.ts', "import './testing/fakes.ts'"],
  ['nobody-imports-dev', 'activities/main.ts', "import '#dev/stack/engines/postgres.ts'"],
  ['nobody-imports-dev', 'analytics/engine.ts', "import 'chdb'"],
  ['production-needs-no-dev-package', 'api/app.ts', "import 'vite'"],
  ['nobody-imports-bench', 'analytics/with-bench.ts', "import '#bench/events.ts'"],
  ['nobody-imports-dev', 'api/with-dev.ts', "import '#dev/stack.ts'"],
]

/** The rules must leave these alone: files with exactly the imports that their row of the table allows. */
const permitted: readonly (readonly [file: string, imports: string])[] = [
  ['domain/risk/checks/endpoint/vm.ts', "import '../../facts.ts'"],
  ['domain/person.test.ts', "import 'vitest'"],
  [
    'workflows/story.ts',
    "import '@temporalio/workflow'\nimport '#domain/person.ts'\nimport type { A } from '#activities/index.ts'\nexport type B = A",
  ],
  [
    'activities/worker.ts',
    "import '#workflows/messages.ts'\nimport type { A } from '#workflows/index.ts'\nexport type B = A",
  ],
  ['activities/messaging/twilio.ts', "import 'twilio'"],
  ['activities/directory/index.ts', "import './builtin.ts'"],
  ['api/contract/problem.ts', "import 'zod'\nimport '#domain/person.ts'"],
  [
    'console/call.ts',
    "import '#api/contract/client.ts'\nimport type { A } from '#api/contract/console.ts'\nexport type B = A",
  ],
  ['portal/call.ts', "import '#api/contract/client.ts'\nimport '#api/contract/routes-portal.ts'"],
  ['portal/main.tsx', "import 'solid-js'\nimport '#platform/ui/Button.tsx'"],
  ['services/people/people.ts', "import 'pg'\nimport './models.ts'"],
  ['platform/temporal/temporal.ts', "import '@temporalio/client'\nimport '#workflows/messages.ts'"],
  ['dev/stack/clickhouse/clickhouse.ts', "import 'chdb'\nimport '#platform/process/log.ts'"],
  ['analytics/main.ts', "import '#platform/process/log.ts'"],
  ['analytics/client.ts', "import '@clickhouse/client'"],
  ['api/middleware/router.ts', "import '@koa/router'"],
  ['api/hooks/twilio-signed.ts', "import 'twilio/lib/webhooks/webhooks.js'"],
  ['bench/events.ts', "import '@temporalio/client'\nimport 'pg'"],
  ['dev/doubles.ts', "import '#dev/stack/mailbox/mailbox.ts'"],
]

const folders = [
  'domain',
  'workflows',
  'activities',
  'api',
  'console',
  'portal',
  'analytics',
  'services',
  'platform',
  'cli',
  'bench',
  'dev',
]
const packages = [
  ...['zod', 'koa', '@koa/router', 'pg', 'knex', 'objection', 'twilio', 'nodemailer', '@clickhouse/client'],
  ...['@temporalio/workflow', '@temporalio/client'],
]
const devPackages = ['vite', 'vitest', 'chdb', 'solid-js', '@solidjs/router']

const root = mkdtempSync(join(tmpdir(), 'boundaries-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** A small project with only planted files, so that nothing but the rules decides. */
function plant(): void {
  const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']))
  const imports = Object.fromEntries(folders.map((folder) => [`#${folder}/*`, `./${folder}/*`]))
  const manifest = {
    type: 'module',
    imports,
    dependencies: versions(packages),
    devDependencies: versions(devPackages),
  }
  write('package.json', JSON.stringify(manifest))
  for (const name of [...packages, ...devPackages]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, '')
  }
  const files = [...planted.map(([, file, text]) => [file, text] as const), ...permitted]
  for (const [file, text] of files) {
    for (const [, specifier] of text.matchAll(/(?:import|from) '([#.][^']+)'/g)) {
      const target = specifier?.startsWith('#') ? specifier.slice(1) : join(dirname(file), specifier ?? '')
      write(target, 'export type A = string\n')
    }
  }
  write('domain/cycle-b.ts', "export * from './cycle-a.ts'\n")
  for (const [file, text] of files) write(file, `${text}\n`)
}

let found: ReadonlySet<string>
beforeAll(async () => {
  plant()
  const { options = {}, ...ruleSet } = config
  const { output } = await cruise(['.'], { ...options, baseDir: root, ruleSet, validate: true })
  const violations = (output as ICruiseResult).summary.violations
  found = new Set(violations.map(({ rule, from }) => `${rule.name} ${from}`))
})

describe('boundaries', () => {
  it.each(planted)('%s fires on %s', (rule, file) => {
    expect([...found]).toContain(`${rule} ${file}`)
  })

  it.each(permitted)('%s may import what its row allows', (file) => {
    expect([...found].filter((violation) => violation.endsWith(` ${file}`))).toEqual([])
  })

  it('has a planted violation for every rule, and every rule is an error', () => {
    const rules = (config.forbidden ?? []).map(({ name }) => name)
    expect([...new Set(planted.map(([rule]) => rule))].sort()).toEqual([...rules].sort())
    expect(config.forbidden?.map(({ severity }) => severity)).toEqual(rules.map(() => 'error'))
  })
})
