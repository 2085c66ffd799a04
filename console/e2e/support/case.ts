/** A verification that was just sent, as journeys of the portal begin. */
import type { Inbox } from '#dev/smoke/inbox.ts'
import type { Agent } from './agent.ts'
import { mailboxOf, type Taken } from './people.ts'
import type { Participant } from './portal.ts'

/** A journey begins with these: the agent, the link as it arrived, and the code on the agent's screen. */
export type Sent = { readonly agent: Agent; readonly link: string; readonly code: string }

/** The same, with the participant at what comes after the code. */
export type Entered = Sent & { readonly visitor: Participant }

/** The agent sends a link by e-mail. */
export const sendLink = async (agent: Agent, inbox: Inbox, person: Taken, ticket: string): Promise<Sent> => {
  await agent.find(person.login)
  await agent.send({ channel: 'email', ticket })
  return { agent, link: await inbox.link(mailboxOf(person)), code: await agent.matchCode() }
}

/** The participant opens the link, says Yes and types the code. */
export const enterCode = async (sent: Sent, visitor: Participant): Promise<Entered> => {
  await visitor.open(sent.link)
  await visitor.typeCode(sent.code)
  return { ...sent, visitor }
}

/** Six digits that are not the code. */
export const wrongCode = (code: string): string =>
  code.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10))
