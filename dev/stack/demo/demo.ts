/** The demo organisations as the stack shows them: prepared at the start, kept fresh while it runs. */
import { z } from 'zod'
import { PROJECT_ROOT } from '../data-folder.ts'
import { runScript, ScriptError } from '../fresh-build.ts'
import { identityWords, type AccountWords } from '../identity/identity-words.ts'

/** Exit code of the preparing process when another version wrote the database. */
export const ANOTHER_VERSION = 3
/** Exit code of the preparing process when the database refuses a step. */
export const STEP_FAILED = 4

/** Connected sources are read again once a day. */
const REFRESH_MS = 24 * 3600 * 1000

const Person = z.object({ organisation: z.string(), login: z.string(), name: z.string() })
const Summary = z.object({
  status: z.enum(['seeded', 'refreshed', 'left_alone']),
  lacksOpenCases: z.boolean(),
  staff: z.array(
    z.object({ organisation: z.string(), login: z.string(), name: z.string(), role: z.string() }),
  ),
  managers: z.array(Person),
  authenticators: z.array(Person),
  employeePassword: z.string(),
})
export type DemoSummary = z.infer<typeof Summary>

export interface DemoOptions {
  /** Address with an owner's rights. */
  databaseUrl: string
  /** The worker's key file: contacts of the demo people are sealed with it. */
  keyFile: string
  /** Where the data are, when they are ours; undefined for a database that the environment names. */
  dataFolder?: string | undefined
  /** Address of the identity provider whose subjects the demo staff are. */
  issuer: string
}

/**
 * Migrates; writes the demo organisations on the first start; later makes their facts as old as today.
 * @throws one sentence that says what to do when another version wrote the database, or it refuses a step
 */
export async function prepareDemo(options: DemoOptions): Promise<DemoSummary> {
  const { databaseUrl, keyFile, issuer } = options
  const env = { DATABASE_URL: databaseUrl, KEY_FILE: keyFile, OIDC_ISSUER: issuer, NODE_ENV: 'development' }
  const script = 'dev/stack/demo/prepare-demo-child.ts'
  const printed = await runScript(PROJECT_ROOT, script, [], env).catch((error: unknown) => {
    if (!(error instanceof ScriptError)) throw error
    const said = error.tail.split('\n').at(-1) ?? ''
    if (error.code === STEP_FAILED) throw new Error(said, { cause: error })
    if (error.code !== ANOTHER_VERSION) throw error
    throw new Error(`${said} ${adviceFor(options.dataFolder)}`, { cause: error })
  })
  return Summary.parse(JSON.parse(printed.split('\n').at(-1) ?? ''))
}

function adviceFor(dataFolder: string | undefined): string {
  return dataFolder === undefined
    ? 'Name an empty database in DATABASE_URL, or let `npm run db:reset` empty this one.'
    : `Move ${dataFolder} away to keep it, or let \`npm run db:reset\` begin anew.`
}

/** Prepares again every day until the returned function is called. A day that fails is left out. */
export function keepDemoFresh(options: DemoOptions): () => Promise<void> {
  const timer = setInterval(() => {
    prepareDemo(options).catch(() => undefined)
  }, REFRESH_MS)
  return () => {
    clearInterval(timer)
    return Promise.resolve()
  }
}

/** Lists who can sign in, a line for each organisation, and the password that all of them begin with. */
export function describeAccounts(
  { staff, managers, employeePassword }: DemoSummary,
  words: AccountWords = identityWords('en'),
): string[] {
  const organisations = [...new Set(staff.map(({ organisation }) => organisation))]
  const lines = organisations.map((name) => {
    const people = staff.filter(({ organisation }) => organisation === name)
    const manager = managers.find(({ organisation }) => organisation === name)
    const accounts = people.map(({ role, login }) => `${words.roles[role] ?? role} ${login}`)
    // Not for the console: who is asked to vouch signs in on the page behind their message.
    return `${name}: ${[...accounts, ...(manager ? [`${words.roles['manager'] ?? ''} ${manager.login}`] : [])].join(', ')}`
  })
  return lines.length === 0 ? [] : [...lines, `${words.everybody}: ${employeePassword}`]
}

/** Says who has an authenticator, one person of each organisation, in one line; none where nobody has. */
export function describeAuthenticators({ authenticators, managers }: DemoSummary): string[] {
  const organisations = [...new Set(authenticators.map(({ organisation }) => organisation))]
  const people = organisations.flatMap((name) => {
    const people = authenticators.filter(({ organisation }) => organisation === name)
    // The manager who is named above vouches for others.
    const person = people.find(({ login }) => managers.every((manager) => manager.login !== login))
    return person === undefined ? [] : [`${name} ${person.login}`]
  })
  return people.length === 0 ? [] : [`privileged people have an authenticator: ${people.join(', ')}, …`]
}
