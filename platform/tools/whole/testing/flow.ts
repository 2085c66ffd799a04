/** An agent and a participant do their work request by request, with every answer kept. */
import { randomUUID } from 'node:crypto'
import type { TestCase } from '#activities/testing/case.ts'
import { until } from '#activities/testing/until.ts'
import { createDeviceKey } from '#platform/crypto/device-key.ts'
import { proofHeader } from '#domain/risk/device-proof.ts'
import { windowsChrome, input } from '#domain/risk/testing/facts.ts'
import { portalCookie } from '#api/http/cookies.ts'
import { cookieOf, type Answer } from '#api/testing/http.ts'
import { callConsole, callPortal, type SignedIn } from '#api/testing/test-api.ts'
import type { Whole } from './whole.ts'

/** One flow: its calls and all that came back to either side. */
export type Flow = ReturnType<typeof createFlow>

/** Begins a flow of an agent with the participant of an organisation. */
export const createFlow = (whole: Whole, of: TestCase, agent: SignedIn) => {
  const { api, world } = whole
  const toAgent: Answer[] = []
  const toParticipant: Answer[] = []
  const kept = async (list: Answer[], call: Promise<Answer>): Promise<Answer> => {
    const answer = await call
    list.push(answer)
    return answer
  }
  let session: string | null = null
  // The participant's browser signs what it does, as the page would.
  const browser = createDeviceKey()
  let nonce = ''
  const proofOf = (path: string, body: unknown): Record<string, string> => {
    const act = { method: 'POST', path, nonce, body: JSON.stringify(body) }
    return { [proofHeader]: browser.act(act, api.portalUrl) }
  }

  const ask = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    kept(
      toAgent,
      callConsole(api, agent, `/api/console/${path}`, {
        ...(body === undefined ? {} : { body, key: randomUUID() }),
        ...(headers === undefined ? {} : { headers }),
      }),
    )
  const visit = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    kept(
      toParticipant,
      callPortal(api, session, `/api/${path}`, {
        ...(body === undefined ? {} : { body }),
        headers: {
          'user-agent': windowsChrome,
          ...(body === undefined ? {} : proofOf(`/api/${path}`, body)),
          ...headers,
        },
      }),
    )
  const start = async (contactId = of.phoneContact.id, headers?: Record<string, string>): Promise<string> => {
    const body = { personId: of.person.id, purpose: 'password_reset', contactId, ticket: 'INC-1' }
    const answer = await ask('verifications', body, headers)
    return String(answer.json.verificationId)
  }
  const codeFor = async (id: string): Promise<string> =>
    String((await ask(`verifications/${id}/match-code`)).json.code)
  const enter = async (token: string, code: string, headers?: Record<string, string>): Promise<Answer> => {
    const page = browser.page(token, api.portalUrl)
    const answer = await visit(
      'public/links/code',
      { token, code, language: 'en', page, summary: input() },
      headers,
    )
    nonce = answer.json.answer?.nonce ?? nonce
    session = cookieOf(answer, portalCookie) ?? session
    return answer
  }
  const scored = (id: string): Promise<void> =>
    until(async () => {
      const row = await world.database.owner.one<{ state: string }>(
        'select state from verifications where id = $1',
        [id],
      )
      return row?.state === 'awaiting_decision'
    })
  const approve = async (id: string): Promise<Answer> => {
    const panel = await ask(`verifications/${id}`)
    const screenHash = String(panel.json.screenHash)
    return ask(`verifications/${id}/decision`, { decision: 'approved', reason: 'known by voice', screenHash })
  }
  const reaches = (kind: string): Promise<void> =>
    until(async () => (await visit('portal/step')).json?.step?.kind === kind)
  return { ask, visit, start, codeFor, enter, scored, approve, reaches, toAgent, toParticipant }
}
