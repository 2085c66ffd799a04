/** The hands of a Keycloak's administrator: a test's and a demo's, never the product's. */
import { readFileSync } from 'node:fs'
import { request } from 'node:https'

/** The answer of the server. */
export type AdminAnswer = { readonly status: number; readonly json: unknown }

/** An administrator of one realm. */
export type KeycloakAdmin = {
  /** Asks below the realm's own address, and is content with whatever is answered. */
  ask(method: string, path: string, body?: unknown): Promise<AdminAnswer>
  /** The same, for what must succeed. @throws with method, path and status */
  must<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
}

type Sent = {
  readonly method: string
  readonly url: string
  readonly ca: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

const send = ({ method, url, ca, headers, body }: Sent): Promise<AdminAnswer> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, ca: readFileSync(ca), agent: false, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => (text += piece))
      response.on('error', reject)
      response.on('end', () => {
        const isJson = /^[[{"\d]/.test(text)
        resolve({
          status: response.statusCode ?? 0,
          json: isJson ? (JSON.parse(text) as unknown) : undefined,
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })

/** Asks by a form, as token endpoints are. */
export const askByForm = (
  ca: string,
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<AdminAnswer> =>
  send({
    method: 'POST',
    url,
    ca,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })

/** A token of the administrator is good for a minute; it is kept for half of it. Milliseconds. */
const keptMs = 30_000

/** An administrator who signs in with a password. */
export const createKeycloakAdmin = (
  url: string,
  ca: string,
  password: string,
  realm: string,
): KeycloakAdmin => {
  let held = { token: '', until: 0 }
  const signIn = async (): Promise<string> => {
    if (performance.now() < held.until) return held.token
    const { json } = await askByForm(ca, `${url}/realms/master/protocol/openid-connect/token`, {
      grant_type: 'password',
      client_id: 'admin-cli',
      username: 'admin',
      password,
    })
    const { access_token: token = '' } = (json ?? {}) as { readonly access_token?: string }
    held = { token, until: performance.now() + keptMs }
    return token
  }
  const ask = async (method: string, path: string, body?: unknown): Promise<AdminAnswer> =>
    send({
      method,
      url: `${url}/admin/realms${realm === '' ? '' : `/${realm}`}${path}`,
      ca,
      headers: { authorization: `Bearer ${await signIn()}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  return {
    ask,
    must: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const { status, json } = await ask(method, path, body)
      if (status >= 300) throw new Error(`Keycloak answered ${method} ${path} with ${status}`)
      return json as T
    },
  }
}
