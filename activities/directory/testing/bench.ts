/** Beside the adapter, the contract's suite needs another way into the directory, to look and to disturb. */
import { randomUUID } from 'node:crypto'
import type { Directory, Write, WriteSent } from '../port.ts'

/** An account made for one test. */
export type BenchAccount = {
  readonly directoryId: string
  readonly login: string
  readonly password: string
}

/** People of the directory as its administrators change them; absent where the directory syncs nobody. */
export type BenchPeople = {
  /** Gives the family name that the account has from now on, and another handle where the directory has names. */
  rename(account: BenchAccount, familyName: string): Promise<void>
  remove(account: BenchAccount): Promise<void>
  /** Moves the account to where the adapter does not look any more. */
  moveAway(account: BenchAccount): Promise<void>
}

/** The log of sign-ins; absent where the directory keeps none. */
export type BenchLog = {
  /** The same directory, whose log is read. */
  readonly directory: Directory
  /** The same, through an account that may not read it. */
  readonly withoutRight: Directory
  /** The address from which the bench signs in. */
  readonly address: string
}

/** A directory under test. */
export type DirectoryBench = {
  readonly directory: Directory
  /** The same directory through an account that may do more than it should; absent where rights cannot be looked at. */
  readonly tooPowerful?: Directory
  newAccount(): Promise<BenchAccount>
  /** True if the directory itself takes this password now. */
  signsIn(account: BenchAccount, password: string): Promise<boolean>
  /** Passwords that were written to the account since it was made, by the directory's own count. */
  passwordWrites(account: BenchAccount): Promise<number>
  /** Sets a password as another administrator would. */
  setElsewhere(account: BenchAccount, password: string): Promise<void>
  /** False: the directory does not tell of a lockout, but still signs nobody in; absent: it tells. */
  readonly tellsLockouts?: false
  /** True: others are named by immutable ids, so that a rename changes no handle; absent: by names. */
  readonly namesByIds?: true
  /** As too many wrong passwords do. */
  lockOut(account: BenchAccount): Promise<void>
  disable(account: BenchAccount): Promise<void>
  /** False where a directory’s versions cannot count, so that two writes look like one. */
  readonly tellsOneWriteFromTwo: boolean
  /** True if the account's owner must choose another password. */
  mustChange(account: BenchAccount): Promise<boolean>
  /** Makes the account privileged through a group within a group; absent where the directory has no groups. */
  makePrivileged?(account: BenchAccount): Promise<void>
  readonly people?: BenchPeople
  readonly log?: BenchLog
}

const minute = 60_000

/** A write of an account as it is now, in time. */
export const writeOf = async (
  { directory }: Pick<DirectoryBench, 'directory'>,
  { directoryId }: BenchAccount,
): Promise<Write & WriteSent> => {
  const found = await directory.find(directoryId)
  if (found === null) throw new Error('the account of the test does not exist')
  return {
    directoryId,
    operationId: randomUUID(),
    effect: 'set_password',
    expectedVersion: found.version,
    notAfter: new Date(Date.now() + minute).toISOString(),
  }
}

/** Plain options: nothing to change later. */
export const plain = { mustChange: false } as const

/** A password that no rule of any directory refuses, and that is no other one. */
export const goodPassword = (): string => `Quiet-Harbour-${randomUUID().slice(0, 8)}-9`
