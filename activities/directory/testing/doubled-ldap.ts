import { Client } from 'ldapts'
import { vi } from 'vitest'
import type { Directory } from '../port.ts'
import type { Doubled } from './contract-one.ts'

/**
 * A server that finds each entry twice. No server at hand lets two entries have one id (objectGUID and entryUUID are unique by
 * itself), so its answers are doubled as they come in; everything else goes to the real one.
 */
export const doubledLdap = (directory: Directory): Promise<Doubled> => {
  const real = Client.prototype.search
  const spy = vi.spyOn(Client.prototype, 'search').mockImplementation(async function (
    this: Client,
    ...asked
  ) {
    const found = await real.apply(this, asked)
    return { ...found, searchEntries: found.searchEntries.flatMap((entry) => [entry, entry]) }
  })
  return Promise.resolve({
    directory,
    close: () => {
      spy.mockRestore()
    },
  })
}
