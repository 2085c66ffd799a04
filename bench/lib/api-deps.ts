/** What the API's own functions need, over a real database and a real Temporal server. */
import { Registry } from 'prom-client'
import { noAnalytics } from '#analytics/client.ts'
import { createLiveHub } from '#api/console/live-hub.ts'
import type { ApiDeps } from '#api/deps.ts'
import type { Db } from '#platform/server/db/connect.ts'
import { createFactTools } from '#platform/server/fact-tools.ts'
import type { KeyRing } from '#platform/server/keys.ts'
import { createLogger } from '#platform/server/log.ts'
import { createClientAddress } from '#platform/server/network-data/client-address.ts'
import { reportOf } from '#platform/server/network-data/data-report.ts'
import { createPasswordEstimate } from '#platform/server/password-quality.ts'
import type { Verifications } from '#platform/server/temporal.ts'
import { textTools } from '#platform/server/text-folding.ts'

const noSignIn: ApiDeps['signIn'] = {
  begin: () => Promise.reject(new Error('nobody signs in here')),
  finish: () => Promise.resolve(null),
  readLogout: () => Promise.resolve(null),
  signOutUrl: () => Promise.resolve(null),
}

/** Dependencies of the API without analytics and sign-in. */
export const apiDepsOver = (db: Db, keys: KeyRing, verifications: Verifications): ApiDeps => ({
  db,
  keys,
  verifications,
  querier: noAnalytics(),
  approverSignIn: noSignIn,
  signIn: noSignIn,
  clientAddress: createClientAddress([]),
  factTools: createFactTools(null),
  networkData: { report: (at) => reportOf('/nonexistent', null, null, at) },
  estimatePassword: createPasswordEstimate(),
  textTools,
  log: createLogger({ process: 'api', level: 'silent' }),
  metrics: new Registry(),
  live: createLiveHub(),
  rateSecret: 'a secret of this bench',
  isEnding: () => false,
  settings: {
    consoleUrl: 'http://localhost:3700',
    portalUrl: 'http://127.0.0.1:3710',
    staticDir: '/nonexistent',
    oidcIssuer: 'https://sign-in.example.org',
    twilioAuthToken: null,
    isProduction: true,
    temporalUiUrl: null,
  },
})
