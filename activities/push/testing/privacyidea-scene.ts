/** A real privacyIDEA with accounts, policies, a service account as docs/pushes.md sets it up, and phones. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, openDataFolder } from '#dev/stack/data-folder.ts'
import { installPrivacyIdea, startPrivacyIdea } from '#dev/stack/directories/privacyidea.ts'
import { createAsk, type Answered, type Ask } from '../../directory/rest/client.ts'
import { privacyIdeaOptions } from '../options.ts'
import { createPrivacyIdea } from '../privacyidea.ts'
import { enrolPhone, type Phone } from './phone.ts'

const root = { user: 'root', password: 'Adm1n-Passw0rd-test' }
/** The account of docs/pushes.md: it may trigger challenges, and nothing else. */
const service = { user: 'countersign', password: 'Svc-Passw0rd-test-1' }

const passwd = (names: readonly string[]): string =>
  names.map((name, n) => `${name}:x:${String(1001 + n)}:1001:${name},,,:/home/${name}:/bin/sh\n`).join('')

type Server = { readonly url: string; readonly ask: Ask }

const tokenOf = async ({ url, ask }: Server, { user, password }: typeof root): Promise<string> => {
  const answer = await ask({
    method: 'POST',
    url: `${url}/auth`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: user, password }),
  })
  return (answer.json as { result: { value: { token: string } } }).result.value.token
}

/** The hands of an administrator, for what must succeed. */
const handsOf = async (server: Server) => {
  const token = await tokenOf(server, root)
  return async (method: 'POST' | 'DELETE', path: string, body: object = {}): Promise<Answered> => {
    const answer = await server.ask({
      method,
      url: `${server.url}${path}`,
      headers: { 'content-type': 'application/json', 'pi-authorization': token },
      body: JSON.stringify(body),
    })
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.json)}`)
    return answer
  }
}

/** Starts a server whose realm `people` has these accounts, set up as docs/pushes.md says. */
export const openPrivacyIdeaScene = async (names: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-privacyidea-'))
  const home = await installPrivacyIdea(
    cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA'])),
    () => undefined,
  )
  const server = await startPrivacyIdea(home, folder, [root, service])
  const { url, caFile } = server
  const ask = createAsk(caFile, { connectMs: 10_000, operationMs: 30_000 })
  const asAdmin = await handsOf({ url, ask })
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const policy = (name: string, scope: string, action: object, more: object = {}) =>
    asAdmin('POST', `/policy/${name}`, { scope, action, active: true, ...more })
  await policy('root', 'admin', { '*': true }, { adminuser: [root.user] })
  await policy('countersign', 'admin', { triggerchallenge: true }, { adminuser: [service.user] })
  await asAdmin('POST', '/resolver/people', {
    type: 'passwdresolver',
    fileName: file('passwd', passwd(names)),
  })
  await asAdmin('POST', '/realm/people', { resolvers: 'people' })
  await policy('enrol', 'enrollment', {
    push_firebase_configuration: 'poll only',
    push_registration_url: `${url}/ttype/push`,
  })
  await policy('text', 'authentication', {
    push_text_on_mobile: '{ua_string}',
    push_title_on_mobile: 'Help desk',
  })
  await policy('type', 'authorization', { application_tokentype: true })
  /** Enrols a phone for an account, as its owner would. */
  const openPhone = async (user: string): Promise<Phone> => {
    const answer = await asAdmin('POST', '/token/init', { type: 'push', user, realm: 'people', genkey: 1 })
    const { detail } = answer.json as { detail: { serial: string; enrollment_credential: string } }
    return enrolPhone({ url, ask, serial: detail.serial, credential: detail.enrollment_credential })
  }
  const options = (change: Readonly<Record<string, unknown>> = {}) =>
    privacyIdeaOptions.parse({
      ...{ kind: 'privacyidea', tenant: 'northwind', url, caFile, realm: 'people', user: service.user },
      passwordFile: file('password', `${service.password}\n`),
      ...change,
    })
  return {
    ...{ url, ask, asAdmin, policy, file, openPhone, options },
    push: createPrivacyIdea(options()),
    pushWith: (change: Readonly<Record<string, unknown>>) => createPrivacyIdea(options(change)),
    close: async (): Promise<void> => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
