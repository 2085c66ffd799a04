/**
 * The contract of every directory, run against each adapter on a real server, or on a fake that keeps to its documented
 * contract. A directory that lacks something says so; nothing is passed over.
 */
import { describe } from 'vitest'
import type { DirectoryBench } from './bench.ts'
import { describeLocks } from './contract-locks.ts'
import { describeOne } from './contract-one.ts'
import { describePeople } from './contract-people.ts'
import { describeSignIns } from './contract-sign-ins.ts'
import { describeSync } from './contract-sync.ts'
import { describeWrites } from './contract-writes.ts'

/** Runs the suite. `open` is called within the tests, when what it needs has started. */
export const describeDirectory = (name: string, open: () => DirectoryBench): void => {
  describe(`a directory: ${name}`, () => {
    describeWrites(open)
    describeLocks(open)
    describeOne(open)
    describePeople(open)
    describeSync(open)
    describeSignIns(open)
  })
}
