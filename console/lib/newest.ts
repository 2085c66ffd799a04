/**
 * Runs questions whose answers may overtake each other: only the answer to the newest one counts. Gives null for one
 * that a later question overtook, be it answered or failed.
 */
export const createNewest = <Answer>() => {
  let current = 0
  return async (ask: () => Promise<Answer>): Promise<{ readonly answer: Answer } | null> => {
    const turn = ++current
    try {
      const answer = await ask()
      return turn === current ? { answer } : null
    } catch (error) {
      if (turn === current) throw error
      return null
    }
  }
}
