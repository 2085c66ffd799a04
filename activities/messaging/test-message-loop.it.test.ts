import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  insertRow,
  makeContact,
  makePerson,
  makeStaff,
  makeTenant,
} from '#platform/database/testing/factories.ts'
import type { SendResult } from '../ports.ts'
import { createFakeMessenger } from '../testing/fakes.ts'
import { useDeps } from '../testing/use-deps.ts'
import { sendTestMessages } from './test-message-loop.ts'

const { database, keys, deps } = useDeps()
const phone = '+447700900456'

/** An admin who is a person of the directory unless said, and a test that they asked for. */
const asked = async (row: Readonly<Record<string, unknown>>, isPerson = true) => {
  const { owner } = database
  const { id: tenantId } = await makeTenant(owner)
  const person = await makePerson(owner, tenantId)
  await makeContact(owner, keys.worker, person, phone)
  const email = `${randomUUID()}@desk.example.org`
  const staff = await makeStaff(owner, tenantId, {
    role: 'admin',
    email,
    ...(isPerson ? { person_id: person.id } : {}),
  })
  const id = randomUUID()
  const of = { tenant_id: tenantId, id, staff_id: staff.id, kind: 'link', channel: 'email', language: 'de' }
  await insertRow(owner, 'test_messages', { ...of, ...row })
  const messenger = createFakeMessenger()
  const send = () => sendTestMessages({ ...deps(), messenger }, tenantId)
  const status = () => owner.one('select status, error_code as code from test_messages where id = $1', [id])
  return { tenantId, staff, email, messenger, send, status }
}

describe('a test message', () => {
  it('goes to the address of who asked, once, with a link that leads nowhere', async () => {
    const { email, messenger, send, status } = await asked({})
    expect(await send()).toBe(1)
    await send()
    expect(messenger.sent).toHaveLength(1)
    expect(messenger.sent[0]).toMatchObject({ channel: 'email', to: email })
    expect(messenger.sent[0]?.text).toMatch(/\/v#TEST-{39}\n/)
    expect(messenger.sent[0]?.text).toContain('vorzulesen')
    expect(await status()).toEqual({ status: 'sent', code: null })
  })

  it('by SMS goes to the number of the person who asked; without one it is refused', async () => {
    const mine = await asked({ channel: 'sms' })
    await mine.send()
    expect(mine.messenger.sent[0]).toMatchObject({ channel: 'sms', to: phone })
    const nobody = await asked({ channel: 'sms' }, false)
    await nobody.send()
    expect(nobody.messenger.sent).toEqual([])
    expect(await nobody.status()).toEqual({ status: 'refused', code: 'contact_gone' })
  })

  it('tries words before they are in force', async () => {
    const textId = randomUUID()
    const { tenantId, staff, messenger, send } = await asked({ text_id: textId })
    await insertRow(database.owner, 'message_texts', {
      ...{ tenant_id: tenantId, id: textId, kind: 'link', channel: 'email', language: 'de', reason: 'x' },
      ...{
        subject: '{organisation}: Probe',
        text: 'Neu: {link} {warning}',
        proposed_by: staff.id,
        proposed_by_name: 'A',
      },
    })
    await send()
    expect(messenger.sent[0]?.subject).toMatch(/: Probe$/)
    expect(messenger.sent[0]?.text).toMatch(/^Neu: http/)
  })

  it.each([
    [{ kind: 'unknown', code: 'no_answer' }, { status: 'unknown', code: 'no_answer' }, 1],
    [{ kind: 'refused', code: 'smtp_550' }, { status: 'refused', code: 'smtp_550' }, 1],
    [{ kind: 'not_taken', code: 'ECONNREFUSED' }, { status: 'waiting', code: 'ECONNREFUSED' }, 1],
  ] as const)('R2: %j is never sent again silently', async (result: SendResult, expected, sends) => {
    const { messenger, send, status } = await asked({})
    messenger.answer = () => result
    await send()
    await send()
    expect(messenger.sent).toHaveLength(sends)
    expect(await status()).toEqual(expected)
  })
})
