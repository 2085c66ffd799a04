/** The demo identity provider remembers these between requests: in memory, with an end to everything. */
import type { Adapter, AdapterPayload } from 'oidc-provider'

/** More would mean something floods the demo; the oldest go first. */
const MAX_ENTRIES = 5000

interface Entry {
  payload: AdapterPayload
  expiresAt: number
}

/** Creates the factory of stores, one for each kind of record, over shared memory. */
export function createIdentityStore(): (kind: string) => Adapter {
  const entries = new Map<string, Entry>()
  const read = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key)
    if (entry && entry.expiresAt > Date.now()) return entry.payload
    entries.delete(key)
    return undefined
  }
  const search = (
    prefix: string,
    matches: (payload: AdapterPayload) => boolean,
  ): AdapterPayload | undefined => {
    const key = [...entries.keys()].find(
      (name) => name.startsWith(prefix) && matches(entries.get(name)?.payload ?? {}),
    )
    return key === undefined ? undefined : read(key)
  }
  return (kind) => {
    const keyOf = (id: string): string => `${kind}:${id}`
    return {
      upsert: (id, payload, expiresIn) => {
        entries.delete(keyOf(id))
        entries.set(keyOf(id), { payload, expiresAt: Date.now() + (expiresIn ?? 86_400) * 1000 })
        for (const oldest of entries.keys()) {
          if (entries.size <= MAX_ENTRIES) break
          entries.delete(oldest)
        }
        return Promise.resolve()
      },
      find: (id) => Promise.resolve(read(keyOf(id))),
      findByUid: (uid) => Promise.resolve(search(`${kind}:`, (payload) => payload.uid === uid)),
      findByUserCode: (code) => Promise.resolve(search(`${kind}:`, (payload) => payload.userCode === code)),
      consume: (id) => {
        const payload = read(keyOf(id))
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
        return Promise.resolve()
      },
      destroy: (id) => {
        entries.delete(keyOf(id))
        return Promise.resolve()
      },
      revokeByGrantId: (grantId) => {
        for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key)
        return Promise.resolve()
      },
    }
  }
}
