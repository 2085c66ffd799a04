/** Plays a case of the demo over HTTP, as agent, participant and supervisor do, until the next of them has to act. */
import { randomUUID } from 'node:crypto'
import { answerEverything, openPortal, type Participant, type PortalVisit } from '../../smoke/participant.ts'
import { openInbox } from '../../smoke/inbox.ts'
import { signIn, until, type PanelSeen, type Staff } from '../../smoke/staff.ts'
import { demoPassword } from '../../seeds/demo.ts'
import { beaconOf, newTelephone } from '../../seeds/history/devices.ts'
import { offsetAt } from '../../seeds/history/zones.ts'
import type { PlayedCase } from '../../seeds/open-cases.ts'
import { randomOf } from '../../seeds/random.ts'

/** The addresses of the stack. */
export type Surfaces = { readonly console: URL; readonly portal: URL; readonly inbox: URL }

/** Longest wait for a score or an approval, seconds: the machine is busy right after a start. */
const patience = 60

/** Sends the link, answers everything, and gives the approval that the case is to wait after. */
export const playDemoCase = async (at: Surfaces, one: PlayedCase): Promise<void> => {
  const agent = await signIn(at.console, one.agentLogin, demoPassword)
  const verificationId = await answer(at, one, agent)
  const panel = await scored(agent, verificationId)
  if (one.until === 'first_approval')
    await agent.approve(verificationId, panel.screenHash, 'Called back on the number on file.')
  if (one.until === 'scheduled') await approveBySupervisor(at, one, verificationId)
}

const answer = async (at: Surfaces, one: PlayedCase, agent: Staff): Promise<string> => {
  const { person, purpose, ticket, timeZone } = one
  const inbox = await openInbox(at.inbox)
  const { id } = await agent.find(person.login)
  const { hiredOn } = await agent.card(id)
  const { options } = await agent.options(id)
  const contact = options.find(
    ({ channel, label, allowed }) => channel === 'email' && label === 'work' && allowed,
  )
  if (contact === undefined) throw new Error(`Nothing may be sent to ${person.login}.`)
  const { verificationId } = await agent.start(id, contact.contactId, ticket, purpose)
  const link = new URL(await inbox.link([person.workEmail]))
  const { device, headers } = newTelephone(randomOf('played', randomUUID()), 'en-US,en')
  const visit = await openPortal(at.portal, link, { headers, key: device.key })
  await visit.open()
  const first = await visit.matchCode((await agent.matchCode(verificationId)).code)
  const report = (nonce: string) => {
    const now = Date.now()
    const offsetMinutes = offsetAt(timeZone, now)
    const moment = { at: now, nonce, origin: at.portal.origin, offsetMinutes }
    return beaconOf(device, { ...moment, language: 'en-US', timeZone })
  }
  const who = { known: { ...person, hiredOn }, addresses: person.addresses, inbox, report }
  await answerEverything(visit, first, who)
  await bringWhatIsAsked(visit, who)
  return verificationId
}

/** Brings one more kind of evidence where it is asked for after the answers are scored, until the case waits for a decision. */
const bringWhatIsAsked = (visit: PortalVisit, who: Participant): Promise<true> =>
  until(patience, 'Nobody is waited for.', async () => {
    const step = await visit.step()
    if (step.kind === 'second_code') await answerEverything(visit, step, who)
    return step.kind === 'waiting' && step.for === 'decision' ? true : null
  })

const scored = (staff: Staff, verificationId: string): Promise<PanelSeen> =>
  until(patience, 'The verification was not scored.', async () => {
    const seen = await staff.panel(verificationId)
    return seen.recommendation !== null && seen.row.state === 'awaiting_decision' ? seen : null
  })

const approveBySupervisor = async (at: Surfaces, one: PlayedCase, verificationId: string): Promise<void> => {
  const supervisor = await signIn(at.console, one.supervisorLogin, demoPassword)
  const { screenHash } = await scored(supervisor, verificationId)
  await supervisor.approve(verificationId, screenHash, 'Known voice; lost the phone on the way to work.')
}
