/** Adapters whose directory keeps a log of sign-ins share this: the exact span, and whether our account may read it. */
import { DirectoryError } from './directory-error.ts'
import type { DirectorySignIn, RightFinding, SignInSpan } from './port.ts'

/** One entry of a log, of whatever is in it. */
type Entry = {
  readonly directoryId: string | null | undefined
  readonly at: number
  readonly address: string | null | undefined
}

/** The entries that belong to the span and name a person and an address. Servers differ in whether a span has its ends. */
export const signInsWithin = (
  { from, until }: Pick<SignInSpan, 'from' | 'until'>,
  entries: readonly Entry[],
): readonly DirectorySignIn[] =>
  entries.flatMap(({ directoryId, at, address }) =>
    directoryId && address && at >= from.getTime() && at < until.getTime()
      ? [{ directoryId, at: new Date(at).toISOString(), address }]
      : [],
  )

/** Looks at the newest minute of the log: `right` is missing where we may not. @throws DirectoryError where nobody answers */
export const missingLog = async (
  signIns: (span: SignInSpan) => AsyncIterable<readonly DirectorySignIn[]>,
  right: string,
): Promise<readonly RightFinding[]> => {
  const until = new Date()
  try {
    const newest = signIns({ from: new Date(until.getTime() - 60_000), until })
    await newest[Symbol.asyncIterator]().next()
    return []
  } catch (error) {
    const isRefused = error instanceof DirectoryError && ['rights', 'credentials'].includes(error.problem)
    if (isRefused) return [{ kind: 'missing', right: 'sign_in_log', detail: right }]
    throw error
  }
}
