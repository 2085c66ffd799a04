/** Allows one refresh at a time in one folder, over all processes that share it. */
import { mkdirSync, openSync, closeSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { refreshedDir } from '../editions.ts'

/** A refresh that takes longer was ended in the middle; its lock is left over. */
const forgottenMs = 15 * 60_000

/** Does the work alone. @throws with one sentence when another refresh is under way */
export async function alone<T>(dir: string, work: () => Promise<T>, now = Date.now()): Promise<T> {
  const path = join(refreshedDir(dir), 'lock')
  mkdirSync(refreshedDir(dir), { recursive: true })
  const old = statSync(path, { throwIfNoEntry: false })
  if (old !== undefined && now - old.mtimeMs > forgottenMs) rmSync(path, { force: true })
  try {
    closeSync(openSync(path, 'wx'))
  } catch (error) {
    throw new Error('another refresh is under way', { cause: error })
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}
