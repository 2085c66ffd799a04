/** The demo organisations as the stack shows them: prepared at the start, kept fresh while it runs. */
import { z } from 'zod'
import { PROJECT_ROOT } from './data-folder.ts'
import { runScript } from './fresh-build.ts'

/** What connected sources do once a day (challenges.md 2.1 a). */
const REFRESH_MS = 24 * 3600 * 1000

const Summary = z.object({
  status: z.enum(['seeded', 'refreshed', 'left_alone']),
  staff: z.array(
    z.object({ organisation: z.string(), login: z.string(), name: z.string(), role: z.string() }),
  ),
  employeePassword: z.string(),
})
export type DemoSummary = z.infer<typeof Summary>

export interface DemoOptions {
  /** Address with an owner's rights. */
  databaseUrl: string
  /** The worker's key file: contacts of the demo people are sealed with it. */
  keyFile: string
  /** Address of the identity provider whose subjects the demo staff are. */
  issuer: string
}

/** Migrates; writes the demo organisations on the first start; later makes their facts as old as today. */
export async function prepareDemo({ databaseUrl, keyFile, issuer }: DemoOptions): Promise<DemoSummary> {
  const env = { DATABASE_URL: databaseUrl, KEY_FILE: keyFile, OIDC_ISSUER: issuer, NODE_ENV: 'development' }
  const printed = await runScript(PROJECT_ROOT, 'platform/embedded/prepare-demo-child.ts', [], env)
  return Summary.parse(JSON.parse(printed.split('\n').at(-1) ?? ''))
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

/** Who can sign in, a line for each organisation, and the password that all of them begin with. */
export function describeAccounts({ staff, employeePassword }: DemoSummary): string[] {
  const organisations = [...new Set(staff.map(({ organisation }) => organisation))]
  const lines = organisations.map((name) => {
    const people = staff.filter(({ organisation }) => organisation === name)
    return `${name}: ${people.map(({ role, login }) => `${role} ${login}`).join(', ')}`
  })
  return lines.length === 0 ? [] : [...lines, `password of everybody: ${employeePassword}`]
}
