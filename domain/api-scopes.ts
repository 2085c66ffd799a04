/** What the key of an API client may be used for. A route of the integration surface names exactly one of these. */
export const apiScopes = ['sources.import', 'verifications.start', 'verifications.read'] as const

/** One scope. */
export type ApiScope = (typeof apiScopes)[number]
