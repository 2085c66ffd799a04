type Hooked = { prepareStackTrace?: (error: Error, sites: unknown) => unknown }

/**
 * Counts how often a debugging client formats the stack of an error that is only logged. Null where
 * the engine has no such hook. The hook is put back whatever happens.
 */
export const countDebuggerHits = (): number | null => {
  if (!('captureStackTrace' in Error)) return null
  const hooked = Error as Hooked
  const before = hooked.prepareStackTrace
  let hits = 0
  try {
    hooked.prepareStackTrace = () => {
      hits += 1
      return ''
    }
    // eslint-disable-next-line no-console -- logging is the probe: only an attached client formats the stack
    console.debug(new Error(''))
  } finally {
    if (before) hooked.prepareStackTrace = before
    else delete hooked.prepareStackTrace
  }
  return hits
}
