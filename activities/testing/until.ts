/** A look, and the pause after it, count at most so much: a machine that stood still in between has not used the time up. */
const longestLookMs = 1_000

/**
 * Waits until something holds. It looks every 25 ms, or, where a look takes longer, as often as that allows: the look must not
 * keep the work from being done. The limit ends what hangs and measures nothing, so a loaded machine does not reach it.
 * @throws after `ms`, with what was seen last
 */
export const until = async (
  holds: () => Promise<boolean>,
  ms = 60_000,
  seen: () => string = () => '',
): Promise<void> => {
  for (let spent = 0; ;) {
    const begun = Date.now()
    if (await holds()) return
    if (spent > ms) throw new Error(`it did not come to hold in time ${seen()}`.trimEnd())
    await new Promise((resolve) => setTimeout(resolve, Math.max(25, Date.now() - begun)))
    spent += Math.min(Date.now() - begun, longestLookMs)
  }
}
