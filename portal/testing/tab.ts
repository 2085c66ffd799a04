import { openTab } from '../tab.ts'

/** Storage of one tab, in memory. */
export const createStore = (): Storage => {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (n) => [...kept.keys()][n] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}

/** Addresses that a tab put in place of its own. */
type Past = unknown[]

/** A tab that came to this address; the same storage and no token is its reload. */
export const tabAt = (
  pathname: string,
  token: string | null,
  sessionStorage = createStore(),
  past: Past = [],
) =>
  openTab({
    location: { hash: token === null ? '' : `#${token}`, pathname },
    history: { replaceState: (...args: unknown[]) => void past.push(args) },
    sessionStorage,
  } as unknown as Window)
