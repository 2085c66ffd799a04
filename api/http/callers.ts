import type { Language } from '#domain/languages.ts'
import type { ApiScope } from '#domain/api-scopes.ts'
import type { ClientAddress } from '#domain/risk/facts.ts'
import type { Role } from '#domain/roles.ts'

/** A member of staff as the session says; never from input. */
export type StaffCaller = {
  readonly tenantId: string
  readonly sessionId: string
  readonly staffId: string
  readonly name: string
  readonly email: string
  readonly role: Role
  /** The member of staff as a person of the directory, where known: own cases are refused by it (D7). */
  readonly personId: string | null
  readonly csrfToken: string
  readonly idleSeconds: number
  /** ISO 8601 UTC. */
  readonly endsAt: string
  readonly amr: readonly string[]
  readonly tenantName: string
  readonly tenantSlug: string
}

/** A participant in one verification, by the portal's cookie. */
export type PortalCaller = {
  readonly tenantId: string
  readonly sessionId: string
  readonly verificationId: string
  readonly personId: string
  readonly language: Language
  readonly probeNonce: string
  /** The key that every act of the session is signed with; null where its browser could make none. */
  readonly deviceKey: string | null
  /** False once the session ended or ran out: only the ending and feedback are left (F3). */
  readonly isLive: boolean
  readonly endReason: string | null
}

/** An API client, by its key. */
export type ApiClient = {
  readonly tenantId: string
  readonly clientId: string
  readonly name: string
  readonly scopes: readonly ApiScope[]
}

/** A handler sets or ends the surface's session cookie with this, and has a device remembered whose case passed. */
export type CookieJar = {
  set(token: string, maxAgeSeconds: number): void
  clear(): void
  remember(token: string): void
  beginApproverSignIn(token: string): void
  beginParticipantSignIn(token: string): void
  endApprover(): void
  endEnrolment(): void
  /** This browser typed a code whose answer is still to come. */
  keepTypedCode(seed: string): void
  endTypedCode(): void
}

/** A file on its way in; the handler that reads it counts its bytes. */
export type SentFile = { readonly format: 'csv' | 'json'; readonly bytes: AsyncIterable<Uint8Array> }

/** A handler may know this of the request besides its parsed input. */
export type Http = {
  readonly requestId: string
  /** Address of the caller, by trusted proxies only (H8). */
  readonly client: ClientAddress
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Names in the order received, lower case. */
  readonly headerNames: readonly string[]
  readonly httpVersion: string
  /** The caller has gone: nobody reads the answer any more. */
  readonly hasLeft: () => boolean
  readonly cookies: CookieJar
  /** The file of a route that takes one. */
  readonly file?: SentFile
}
