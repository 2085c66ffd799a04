/**
 * `npm run smoke`: plays agent and participant through the whole job against a running stack, over HTTP and the inbox
 * only. Everything real: what it starts stays in the table under its own ticket, and one person of the trial
 * organisation has a new password afterwards.
 */
import { randomBytes } from 'node:crypto'
import type { Environment } from '#platform/process/config.ts'
import { demoPeople, demoPerson, type DemoPerson } from '../seeds/answers.ts'
import { demoPassword } from '../seeds/demo.ts'
import { knowLocalhostNames } from '#platform/process/localhost-names.ts'
import { CommandError } from '#cli/command.ts'
import { openInbox, type Inbox } from './inbox.ts'
import { answerEverything, openPortal, setPassword, takesPassword } from './participant.ts'
import { readSmokeSettings, type SmokeSettings } from './settings.ts'
import { signIn, until, type Staff } from './staff.ts'

/** Says a line while the command runs. */
type Say = (line: string) => void

/** Runs named steps one after the other and says how long each took. */
const createSteps = (say: Say) => {
  const begun = performance.now()
  const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(2).padStart(6)
  return {
    step: async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const at = performance.now()
      const result = await work()
      say(`${seconds(at)} s  ${name}`)
      return result
    },
    total: () => seconds(begun).trim(),
  }
}
type Steps = ReturnType<typeof createSteps>

/** The number of people who are tried until one has no verification open. */
const mostTried = 8

const shuffled = (people: readonly DemoPerson[]): readonly DemoPerson[] =>
  people
    .map((person) => ({ person, place: randomBytes(4).readUInt32BE() }))
    .sort((a, b) => a.place - b.place)
    .map(({ person }) => person)

/** Chooses a person without an open verification, whom this run verifies. */
const choose = async (agent: Staff, wanted: string | null) => {
  const people = wanted === null ? shuffled(demoPeople('lab')) : [demoPerson('lab', wanted)]
  for (const person of people.slice(0, mostTried)) {
    const { id } = await agent.find(person.login)
    const card = await agent.card(id)
    const { options, blocked } = await agent.options(id)
    // Not the account's own mailbox, which is never enough alone.
    const contact = options.find(
      ({ channel, label, allowed }) => channel === 'email' && label === 'private' && allowed,
    )
    if (card.openVerificationId === null && blocked === null && contact !== undefined)
      return { person, card, contactId: contact.contactId }
  }
  throw new CommandError('Nobody could be found who has no verification open and may get a link by e-mail.')
}
type Chosen = Awaited<ReturnType<typeof choose>>

type Run = {
  readonly settings: SmokeSettings
  readonly steps: Steps
  readonly agent: Staff
  readonly supervisor: Staff
  readonly inbox: Inbox
  readonly ticket: string
}

/** From the sent link to the scored case. */
const verify = async ({ settings, steps: { step }, agent, inbox, ticket }: Run, chosen: Chosen) => {
  const { person, card, contactId } = chosen
  const { verificationId } = await step(`${agent.name} sends a link to ${person.name} (${ticket})`, () =>
    agent.start(card.id, contactId, ticket),
  )
  const link = await step('the link arrives', () => inbox.link(person.addresses))
  const visit = await step('the portal opens', () => openPortal(settings.portal, new URL(link)))
  const { code, phrase } = await agent.matchCode(verificationId)
  await step('both sides see the same two words', async () => {
    const shown = await visit.open()
    if (shown.kind !== 'who_asks') throw new CommandError(`The portal begins with ${shown.kind}.`)
    if (shown.phrase.join() !== phrase.join()) throw new CommandError('The two words differ.')
  })
  const first = await step('the match code is right', () => visit.matchCode(code))
  const who = { known: { ...person, hiredOn: card.hiredOn }, addresses: person.addresses, inbox }
  const route = await step('checks and answers', () => answerEverything(visit, first, who))
  return { verificationId, visit, route }
}

/** From the scored case to the changed directory. */
const reset = async (
  { settings, steps: { step }, agent, inbox }: Run,
  { person }: Chosen,
  { verificationId, visit, route }: Awaited<ReturnType<typeof verify>>,
): Promise<void> => {
  const panel = await step(`scored (${route})`, () =>
    until(30, 'The verification was not scored.', async () => {
      const seen = await agent.panel(verificationId)
      return seen.recommendation === null ? null : seen
    }),
  )
  if (!panel.actions.approve.allowed)
    throw new CommandError(
      `Right answers did not lead to an approval: the policy says ${panel.recommendation ?? ''}.`,
    )
  await step('the agent approves', () => agent.approve(verificationId, panel.screenHash))
  const password = `smoke ${randomBytes(6).toString('hex')} harbour lantern`
  await step('the participant sets a new password', () => setPassword(visit, password))
  await step('the directory refuses the old password and takes the new one', async () => {
    if (await takesPassword(settings.employee, person.login, demoPassword))
      throw new CommandError('The old password still works.')
    if (!(await takesPassword(settings.employee, person.login, password)))
      throw new CommandError('The new password does not work.')
  })
  await step('the participant is told', () => inbox.notice([person.workEmail]))
  await step('feedback is taken', () => visit.feedback())
}

/** The row, its report and the dashboard's counter. */
const check = async (
  { steps: { step }, supervisor, ticket }: Run,
  id: string,
  before: number,
): Promise<void> => {
  await step('the table has the row, passed and completed', () =>
    until(15, 'The row in the table does not say passed and completed.', async () => {
      const rows = await supervisor.rowOf(ticket)
      if (rows.length > 1) throw new CommandError('The table has the verification twice.')
      const [row] = rows
      return row?.id === id && row.outcome === 'passed' && row.action === 'completed' ? row : null
    }),
  )
  await step('the report has score, checks and timeline', async () => {
    const { score, checks, timeline } = await supervisor.panel(id)
    if (score === null || (checks ?? []).length === 0 || timeline.length === 0)
      throw new CommandError('The report lacks score, checks or timeline.')
  })
  await step('the dashboard counts it', () =>
    until(90, 'The dashboard does not count the verification.', async () =>
      (await supervisor.startedCount()) > before ? true : null,
    ),
  )
}

/** Plays the whole job. @throws CommandError: the first thing that is wrong, in one sentence */
export const smoke = async (env: Environment, say: Say): Promise<string> => {
  knowLocalhostNames()
  const settings = readSmokeSettings(env)
  const steps = createSteps(say)
  const inbox = await steps.step('the inbox answers', () => openInbox(settings.inbox))
  const sign = (login: string) =>
    steps.step(`${login} signs in`, () => signIn(settings.console, login, settings.password))
  const agent = await sign(settings.agent)
  const supervisor = await sign(settings.supervisor)
  const before = await steps.step('the dashboard is there', () => supervisor.startedCount())
  const ticket = `SMOKE-${randomBytes(4).toString('hex')}`
  const run: Run = { settings, steps, agent, supervisor, inbox, ticket }
  const chosen = await steps.step('somebody without an open verification is found', () =>
    choose(agent, settings.person),
  )
  const verified = await verify(run, chosen)
  await reset(run, chosen, verified)
  await check(run, verified.verificationId, before)
  return `The whole job works: ${ticket}, ${steps.total()} s.`
}
