/** Storage of a browser can hang for ever; the others' facts are not lost for that. */
const limitMs = 4000

/** A probe that fails or hangs says nothing, rather than stopping the others. */
export const orNull = async <T>(probe: () => T | Promise<T>): Promise<T | null> => {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), limitMs))
  try {
    return await Promise.race([probe(), late])
  } catch {
    return null
  }
}
