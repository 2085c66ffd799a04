import type { ApiScope } from '#domain/api-scopes.ts'
import type { Route } from './route.ts'

const i = (method: Route['method'], path: string, scope: ApiScope, more: Partial<Route> = {}): Route => ({
  method,
  path: `/api/v1${path}`,
  surface: 'integration',
  permission: null,
  scope,
  ...more,
})

/** Routes of API clients, by bearer key: systems that bring facts, and systems that start verifications. */
export const integrationRoutes = {
  'integration.startVerification': i('POST', '/verifications', 'verifications.start', {
    key: true,
    status: 201,
  }),
  'integration.verification': i('GET', '/verifications/:verificationId', 'verifications.read'),
  'integration.uploadImport': i('POST', '/sources/:kind/imports', 'sources.import', { body: 'file' }),
  'integration.sourceImport': i('GET', '/imports/:importId', 'sources.import'),
  'integration.importReport': i('GET', '/imports/:importId/report.csv', 'sources.import', { answer: 'csv' }),
  'integration.confirmImport': i('POST', '/imports/:importId/confirm', 'sources.import', { key: true }),
  'integration.cancelImport': i('POST', '/imports/:importId/cancel', 'sources.import', { key: true }),
} as const satisfies Record<string, Route>
