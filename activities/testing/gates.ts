import type { Activities } from '../index.ts'

/** A point where an activity can be held: before it does anything, or when it has done everything but answer. */
export type Point = `${keyof Activities}:${'before' | 'after'}`

/** Holds activities at points, so that a story can do something while one is under way. */
export const createGates = () => {
  const held = new Map<Point, { reached: () => void; opened: Promise<void> }>()

  /** Holds the next call that comes to the point. `reached` resolves once it is there; `open` releases it. */
  const hold = (point: Point): { readonly reached: Promise<void>; readonly open: () => void } => {
    let open: () => void = () => undefined
    let reached: () => void = () => undefined
    const opened = new Promise<void>((resolve) => (open = resolve))
    const isReached = new Promise<void>((resolve) => (reached = resolve))
    held.set(point, { reached, opened })
    return { reached: isReached, open }
  }

  const pass = async (point: Point): Promise<void> => {
    const gate = held.get(point)
    if (gate === undefined) return
    held.delete(point)
    gate.reached()
    await gate.opened
  }

  /** The same activities, behind the gates. */
  const behind = (activities: Activities): Activities =>
    Object.fromEntries(
      Object.entries(activities).map(([name, work]) => [
        name,
        async (input: never) => {
          await pass(`${name as keyof Activities}:before`)
          const answer: unknown = await work(input)
          await pass(`${name as keyof Activities}:after`)
          return answer
        },
      ]),
    ) as unknown as Activities
  return { hold, behind }
}
