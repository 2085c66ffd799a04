import type { DeviceProof } from './probe.ts'

/**
 * The texts that the device key of a browser signs. Every text begins with its use, so that a signature is good for
 * nothing else, and names the origin of the page that signs: one that was loaded from another address says so, or has
 * no key that we know. Origins, tokens, nonces, methods and paths hold no line break, so no two texts are the same.
 */
export const provenText = {
  /** With the code: the token of the link that it came by. */
  code: (token: string, origin: string): string => `code\n${token}\n${origin}`,
  /** In a report of the collector: the nonce of the session. */
  report: (nonce: string, origin: string): string => `report\n${nonce}\n${origin}`,
  /** With every act of a session: what is asked for, word by word. */
  act: (act: ProvenAct, origin: string): string =>
    `act\n${act.method} ${act.path}\n${act.nonce}\n${origin}\n${act.body}`,
} as const

/** A request of a session, as it is signed. */
export type ProvenAct = {
  readonly method: string
  readonly path: string
  /** The nonce of the session: what one session signed is good for no other. */
  readonly nonce: string
  /** As it is sent. */
  readonly body: string
}

/** The statement of a page about itself, with the code; `device`: null where its browser can make no key. */
export type PageProof = { readonly origin: string; readonly device: DeviceProof | null }

/** The header in which an act carries its proof: the page's origin, a space, the signature. */
export const proofHeader = 'x-device-proof'

/**
 * The reasons why a session ends, or does not begin, because it may be in other hands than those of the browser that typed
 * the code:
 * - `foreign_page`: the page was loaded from another address than ours
 * - `wrong_key`: something was signed by another key than that of the session, or not as it was sent
 * - `no_proof`: nothing was signed, though the session has a key
 * - `no_key`: the participant came back without any key to a case that was decided on browsers with one
 */
export const breaches = ['foreign_page', 'wrong_key', 'no_proof', 'no_key'] as const
export type Breach = (typeof breaches)[number]
