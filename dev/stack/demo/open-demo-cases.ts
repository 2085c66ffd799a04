/** The demo's open cases, in a process of their own that ends once they are there. */
import { PROJECT_ROOT } from '../data-folder.ts'
import { runScript } from '../fresh-build.ts'
import { environmentFor, namedParts, type StackParts } from '../stack-environment.ts'

const script = 'dev/stack/demo/open-demo-cases-child.ts'

/** The demo's open cases are real workflows; without them the demo is poorer, not broken. */
export async function openDemoCases(parts: StackParts): Promise<void> {
  // Participants and staff can be played only where their messages and accounts are the demo's own.
  const isOwn = !Object.values(namedParts(parts.env)).some(Boolean)
  const inbox = isOwn ? [`http://localhost:${String(parts.ports.inbox)}`] : []
  await runScript(PROJECT_ROOT, script, inbox, environmentFor('api', parts)).catch(() => undefined)
}
