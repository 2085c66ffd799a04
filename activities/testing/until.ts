/**
 * Waits until something holds, looking every 25 ms, or, where a look takes longer, as long as it took: who looks must not keep
 * from working what is looked at. @throws after `ms`
 */
export const until = async (holds: () => Promise<boolean>, ms = 15_000): Promise<void> => {
  const end = Date.now() + ms
  for (;;) {
    const begun = Date.now()
    if (await holds()) return
    if (Date.now() > end) throw new Error('it did not come to hold in time')
    await new Promise((resolve) => setTimeout(resolve, Math.max(25, Date.now() - begun)))
  }
}
