/** The client against the push server of the demo: the same cases as against a real privacyIDEA. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPushServer } from '#dev/stack/authenticator/push-server.ts'
import { createPushStore, type PhoneAnswer, type PushStore } from '#dev/stack/authenticator/push-store.ts'
import { privacyIdeaOptions } from './options.ts'
import { createPrivacyIdea } from './privacyidea.ts'
import {
  describePrivacyIdea,
  type ContractPhone,
  type ContractScene,
} from './testing/privacyidea-contract.ts'

const service = { user: 'countersign', password: 'the password of the service' }
const accounts = ['anna', 'ben', 'carla', 'dora']

const phoneOf = (store: PushStore, user: string): ContractPhone => {
  const { serial } = store.enrol('people', user)
  const answer = (nonce: string, said: PhoneAnswer, chosen?: string) =>
    Promise.resolve(store.answer(nonce, said, chosen))
  return {
    serial,
    poll: () =>
      Promise.resolve(
        store
          .waiting()
          .filter(({ phone }) => phone.serial === serial)
          .map(({ nonce, text, numbers }) => ({
            ...{ nonce, question: text, title: 'Help desk', require_presence: numbers.join(',') },
          })),
      ),
    approve: ({ nonce }, chosen) => answer(nonce, 'accept', chosen),
    decline: ({ nonce }, reason) => answer(nonce, reason === 'cancelled' ? reason : 'declined'),
  }
}

const openStandIn = async (): Promise<ContractScene> => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-stand-in-'))
  const realm = { name: 'people', isAccount: (user: string) => accounts.includes(user), wantsNumber: false }
  const store = createPushStore([realm])
  const { url, certificate, stop } = await startPushServer(store, service, 0)
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const caFile = file('ca.pem', certificate)
  const passwordFile = file('password', `${service.password}\n`)
  const shared = {
    kind: 'privacyidea',
    tenant: 'northwind',
    url,
    caFile,
    realm: 'people',
    user: service.user,
  }
  const pushWith: ContractScene['pushWith'] = (change) =>
    createPrivacyIdea(privacyIdeaOptions.parse({ ...shared, passwordFile, ...change }))
  return {
    ...{ file, pushWith, push: pushWith({}) },
    openPhone: (user) => Promise.resolve(phoneOf(store, user)),
    wantNumbers: () => Promise.resolve((realm.wantsNumber = true)),
    close: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

describePrivacyIdea('the demo’s stand-in for privacyIDEA', openStandIn)
