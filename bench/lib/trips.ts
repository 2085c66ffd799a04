/**
 * Counts round trips to the database: a process sends something and waits for the answer before it continues. What is sent
 * together, without waiting for each other, is one trip: `begin` with the first statements, statements side by side, the last
 * one with its commit. A statement is sent on a later trip than every one whose answer was there before it.
 */
import type pg from 'pg'
import type { Db } from '#platform/database/connect.ts'

/** Trips of one step, by process. */
export type StepTrips = { readonly api: number; readonly worker: number }

/** One statement. `isTrip`: a trip begins with it; else it travels with the one before it. */
export type Sent = {
  readonly step: string
  readonly process: keyof StepTrips
  readonly isTrip: boolean
  readonly sql: string
}

/** Counts what the pools that it watches send, under the step that is named last. */
export type TripCounter = {
  /** Counts under this step from now on; null: counts nothing. */
  at(step: string | null): void
  /** Counts nothing while `work` runs. */
  aside<T>(work: () => Promise<T>): Promise<T>
  watch(db: Db, process: keyof StepTrips): void
  /** Everything since the last call. */
  taken(): readonly Sent[]
}

const textOf = (query: unknown): string => {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : 'a cursor'
}

/** Makes a counter. */
export const createTripCounter = (): TripCounter => {
  let step: string | null = null
  let sent: Sent[] = []
  const countOn = (client: pg.PoolClient, process: keyof StepTrips): void => {
    const query = client.query.bind(client) as (...all: unknown[]) => unknown
    const trips = { begun: 0, answered: 0 }
    const counted = (...all: unknown[]): unknown => {
      const trip = trips.answered + 1
      if (step !== null) sent.push({ step, process, isTrip: trip > trips.begun, sql: textOf(all[0]) })
      trips.begun = Math.max(trips.begun, trip)
      const answer = query(...all)
      const answered = (): void => {
        trips.answered = Math.max(trips.answered, trip)
      }
      Promise.resolve(answer).then(answered, answered)
      return answer
    }
    client.query = counted as typeof client.query
  }
  return {
    at: (next) => {
      step = next
    },
    aside: async (work) => {
      const before = step
      step = null
      try {
        return await work()
      } finally {
        step = before
      }
    },
    watch: ({ pool }, process) => {
      pool.on('connect', (client) => {
        countOn(client, process)
      })
    },
    taken: () => {
      const all = sent
      sent = []
      return all
    },
  }
}

/** The number of trips of each step, in the order of the steps. */
export const byStep = (sent: readonly Sent[]): Readonly<Record<string, StepTrips>> => {
  const steps: Record<string, { api: number; worker: number }> = {}
  for (const { step, process, isTrip } of sent)
    (steps[step] ??= { api: 0, worker: 0 })[process] += isTrip ? 1 : 0
  return steps
}
