/** The API's own functions need these, over a real database and a real Temporal server. */
import { Registry } from 'prom-client'
import { noAnalytics } from '#analytics/client.ts'
import { createLiveHub } from '#api/console/live/live-hub.ts'
import type { ApiDeps } from '#api/deps.ts'
import type { Db } from '#platform/database/connect.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { createLogger } from '#platform/process/log.ts'
import { createClientAddress } from '#platform/network-data/client-address.ts'
import { reportOf } from '#platform/network-data/data-report.ts'
import { createPasswordEstimate } from '#platform/crypto/password-quality.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { textTools } from '#platform/facts/text-folding.ts'

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
  participantSignIn: noSignIn,
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
