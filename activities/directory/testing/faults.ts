/** Resets whose connection is cut at every piece that the client sends, with the directory's own count as the judge (R4). */
import { goodPassword, plain, writeOf, type DirectoryBench } from './bench.ts'
import type { Cut, CuttingProxy } from './cutting-proxy.ts'
import type { Directory } from '../port.ts'

/** What one faulted reset came to. `said`: our answer, or what reading back found where there was none. */
export type Faulted = {
  readonly cut: Cut
  readonly said: 'done' | 'not_done' | 'unknown'
  readonly wasLost: boolean
  readonly writes: number
  readonly signsIn: boolean
}

/** Resets a new account through the proxy with one cut, and reads back by the straight way. */
export const faultedReset = async (
  bench: DirectoryBench,
  throughProxy: Directory,
  proxy: CuttingProxy,
  cut: Cut,
): Promise<Faulted> => {
  const account = await bench.newAccount()
  const [write, password] = [await writeOf(bench, account), goodPassword()]
  const before = await bench.passwordWrites(account)
  proxy.cutAt(cut)
  const answer = await throughProxy.setPassword(write, password, plain).catch(() => null)
  proxy.cutAt({ piece: 0, when: 'before' })
  const said = answer === null ? (await bench.directory.readBack(write)).kind : wordOf(answer.kind)
  return {
    cut,
    said,
    wasLost: answer === null,
    writes: (await bench.passwordWrites(account)) - before,
    signsIn: await bench.signsIn(account, password),
  }
}

const wordOf = (kind: string): Faulted['said'] => (kind === 'accepted' ? 'done' : 'not_done')

/** The cuts of one reset: before and after every piece, of which there are `pieces`. */
export const everyCut = (pieces: number): readonly Cut[] =>
  Array.from({ length: pieces }, (_, index) => index + 1).flatMap((piece) => [
    { piece, when: 'before' as const },
    { piece, when: 'after' as const },
  ])
