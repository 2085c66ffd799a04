/** An access token, fetched when it is needed, kept while it is good, and fetched once for all who wait for it. */

/** As a token endpoint gives it. */
export type Token = { readonly value: string; readonly seconds: number }

/** Gives tokens. */
export type Tokens = {
  /** @throws DirectoryError */
  get(): Promise<string>
  /** The server does not take this one any more. */
  forget(value: string): void
}

/** A token is not used in its last moments: the request that carries it takes time too. Milliseconds. */
const marginMs = 30_000

/** Keeps the tokens of `fetchToken`. */
export const createTokens = (fetchToken: () => Promise<Token>): Tokens => {
  let held: { readonly value: string; readonly until: number } | null = null
  let coming: Promise<string> | null = null
  const renew = async (): Promise<string> => {
    // From before the request: the server began to count no earlier than that.
    const from = performance.now()
    const { value, seconds } = await fetchToken()
    held = { value, until: from + Math.max(seconds * 1000 - marginMs, (seconds * 1000) / 2) }
    return value
  }
  return {
    get: () => {
      if (held !== null && performance.now() < held.until) return Promise.resolve(held.value)
      coming ??= renew().finally(() => {
        coming = null
      })
      return coming
    },
    forget: (value) => {
      if (held?.value === value) held = null
    },
  }
}
