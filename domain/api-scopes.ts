/** The key of an API client may be used for these. A route of the integration surface names exactly one of them. */
export const apiScopes = ['sources.import', 'verifications.start', 'verifications.read'] as const

/** One scope. */
export type ApiScope = (typeof apiScopes)[number]
