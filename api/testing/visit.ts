import type { ProbeReport } from '#domain/risk/probe.ts'
import { portalCookie } from '../http/cookies.ts'
import { cookieOf } from './http.ts'
import { linkCases } from './link-case.ts'
import { callPortal, keylessPage, type TestApi } from './test-api.ts'

/** The manner in which an ordinary answer was entered. */
export const summary = {
  keydowns: 4,
  inputs: 4,
  untrusted: [],
  pastes: 0,
  assisted: 0,
  visibleMs: 4_000,
  blurs: 0,
  accessibility: false,
  rhythm: null,
  mouse: { presses: 0, centred: 0 },
}

const surface = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  platform: 'Linux x86_64',
  languages: ['en'],
  cores: 8,
  timeZone: 'Europe/London',
  brands: null,
}
/** A report of an ordinary browser. */
export const report = (
  { portalUrl: origin }: Pick<TestApi, 'portalUrl'>,
  nonce: string,
  more: Partial<ProbeReport> = {},
): ProbeReport => ({
  v: 1,
  nonce,
  origin,
  sequence: 0,
  clockMs: Date.now(),
  offsetMinutes: 0,
  page: surface,
  worker: surface,
  hints: null,
  webdriver: false,
  debuggerHits: null,
  tamper: { ownProperties: [], foreignGetters: [], toStringPatched: false, iframeDiffers: [], shield: null },
  graphics: { vendor: 'x', renderer: 'y' },
  screen: {
    width: 1920,
    height: 1080,
    outerHeight: 1000,
    outerWidth: 1900,
    innerHeight: 900,
    innerWidth: 1900,
    colorDepth: 24,
    isFullScreen: false,
  },
  fonts: null,
  touchPoints: 0,
  canHover: true,
  finePointer: true,
  device: null,
  tookMs: 40,
  ...more,
})

/** A participant whose match code was just accepted. */
export const enterAs = async (
  api: TestApi,
  tenantId: string,
  row: Readonly<Record<string, unknown>> = {},
) => {
  const ada = { display_name: 'Ada Lindt', given_name: 'Ada', family_name: 'Lindt' }
  const { person, verificationId, token, code } = await linkCases(api, tenantId).makeCase({}, row, ada)
  const accepted = await callPortal(api, null, '/api/public/links/code', {
    body: { token, code, language: 'de', page: keylessPage(api), summary },
  })
  const session = cookieOf(accepted, portalCookie) ?? ''
  const post = (path: string, body: unknown) => callPortal(api, session, `/api/portal/${path}`, { body })
  return {
    person,
    verificationId,
    session,
    nonce: accepted.json.answer.step.nonce as string,
    step: () => callPortal(api, session, '/api/portal/step'),
    checks: (more?: Partial<ProbeReport>) =>
      post('checks', { report: report(api, accepted.json.answer.step.nonce, more) }),
    noChecks: () => post('checks', { report: null }),
    choose: (position: number, optionId: string) =>
      post('answer', { position, reply: { kind: 'option', optionId }, summary }),
    type: (position: number, text: string) =>
      post('answer', { position, reply: { kind: 'text', text }, summary }),
    skip: (position: number) => post('answer', { position, reply: { kind: 'dont_know' }, summary }),
    post,
  }
}
/** A participant in the portal. */
export type Visit = Awaited<ReturnType<typeof enterAs>>

/** Calls that told the workflow that nothing more is asked. */
export const completions = (api: TestApi, verificationId: string) =>
  api.verifications.calls.filter(
    ({ name, args }) =>
      name === 'answersCompleted' &&
      (args[0] as { verificationId: string }).verificationId === verificationId,
  )
/** Types of the events of a case, in order. */
export const events = async (api: TestApi, verificationId: string) =>
  (
    await api.owner.query<{ type: string }>(`select type from audit where object_id = $1 order by seq`, [
      verificationId,
    ])
  ).map(({ type }) => type)
/** The answers of a case as stored. */
export const stored = (api: TestApi, verificationId: string) =>
  api.owner.query(
    'select position, verdict, timed_out, extensions from answers where verification_id = $1 order by position',
    [verificationId],
  )
