/**
 * The result of a promise, or `late` where it takes longer: nobody waits for work that hangs. The work itself is not stopped.
 */
export const atMost = async <T, L>(ms: number, promise: Promise<T>, late: L): Promise<T | L> => {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<L>((resolve) => {
    timer = setTimeout(() => {
      resolve(late)
    }, ms)
  })
  try {
    return await Promise.race([promise, limit])
  } finally {
    clearTimeout(timer)
  }
}
