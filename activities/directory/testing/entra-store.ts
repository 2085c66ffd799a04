/** The fake of Entra keeps people, roles, groups, methods and operations, by the rules that Graph documents. */
import { randomUUID } from 'node:crypto'

/** A user as Graph shows it. */
export type EntraJson = Record<string, unknown> & {
  id: string
  userPrincipalName: string
  accountEnabled: boolean
  lastPasswordChangeDateTime: string
}

/** An account, with what Graph never shows. */
export type EntraEntry = {
  readonly json: EntraJson
  /** Other copies of the directory still show this. */
  stale: EntraJson
  password: string
  mustChange: boolean
  tries: number
  writes: number
  sessions: number
  readonly methods: { '@odata.type': string; id: string }[]
  readonly memberOf: Record<string, unknown>[]
  readonly scopedRoles: { id: string; roleId: string; administrativeUnitId: string }[]
  change: number
  isRemoved: boolean
}

/** A reset that was started. */
export type EntraOperation = { status: string; statusDetail: string | null; looks: number }

/** A sign-in as Graph shows it, as far as we read it. */
export type EntraSignIn = {
  readonly id: string
  readonly createdDateTime: string
  readonly userId: string
  readonly ipAddress: string
  readonly isInteractive: boolean
  readonly status: { readonly errorCode: number }
}

/** The address from which everybody signs in. */
export const signInAddress = '81.2.69.142'

/** With these knobs tests change what happens to requests. */
export type EntraKnobs = {
  /** The number of requests that are refused as too many. */
  throttle: number
  /** Reads of people show what was there when this began. */
  isBehind: boolean
  pageSize: number
  /** An operation is looked at so often before it ends. */
  looks: number
  /** The ending of operations. */
  ending: 'succeeded' | 'failed' | 'never'
  /** Delta gives changed attributes alone. */
  isMinimal: boolean
  /** Tokens of delta are over. */
  isResync: boolean
}

let last = 0
/** Whole seconds, as Graph gives them, and never the same one twice. */
const nextSecond = (): string => {
  last = Math.max(Math.floor(Date.now() / 1000), last + 1)
  return new Date(last * 1000).toISOString().replace('.000Z', 'Z')
}

/** A store of accounts. */
export const createEntraStore = () => {
  const accounts = new Map<string, EntraEntry>()
  const operations = new Map<string, EntraOperation>()
  const knobs: EntraKnobs = {
    throttle: 0,
    isBehind: false,
    pageSize: 100,
    looks: 1,
    ending: 'succeeded',
    isMinimal: false,
    isResync: false,
  }
  let changes = 0
  let moment = 0
  const signIns: EntraSignIn[] = []
  const noteSignIn = (userId: string, errorCode: number): void => {
    moment = Math.max(Date.now(), moment + 1)
    // Graph gives seven digits of a second.
    const createdDateTime = new Date(moment).toISOString().replace('Z', '0000Z')
    const [id, ipAddress] = [randomUUID(), signInAddress]
    signIns.push({ id, createdDateTime, userId, ipAddress, isInteractive: true, status: { errorCode } })
  }
  const touch = (entry: EntraEntry, change: Partial<EntraJson>): void => {
    if (!knobs.isBehind) entry.stale = structuredClone(entry.json)
    Object.assign(entry.json, change)
    if (!knobs.isBehind) entry.stale = structuredClone(entry.json)
    entry.change = ++changes
  }
  return {
    accounts,
    operations,
    signIns,
    knobs,
    touch,
    changes: (): number => changes,
    add: (login: string, password: string, more: Record<string, unknown>): EntraEntry => {
      const json: EntraJson = {
        id: randomUUID(),
        userPrincipalName: login,
        accountEnabled: true,
        userType: 'Member',
        lastPasswordChangeDateTime: nextSecond(),
        businessPhones: [],
        otherMails: [],
        ...more,
      }
      const entry: EntraEntry = {
        json,
        stale: structuredClone(json),
        password,
        mustChange: false,
        tries: 0,
        writes: 0,
        sessions: 0,
        methods: [{ '@odata.type': '#microsoft.graph.passwordAuthenticationMethod', id: passwordMethodId }],
        memberOf: [],
        scopedRoles: [],
        change: ++changes,
        isRemoved: false,
      }
      accounts.set(json.id, entry)
      return entry
    },
    remove: (entry: EntraEntry): void => {
      entry.isRemoved = true
      entry.change = ++changes
    },
    setPassword: (entry: EntraEntry, password: string, mustChange: boolean): void => {
      entry.password = password
      entry.mustChange = mustChange
      entry.tries = 0
      entry.writes += 1
      touch(entry, { lastPasswordChangeDateTime: nextSecond() })
    },
    signIn: (id: string, password: string): boolean => {
      const entry = accounts.get(id)
      if (entry === undefined || entry.isRemoved || !entry.json.accountEnabled || entry.tries >= 10)
        return false
      if (entry.password !== password) entry.tries += 1
      else entry.sessions += 1
      noteSignIn(id, entry.password === password ? 0 : 50_126)
      return entry.password === password
    },
  }
}
export type EntraStore = ReturnType<typeof createEntraStore>

export const passwordMethodId = '28c10230-6103-485e-b985-444c60001490'
