/** The client against a real privacyIDEA; the phone speaks the protocol of the authenticator itself, without Firebase. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PushUnderWay } from './port.ts'
import type { Phone, PhoneChallenge } from './testing/phone.ts'
import { openPrivacyIdeaScene, type PrivacyIdeaScene } from './testing/privacyidea-scene.ts'

let scene: PrivacyIdeaScene
let phone: Phone
beforeAll(async () => {
  scene = await openPrivacyIdeaScene(['anna', 'ben', 'carla', 'dora'])
  phone = await scene.openPhone('anna')
}, 300_000)
afterAll(() => scene.close())

const text = 'Größe Møller: Zurücksetzen (maple river)'

/** Orders a push; gives it with the question that the phone shows. */
const order = async (
  login: string,
  to: Phone,
): Promise<[PushUnderWay & { number: string | null }, PhoneChallenge]> => {
  const ordered = await scene.push.send({ login, text })
  if (ordered.kind !== 'sent') throw new Error(ordered.reason)
  const challenges = await to.poll()
  const challenge = challenges.at(-1)
  if (challenge === undefined) throw new Error('nothing waits on the phone')
  return [{ login, ...ordered }, challenge]
}

describe('a real privacyIDEA', () => {
  it('shows our text on the phone, says nothing until the owner does, and takes an approval once', async () => {
    const [push, challenge] = await order('anna', phone)
    expect(challenge).toMatchObject({
      question: 'Countersign Grosse M?ller: Zurucksetzen (maple river)',
      title: 'Help desk',
    })
    expect(push).toMatchObject({ devices: [phone.serial], number: null })
    expect(await scene.push.look(push)).toBe('waiting')
    expect(await phone.approve(challenge)).toMatchObject({ status: 200 })
    expect(await scene.push.look(push)).toBe('approved')
    expect(await scene.push.look(push)).toBe('waiting')
  })

  it.each([
    ['declined without a reason, as older apps do', undefined, 'denied'],
    ['declined, since its owner asked for nothing', 'unknown_trigger', 'denied'],
    ['cancelled by its owner', 'cancelled', 'cancelled'],
  ] as const)('tells a push that was %s', async (_name, reason, found) => {
    const [push, challenge] = await order('anna', phone)
    expect(await phone.decline(challenge, reason)).toMatchObject({ status: 200 })
    expect(await scene.push.look(push)).toBe(found)
    expect(await scene.push.look(push)).toBe(found)
  })

  it('takes no approval for another account, nor from a device that the push did not go to', async () => {
    const bens = await scene.openPhone('ben')
    const [push, challenge] = await order('ben', bens)
    await bens.approve(challenge)
    expect(await scene.push.look({ ...push, login: 'anna' })).toBe('cancelled')
    const [second, other] = await order('ben', bens)
    await bens.approve(other)
    expect(await scene.push.look({ ...second, devices: [phone.serial] })).toBe('cancelled')
    expect(await scene.push.look({ ...second, transaction: '00000000000000000000' })).toBe('waiting')
  })

  it('says that nothing was sent to an account without an authenticator, or one that it does not know', async () => {
    expect(await scene.push.send({ login: 'carla', text })).toEqual({
      kind: 'not_sent',
      reason: 'no_authenticator',
    })
    expect(await scene.push.send({ login: 'nobody', text })).toEqual({
      kind: 'not_sent',
      reason: 'not_allowed',
    })
  })

  it('calls accounts as the operator says', async () => {
    const push = scene.pushWith({ account: 'local_part' })
    expect(await push.send({ login: 'anna@northwind.example', text })).toMatchObject({ kind: 'sent' })
    expect(await push.send({ login: 'NORTHWIND\\anna', text })).toMatchObject({ kind: 'sent' })
  })

  it('sends nothing under a wrong password', async () => {
    const wrong = scene.pushWith({ passwordFile: scene.file('wrong', 'not it') })
    await expect(wrong.send({ login: 'anna', text })).rejects.toMatchObject({ problem: 'credentials' })
  })

  it('gives the number to choose, where the server asks for one, and takes no other', async () => {
    await scene.policy('presence', 'authentication', {
      push_require_presence: true,
      push_presence_options: 'NUMERIC',
    })
    const dora = await scene.openPhone('dora')
    const [push, challenge] = await order('dora', dora)
    const options = challenge.require_presence?.split(',') ?? []
    expect(options).toContain(push.number)
    const wrong = options.find((option) => option !== push.number) ?? ''
    await dora.approve(challenge, wrong)
    expect(await scene.push.look(push)).toBe('waiting')
    await dora.approve(challenge, push.number ?? '')
    expect(await scene.push.look(push)).toBe('approved')
    await scene.asAdmin('DELETE', '/policy/presence')
  })
})
