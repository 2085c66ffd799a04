/** Where a staff session is used, as keyed digests of the browser and the network (F4). */
import type { FactTools } from '#platform/facts/fact-deps.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { pseudonymOf } from '#platform/crypto/sealing.ts'
import { networkDigest } from '../risk/sighting-facts.ts'

/** The origin of a request. `address`: by trusted proxies only; null where nobody knows. */
export type SeenRequest = { readonly userAgent: string | undefined; readonly address: string | null }

/** Both as digests; no network where the address is not known. */
export type SessionPlace = { readonly browser: Buffer; readonly network: Buffer | null }

type Deps = { readonly keys: KeyRing; readonly factTools: Pick<FactTools, 'readUserAgent'> }

/** Family and system, never the version: an update is no other browser. */
const browserOf = ({ keys, factTools }: Deps, tenantId: string, { userAgent }: SeenRequest): Buffer => {
  const { browser, os } = factTools.readUserAgent((userAgent ?? '').slice(0, 1000))
  return Buffer.from(pseudonymOf(keys, tenantId, 'staff_browser', `${browser ?? ''} ${os ?? ''}`), 'hex')
}

/** Where a session is signed in. */
export const placeOf = (deps: Deps, tenantId: string, seen: SeenRequest): SessionPlace => ({
  browser: browserOf(deps, tenantId, seen),
  network: networkDigest(deps.keys, tenantId, seen.address),
})

/** Where a session was signed in, and the newest other place that raised an alarm, as hex. */
export type KeptPlace = {
  readonly browser: string | null
  readonly network: string | null
  readonly movedTo: string | null
}

/**
 * Where a request came from, if both browser and network are others than at the sign-in; null where one of them is the same.
 * A network alone roams. What is compared is the sign-in, so that who changes one after the other is seen as well.
 */
export const movedTo = (deps: Deps, tenantId: string, kept: KeptPlace, seen: SeenRequest): Buffer | null => {
  const network = networkDigest(deps.keys, tenantId, seen.address)
  if (network === null || kept.network === null || network.toString('hex') === kept.network) return null
  const browser = browserOf(deps, tenantId, seen)
  return browser.toString('hex') === kept.browser ? null : Buffer.concat([browser, network])
}
