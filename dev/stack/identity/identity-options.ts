/** The demo's identity provider gets these: accounts, factors, keys and its one client. */
import type { DemoFactors } from '../demo/demo-factors.ts'
import type { IdentityWords } from './identity-words.ts'
import type { IdentityKeys } from '../keys.ts'

export type PasswordAnswer = 'ok' | 'wrong' | 'locked' | 'disabled'

export interface StaffAccount {
  sub: string
  name: string
  email: string
}

/** The questions about people that the provider asks; the demo directory answers. */
export interface DemoAccounts {
  checkPassword(login: string, password: string): Promise<PasswordAnswer>
  /** The member of staff with this login, or undefined for everybody else. */
  findStaffAccount(login: string): Promise<StaffAccount | undefined>
  /** Anybody with this login, as the directory knows them. */
  findEmployeeAccount(login: string): Promise<StaffAccount | undefined>
}

export interface IdentityProviderOptions {
  port: number
  keys: IdentityKeys
  accounts: DemoAccounts
  /** Second factors; without them a password is all there is. */
  factors?: DemoFactors
  client: {
    id: string
    secret: string
    redirectUris: readonly string[]
    /** Everybody may sign in by way of these, not staff alone. */
    employeeRedirectUris?: readonly string[]
    postLogoutRedirectUris: readonly string[]
    /** The address at which the console learns that a person has signed out here. */
    backChannelLogoutUri: string
  }
  /** Serves other machines too, by TLS under this address; absent: this machine only. */
  tls?: { issuer: string; key: Buffer; cert: Buffer }
  /** Shown below the staff sign-in form: the demo accounts. */
  hint?: (words: IdentityWords) => string
}
