import type { Permission } from '#domain/roles.ts'
import type { Route } from './route.ts'

const c = (
  method: Route['method'],
  path: string,
  permission: Permission,
  more: Partial<Route> = {},
): Route => ({
  method,
  path: `/api/console${path}`,
  surface: 'console',
  permission,
  ...more,
})

/** Routes of the console: staff, by session cookie. */
export const consoleRoutes = {
  'console.session': c('GET', '/session', 'session.own'),
  'console.signOut': c('POST', '/session/sign-out', 'session.own'),
  'console.searchPeople': c('POST', '/people/search', 'people.read'),
  'console.personCard': c('GET', '/people/:personId', 'people.read'),
  'console.accessReport': c('POST', '/people/:personId/access-report', 'people.access_report'),
  'console.sendOptions': c('GET', '/people/:personId/send-options', 'verifications.start'),
  'console.startVerification': c('POST', '/verifications', 'verifications.start', { key: true }),
  'console.listVerifications': c('GET', '/verifications', 'verifications.read'),
  'console.exportVerifications': c('GET', '/verifications.csv', 'verifications.export', { answer: 'csv' }),
  'console.verification': c('GET', '/verifications/:verificationId', 'verifications.read'),
  'console.transcript': c('GET', '/verifications/:verificationId/transcript', 'transcripts.read'),
  'console.evidence': c('GET', '/verifications/:verificationId/evidence', 'evidence.read_restricted'),
  'console.matchCode': c('GET', '/verifications/:verificationId/match-code', 'verifications.steer'),
  'console.resend': c('POST', '/verifications/:verificationId/resend', 'verifications.steer', { key: true }),
  'console.cancel': c('POST', '/verifications/:verificationId/cancel', 'verifications.steer', { key: true }),
  'console.decide': c('POST', '/verifications/:verificationId/decision', 'verifications.decide', {
    key: true,
  }),
  'console.label': c('POST', '/verifications/:verificationId/labels', 'verifications.label', { key: true }),
  'console.exercise': c('POST', '/verifications/:verificationId/exercise', 'exercises.mark', { key: true }),
  'console.calibration': c('GET', '/reports/calibration', 'calibration.read'),
  'console.decideCohort': c('POST', '/reports/calibration/cohorts', 'policy.write', { key: true }),
  'console.dashboard': c('GET', '/reports/dashboard', 'analytics.read'),
  'console.policy': c('GET', '/policy', 'policy.read'),
  'console.policyVersions': c('GET', '/policy/versions', 'policy.read'),
  'console.policyVersion': c('GET', '/policy/versions/:version', 'policy.read'),
  'console.previewPolicy': c('POST', '/policy/preview', 'policy.write'),
  'console.policyReach': c('POST', '/policy/reach', 'policy.write'),
  'console.backTestPolicy': c('POST', '/policy/back-test', 'policy.write'),
  'console.savePolicy': c('POST', '/policy', 'policy.write', { key: true }),
  'console.decideProposal': c('POST', '/policy/proposals/:proposalId', 'policy.write', { key: true }),
  'console.callOffPolicy': c('POST', '/policy/scheduled/:version/call-off', 'policy.write', { key: true }),
  'console.hastenPolicy': c('POST', '/policy/scheduled/:version/hasten', 'policy.hasten', { key: true }),
  'console.raiseThreat': c('POST', '/threat/raise', 'threat.switch', { key: true }),
  'console.lowerThreat': c('POST', '/threat/lower', 'threat.switch', { key: true }),
  'console.live': c('GET', '/live', 'verifications.read', { answer: 'events' }),
} as const satisfies Record<string, Route>
