import { fireEvent, screen, waitFor, within } from '@solidjs/testing-library'
import { describe, expect, it } from 'vitest'
import type { MessagesPage, MessageTemplate, MessageTextVersion } from '#api/contract/console-messages.ts'
import { languages } from '#domain/languages.ts'
import { messageKinds, ruleOf } from '#domain/messages/kinds.ts'
import { slotsOf } from '#services/messages/compose.ts'
import { sampleSlots } from '#services/messages/sample.ts'
import { standardText } from '#services/messages/standard-texts.ts'
import { refusing, type Answers } from '../../testing/answers.ts'
import { idOf, minutesAgo } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const portal = 'https://verify.northwind.example'
const templates: MessageTemplate[] = messageKinds.flatMap((kind) =>
  ruleOf(kind).channels.flatMap((channel) =>
    languages.map((language) => ({
      kind,
      channel,
      language,
      standard: standardText(kind, channel, language),
      own: null,
      proposal: null,
      sample: slotsOf(kind, language, sampleSlots('Northwind', portal, kind)),
    })),
  ),
)
const version: MessageTextVersion = {
  id: idOf(950),
  kind: 'link',
  channel: 'sms',
  language: 'en',
  state: 'proposed',
  messageText: { subject: null, text: '{organisation}: hello, {minutes} min: {link} {warning}' },
  reason: 'shorter',
  proposedBy: { id: idOf(951), name: 'Priya Castellan' },
  proposedAt: minutesAgo(10),
  decidedBy: null,
  decidedAt: null,
}
const pageOf = (link: Partial<MessageTemplate> = {}, more: Partial<MessagesPage> = {}): MessagesPage => ({
  templates: templates.map((one) =>
    one.kind === 'link' && one.channel === 'sms' && one.language === 'en' ? { ...one, ...link } : one,
  ),
  own: { email: 'r.admin@northwind.example', sms: null },
  sendsSms: true,
  tests: [],
  budgets: [{ max: 2_000, seconds: 86_400, used: 1_700 }],
  ...more,
})
const open = (
  page = pageOf(),
  answers: Answers = {},
  path = '/policy/messages?kind=link&channel=sms&language=en',
) =>
  mountConsole(path, {
    role: 'admin',
    answers: {
      'console.messages': () => page,
      'console.messageHistory': () => ({ versions: [{ ...version, state: 'declined' }] }),
      'console.proposeText': () => version,
      'console.decideText': () => version,
      'console.testMessage': () => ({ done: true }),
      ...answers,
    },
  })
const area = () => screen.findByLabelText<HTMLTextAreaElement>('Wording')
const write = async (text: string) => fireEvent.input(await area(), { target: { value: text } })
const preview = () => screen.getByRole('region', { name: 'As it arrives' })

describe('the words of a message', () => {
  it('are shown as they arrive, filled with a sample, and measured', async () => {
    await open()
    expect((await area()).value).toContain('{organisation} help desk: confirm that it is you')
    expect(preview().textContent).toContain(`${portal}/v#TEST`)
    expect(preview().textContent).toContain('We will never ask you to read this link to anyone.')
    expect(screen.getByText(/^GSM-7: \d+ letters, 2 of at most 2 segments/)).toBeTruthy()
  })

  it('B22: what is wrong is said while typing, and nothing can be proposed then', async () => {
    await open()
    await write('{organisation} {link} {minutes} Call 0800 330 330')
    expect(screen.getByText('{warning} is missing.')).toBeTruthy()
    expect(screen.getByText(/No phone number/)).toBeTruthy()
    await write(`{organisation}: {minutes} min: {link} {warning} ${'a'.repeat(300)}`)
    expect(screen.getByText(/becomes too long/)).toBeTruthy()
    await write('{organisation}: „{minutes}“ min: {link} {warning}')
    expect(screen.getByText(/^UCS-2 .* of at most 4 segments/)).toBeTruthy()
    await write('{organisation}: {minutes} min: {link}. {warning}')
    expect(screen.getByText('Leave a space before and after {link}.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Propose to a second admin' })).toBeNull()
  })

  it('are proposed with a reason, and a placeholder comes in where the cursor is', async () => {
    const { calls, user } = await open()
    await write('{organisation}: hello, {minutes} min: {link} ')
    const box = await area()
    box.setSelectionRange(box.value.length, box.value.length)
    await user.click(screen.getByRole('button', { name: '{warning}' }))
    expect(preview().textContent).toContain('Northwind: hello, 10 min')
    await user.type(screen.getByLabelText('Your reason'), 'shorter')
    await user.click(screen.getByRole('button', { name: 'Propose to a second admin' }))
    await waitFor(() =>
      expect(calls.find(({ name }) => name === 'console.proposeText')?.body).toEqual({
        kind: 'link',
        channel: 'sms',
        language: 'en',
        messageText: { subject: null, text: '{organisation}: hello, {minutes} min: {link} {warning}' },
        reason: 'shorter',
      }),
    )
    expect(await screen.findByText(/^Proposed\. The words go out/)).toBeTruthy()
  })

  it('of another message take the place of these when it is chosen', async () => {
    const { user } = await open()
    await area()
    await user.click(screen.getByRole('button', { name: 'E-mail' }))
    expect((await screen.findByLabelText<HTMLInputElement>('Subject')).value).toContain(
      'confirm that it is you',
    )
    await user.click(screen.getByRole('button', { name: 'German' }))
    await waitFor(async () => expect((await area()).value).toContain('ob sie von Ihnen kommt'))
    await user.selectOptions(screen.getByLabelText('Message'), 'You may be asked to vouch')
    expect(screen.queryByRole('button', { name: 'SMS' })).toBeNull()
  })

  it('that wait are decided by another admin, shown as they would arrive', async () => {
    const { calls, user } = await open(pageOf({ proposal: version }))
    const card = await screen.findByRole('region', { name: 'Waits for a second admin' })
    expect(within(card).getByText(/proposed by Priya Castellan/)).toBeTruthy()
    expect(card.textContent).toContain('Northwind: hello, 10 min')
    await user.type(within(card).getByLabelText('Your reason'), 'as agreed')
    await user.click(within(card).getByRole('button', { name: 'Accept' }))
    await waitFor(() =>
      expect(calls.find(({ name }) => name === 'console.decideText')?.body).toEqual({
        decision: 'accept',
        reason: 'as agreed',
      }),
    )
  })

  it('of its own are put back by one admin, and the history tells who did what', async () => {
    const { calls, user } = await open(pageOf({ own: { ...version, state: 'in_force' } }))
    expect((await area()).value).toContain('hello')
    const [summary] = await screen.findAllByText('Back to the standard words')
    if (summary !== undefined) await user.click(summary)
    await user.type(screen.getByLabelText('Your reason'), 'no')
    await user.click(screen.getByRole('button', { name: 'Back to the standard words' }))
    await waitFor(() =>
      expect(calls.find(({ name }) => name === 'console.proposeText')?.body).toMatchObject({
        messageText: null,
      }),
    )
    await user.click(screen.getByText('Earlier words'))
    expect(await screen.findByText('Declined')).toBeTruthy()
  })

  it('are read only by those who set no rules', async () => {
    await mountConsole('/policy/messages', {
      role: 'auditor',
      answers: { 'console.messages': () => pageOf({ proposal: version }) },
    })
    await screen.findAllByRole('region', { name: 'As it arrives' })
    expect(screen.queryByLabelText('Wording')).toBeNull()
    expect(screen.queryByRole('button', { name: /Accept|Send me/ })).toBeNull()
  })
})

describe('a test', () => {
  const path = '/policy/messages?kind=link&channel=email&language=en'

  it('goes to the reader’s own contact, and what became of it is said', async () => {
    const sent = { id: idOf(960), kind: 'link', channel: 'email', language: 'en', at: minutesAgo(1) } as const
    const tests = [{ ...sent, status: 'refused', errorCode: 'smtp_550' } as const]
    const { calls, user } = await open(pageOf({}, { tests }), {}, path)
    expect(await screen.findByText(/your own contact, r.admin@northwind.example/)).toBeTruthy()
    expect(screen.getByText(/refused \(/).textContent).toContain('no such number or mailbox')
    await user.click(screen.getByRole('button', { name: 'Send me the words in force' }))
    await waitFor(() =>
      expect(calls.find(({ name }) => name === 'console.testMessage')?.body).toMatchObject({
        channel: 'email',
        proposed: false,
      }),
    )
  })

  it('is not offered without a number, or where the install sends none; both say who can change it', async () => {
    const { unmount } = await open()
    expect(await screen.findByText(/There is no number of yours/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Send me/ })).toBeNull()
    unmount()
    await open(pageOf({}, { sendsSms: false }))
    expect(await screen.findByText(/This install sends no SMS/)).toBeTruthy()
  })

  it('H3: too many are refused with how long to wait', async () => {
    const { user } = await open(pageOf(), { 'console.testMessage': refusing('send_limit_reached') }, path)
    await user.click(await screen.findByRole('button', { name: 'Send me the words in force' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Wait ten minutes')
  })
})

it('H3: the budget is shown with what is used', async () => {
  await open()
  expect(await screen.findByText(/1700 of 2000 messages in 24 hours/)).toBeTruthy()
})
