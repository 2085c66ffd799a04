/** The fake of Okta keeps people with passwords, factors, groups and roles, by the rules of the documented API. */
import { randomBytes, randomUUID } from 'node:crypto'

/** A user as the API shows it. */
export type OktaJson = {
  id: string
  status: string
  created: string
  activated: string | null
  statusChanged: string | null
  lastUpdated: string
  passwordChanged: string | null
  profile: Record<string, unknown> & { login: string }
  credentials: { password?: object; provider: { type: string; name: string } }
}

/** An account, with what the API never shows. */
export type OktaAccount = {
  json: OktaJson
  password: string
  readonly history: string[]
  tries: number
  writes: number
  sessions: number
  readonly factors: { id: string; factorType: string; provider: string; status: string }[]
  readonly groups: string[]
}

/** An event of the System Log, as far as we read it. */
export type OktaEvent = {
  readonly uuid: string
  readonly published: string
  readonly eventType: string
  readonly outcome: { readonly result: 'SUCCESS' | 'FAILURE' }
  readonly actor: { readonly id: string; readonly type: string }
  readonly client: { readonly ipAddress?: string }
}

/** The address from which everybody signs in. */
export const signInAddress = '81.2.69.142'

/** With these knobs tests change what happens to requests. */
export type OktaKnobs = {
  /** The number of requests that are refused as too many. */
  throttle: number
  /** Lists show what was there when this began. */
  isBehind: boolean
  /** A list's pages are no longer than this. */
  pageSize: number
}

/** Letters and digits, as ids of Okta are. */
export const newId = (prefix: string): string =>
  `${prefix}${randomBytes(32)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')}`.slice(0, 20)

let last = 0
/** Now, and never the same moment twice. */
export const nextMoment = (): string => {
  last = Math.max(Date.now(), last + 1)
  return new Date(last).toISOString()
}

/** A store of accounts. */
export const createOktaStore = () => {
  const accounts = new Map<string, OktaAccount>()
  /** Roles of people and of groups, by id. */
  const roles = new Map<string, { id: string; type: string; label: string }[]>()
  const knobs: OktaKnobs = { throttle: 0, isBehind: false, pageSize: 200 }
  let listed: readonly OktaJson[] = []
  const log: OktaEvent[] = []
  const noteSignIn = (id: string, result: OktaEvent['outcome']['result']): void => {
    const [eventType, published] = ['user.session.start', nextMoment()]
    const actor = { id, type: 'User' }
    const client = { ipAddress: signInAddress }
    log.push({ uuid: randomUUID(), published, eventType, outcome: { result }, actor, client })
  }
  const touch = ({ json }: OktaAccount, change: Partial<OktaJson>): void => {
    Object.assign(json, change, { lastUpdated: nextMoment() })
  }
  return {
    accounts,
    roles,
    log,
    knobs,
    touch,
    add: (login: string, password: string, profile: Record<string, unknown>): OktaAccount => {
      const at = nextMoment()
      const json: OktaJson = {
        id: newId('00u'),
        status: 'ACTIVE',
        created: at,
        activated: at,
        statusChanged: at,
        lastUpdated: at,
        passwordChanged: at,
        profile: { login, ...profile },
        credentials: { password: {}, provider: { type: 'OKTA', name: 'OKTA' } },
      }
      const account: OktaAccount = {
        json,
        password,
        history: [password],
        tries: 0,
        writes: 0,
        sessions: 0,
        factors: [],
        groups: [],
      }
      accounts.set(json.id, account)
      return account
    },
    /** Lists show these people. */
    listed: (): readonly OktaJson[] => {
      if (!knobs.isBehind) listed = [...accounts.values()].map(({ json }) => structuredClone(json))
      return listed
    },
    setPassword: (account: OktaAccount, password: string): void => {
      account.password = password
      account.history.push(password)
      account.writes += 1
      touch(account, { passwordChanged: nextMoment(), status: account.json.status })
    },
    signIn: (id: string, password: string): boolean => {
      const account = accounts.get(id)
      if (account === undefined || !['ACTIVE', 'PASSWORD_EXPIRED'].includes(account.json.status)) return false
      if (account.password === password) {
        account.tries = 0
        account.sessions += 1
        noteSignIn(id, 'SUCCESS')
        return true
      }
      noteSignIn(id, 'FAILURE')
      account.tries += 1
      if (account.tries >= 5) touch(account, { status: 'LOCKED_OUT', statusChanged: nextMoment() })
      return false
    },
  }
}
export type OktaStore = ReturnType<typeof createOktaStore>
