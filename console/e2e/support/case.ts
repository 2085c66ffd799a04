/** A verification that was just sent, as journeys of the portal begin. */
import type { Inbox } from '#platform/server/cli/smoke-inbox.ts'
import type { Agent } from './agent.ts'
import type { Taken } from './people.ts'

/** What a journey begins with. */
export type Sent = { readonly link: string; readonly code: string }

/** The agent sends a link by e-mail; the link as it arrives, and the code on the agent's screen. */
export const sendLink = async (agent: Agent, inbox: Inbox, person: Taken, ticket: string): Promise<Sent> => {
  await agent.find(person.login)
  await agent.send({ channel: 'email', ticket })
  return { link: await inbox.link([person.workEmail]), code: await agent.matchCode() }
}

/** Six digits that are not the code. */
export const wrongCode = (code: string): string =>
  code.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10))
