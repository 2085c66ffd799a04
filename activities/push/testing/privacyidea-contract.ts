/** Cases of privacyIDEA's contract: they run against a real server, and against the stand-in that the demo starts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PushService, PushUnderWay } from '../port.ts'
import type { PhoneChallenge } from './phone.ts'

/** A phone: the question is answered there. */
export type ContractPhone = {
  readonly serial: string
  poll(): Promise<readonly PhoneChallenge[]>
  /** `chosen`: what was tapped, where there was something to choose. */
  approve(challenge: PhoneChallenge, chosen?: string): Promise<unknown>
  decline(challenge: PhoneChallenge, reason?: 'unknown_trigger' | 'cancelled'): Promise<unknown>
}

/** A server that knows the accounts anna, ben, carla and dora, of whom none has a phone yet. */
export type ContractScene = {
  readonly push: PushService
  /** The same service with other options. */
  pushWith(change: Readonly<Record<string, unknown>>): PushService
  /** Writes a private file. */
  file(name: string, text: string): string
  openPhone(user: string): Promise<ContractPhone>
  /** From now on the page shows a number, and the phone asks for it. */
  wantNumbers(): Promise<unknown>
  close(): Promise<void>
}

const text = 'Größe Møller: Zurücksetzen (maple river)'

/** Describes what such a server does. */
export const describePrivacyIdea = (name: string, open: () => Promise<ContractScene>): void => {
  let scene: ContractScene
  let phone: ContractPhone
  beforeAll(async () => {
    scene = await open()
    phone = await scene.openPhone('anna')
  }, 300_000)
  afterAll(() => scene.close())

  /** Orders a push; gives it with the question that the phone shows. */
  const order = async (
    login: string,
    to: ContractPhone,
  ): Promise<[PushUnderWay & { number: string | null }, PhoneChallenge]> => {
    const ordered = await scene.push.send({ login, text })
    if (ordered.kind !== 'sent') throw new Error(ordered.reason)
    const challenges = await to.poll()
    const challenge = challenges.at(-1)
    if (challenge === undefined) throw new Error('nothing waits on the phone')
    return [{ login, ...ordered }, challenge]
  }

  describe(name, () => {
    it('shows our text on the phone, says nothing until the owner does, and takes an approval once', async () => {
      const [push, challenge] = await order('anna', phone)
      expect(challenge).toMatchObject({
        question: 'Countersign Grosse M?ller: Zurucksetzen (maple river)',
        title: 'Help desk',
      })
      expect(push).toMatchObject({ devices: [phone.serial], number: null })
      expect(await scene.push.look(push)).toBe('waiting')
      await phone.approve(challenge)
      expect(await scene.push.look(push)).toBe('approved')
      expect(await scene.push.look(push)).toBe('waiting')
    })

    it.each([
      ['declined without a reason, as older apps do', undefined, 'denied'],
      ['declined, since its owner asked for nothing', 'unknown_trigger', 'denied'],
      ['cancelled by its owner', 'cancelled', 'cancelled'],
    ] as const)('tells a push that was %s', async (_name, reason, found) => {
      const [push, challenge] = await order('anna', phone)
      await phone.decline(challenge, reason)
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
      await scene.wantNumbers()
      const dora = await scene.openPhone('dora')
      const [push, challenge] = await order('dora', dora)
      const options = challenge.require_presence?.split(',') ?? []
      expect(options).toContain(push.number)
      const wrong = options.find((option) => option !== push.number) ?? ''
      await dora.approve(challenge, wrong)
      expect(await scene.push.look(push)).toBe('waiting')
      await dora.approve(challenge, push.number ?? '')
      expect(await scene.push.look(push)).toBe('approved')
    })
  })
}
