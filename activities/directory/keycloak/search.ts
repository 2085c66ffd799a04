import { z } from 'zod'
import { leastSearch, type DirectoryPerson } from '../port.ts'
import { readAs } from '../rest/api.ts'
import type { KeycloakOptions } from './options.ts'
import { isPerson, keycloakAccount, personOf, type KeycloakAccount } from './people.ts'
import type { KeycloakApi } from './session.ts'

/** More are asked for than are wanted, since some that the server finds are not meant. */
const surplus = 50

/**
 * People whose name, login or address has every word of the text. The server reads `*` and `"` as its own and knows no way
 * to write them as letters, so they match anything there, and what came is held to the text here (K2).
 */
export const search = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  text: string,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly DirectoryPerson[]> => {
  if ([...text].length < leastSearch) return []
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const asked = words.map((word) => `*${word.replaceAll('"', '*')}*`).join(' ')
  const question = new URLSearchParams({
    search: asked,
    briefRepresentation: 'false',
    max: String(limit + surplus),
  })
  const answer = await api.read(`/users?${question}`, { signal })
  const users = answer === null ? [] : readAs(z.array(keycloakAccount), answer.json)
  return users
    .filter((user) => isPerson(user, options) && hasAll(user, words))
    .slice(0, limit)
    .map((user) => personOf(user, options))
}

const hasAll = (user: KeycloakAccount, words: readonly string[]): boolean => {
  const fields = [user.username, user.firstName, user.lastName, user.email].map((field) =>
    (field ?? '').toLowerCase(),
  )
  return words.length > 0 && words.every((word) => fields.some((field) => field.includes(word)))
}
