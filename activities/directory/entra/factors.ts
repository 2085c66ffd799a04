/** Second factors: a temporary access pass first, so that nobody is left without any, then the others are taken away. */
import { z } from 'zod'
import { isLate } from '../late.ts'
import type { MfaResetAnswer, Write } from '../port.ts'
import { readAs, statusProblem, type Api } from '../rest/api.ts'
import type { EntraOptions } from './options.ts'
import { pagesOf, stateOf, accountOf } from './people.ts'

/** Kinds of factors, and where each is deleted. Passwords, passes and addresses for recovery are none. */
const places: Readonly<Record<string, string>> = {
  '#microsoft.graph.fido2AuthenticationMethod': 'fido2Methods',
  '#microsoft.graph.microsoftAuthenticatorAuthenticationMethod': 'microsoftAuthenticatorMethods',
  '#microsoft.graph.phoneAuthenticationMethod': 'phoneMethods',
  '#microsoft.graph.platformCredentialAuthenticationMethod': 'platformCredentialMethods',
  '#microsoft.graph.softwareOathAuthenticationMethod': 'softwareOathMethods',
  '#microsoft.graph.windowsHelloForBusinessAuthenticationMethod': 'windowsHelloForBusinessMethods',
}

const methods = z.object({ value: z.array(z.object({ '@odata.type': z.string(), id: z.string() })) })
const pass = z.object({
  temporaryAccessPass: z.string().min(1),
  startDateTime: z.string(),
  lifetimeInMinutes: z.number(),
})

/** Where each factor of an account is deleted. */
export const factorsOf = async (api: Api, id: string): Promise<readonly string[]> => {
  const all: string[] = []
  for await (const { json } of pagesOf(api, `/users/${id}/authentication/methods`))
    for (const method of readAs(methods, json).value) {
      const place = places[method['@odata.type']]
      if (place !== undefined)
        all.push(`/users/${id}/authentication/${place}/${encodeURIComponent(method.id)}`)
    }
  return all
}

/** Gives a pass, good once, and takes the factors away. */
export const resetMfa = async (api: Api, options: EntraOptions, write: Write): Promise<MfaResetAnswer> => {
  const user = await accountOf(api, options, write.directoryId)
  if (user === null || stateOf(user) === 'disabled') return { kind: 'not_written' }
  const factors = await factorsOf(api, user.id)
  const answer = await api.send(`/users/${user.id}/authentication/temporaryAccessPassMethods`, {
    method: 'POST',
    body: { isUsableOnce: true, lifetimeInMinutes: options.passMinutes },
    mayGo: () => !isLate(write),
  })
  if (answer === null || answer.status === 429) return { kind: 'not_written' }
  if (answer.status !== 201) throw statusProblem(answer)
  const given = readAs(pass, answer.json)
  // The default one is not deleted while there are others: what was refused is tried once more.
  const left = await removed(api, factors)
  const still = await removed(api, left)
  if (still.length > 0) throw statusProblem({ status: 400 })
  const end = Date.parse(given.startDateTime) + given.lifetimeInMinutes * 60_000
  const enrolment = { code: given.temporaryAccessPass, expiresAt: new Date(end).toISOString() }
  return { kind: 'accepted', removed: factors.length, enrolment }
}

/** Those that could not be deleted. */
const removed = async (api: Api, factors: readonly string[]): Promise<readonly string[]> => {
  const left: string[] = []
  for (const place of factors) {
    const answer = await api.send(place, { method: 'DELETE' })
    if (answer?.status === 204 || answer?.status === 404) continue
    if (answer?.status !== 400) throw statusProblem(answer ?? { status: 0 })
    left.push(place)
  }
  return left
}
