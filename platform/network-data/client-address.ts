import type { ClientAddress } from '#domain/risk/facts.ts'
import { createBlockTable, readAddress, readBlock } from './address.ts'
import type { Address } from './address.ts'

/** More proxies than this in a row is no set-up we know. */
const mostHops = 8

/**
 * Finds the participant's address: walks X-Forwarded-For from the right, past our own proxies, to the first address that is
 * not ours. The sender wrote everything further left, so it is never believed. With an untrusted peer the header is ignored
 * whole. `trusted` are addresses or CIDRs; one that is neither throws, naming it.
 */
export function createClientAddress(
  trusted: readonly string[],
): (
  socketAddress: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
) => ClientAddress {
  const table = createBlockTable<true>()
  for (const entry of trusted) {
    const block = readBlock(entry)
    if (block === null) throw new Error(`not an address range: ${entry}`)
    table.add(block, true)
  }
  const isTrusted = (address: Address): boolean => table.find(address).length > 0
  return (socketAddress, forwardedFor) => {
    const peer = readAddress(socketAddress ?? '')
    const hops = entriesOf(forwardedFor)
    if (peer === null) return { address: null, hops: hops.length, problem: 'garbage' }
    if (hops.length === 0) return { address: peer.text, hops: 0, problem: null }
    if (!isTrusted(peer)) return { address: peer.text, hops: hops.length, problem: 'untrusted_peer' }
    return walk(peer, hops, isTrusted)
  }
}

/** The same for one request, for callers that keep no function. */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  trusted: readonly string[],
): ClientAddress {
  return createClientAddress(trusted)(socketAddress, forwardedFor)
}

/** Several headers count as one, joined in order. Empty entries are kept: they are garbage, not nothing. */
function entriesOf(forwardedFor: string | readonly string[] | undefined): readonly string[] {
  const joined = [forwardedFor ?? []].flat().join(',').trim()
  return joined === '' ? [] : joined.split(',').map((entry) => entry.trim())
}

function walk(
  peer: Address,
  hops: readonly string[],
  isTrusted: (address: Address) => boolean,
): ClientAddress {
  let last = peer
  for (const [index, entry] of [...hops].reverse().entries()) {
    if (index >= mostHops) return { address: last.text, hops: hops.length, problem: 'too_many_hops' }
    const address = readAddress(entry)
    // Up to here the chain was ours; nobody knows who is behind the unreadable entry, so the last known hop counts.
    if (address === null) return { address: last.text, hops: hops.length, problem: 'garbage' }
    last = address
    if (!isTrusted(address)) break
  }
  const problem = hops.length > mostHops ? 'too_many_hops' : null
  return { address: last.text, hops: hops.length, problem }
}
