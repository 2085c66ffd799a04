/**
 * Counts round trips to the database: each time a process sends something and waits for the answer. What is sent in one
 * message (`begin` with the tenant, several statements without parameters) is one trip.
 */
import type pg from 'pg'
import type { Db } from '#platform/database/connect.ts'

/** Trips of one step, by process. */
export type StepTrips = { readonly api: number; readonly worker: number }

/** One trip, for whoever looks for the next one to save. */
export type Trip = { readonly step: string; readonly process: keyof StepTrips; readonly sql: string }

/** Counts what the pools that it watches send, under the step that is named last. */
export type TripCounter = {
  /** Counts under this step from now on; null: counts nothing. */
  at(step: string | null): void
  watch(db: Db, process: keyof StepTrips): void
  /** Everything since the last call. */
  taken(): readonly Trip[]
}

const textOf = (query: unknown): string => {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : 'a cursor'
}

/** Makes a counter. */
export const createTripCounter = (): TripCounter => {
  let step: string | null = null
  let trips: Trip[] = []
  const countOn = (client: pg.PoolClient, process: keyof StepTrips): void => {
    const query = client.query.bind(client) as (...all: unknown[]) => unknown
    const counted = (...all: unknown[]): unknown => {
      if (step !== null) trips.push({ step, process, sql: textOf(all[0]) })
      return query(...all)
    }
    client.query = counted as typeof client.query
  }
  return {
    at: (next) => {
      step = next
    },
    watch: ({ pool }, process) => {
      pool.on('connect', (client) => {
        countOn(client, process)
      })
    },
    taken: () => {
      const all = trips
      trips = []
      return all
    },
  }
}

/** How many trips each step took, in the order of the steps. */
export const byStep = (trips: readonly Trip[]): Readonly<Record<string, StepTrips>> => {
  const steps: Record<string, { api: number; worker: number }> = {}
  for (const { step, process } of trips) (steps[step] ??= { api: 0, worker: 0 })[process] += 1
  return steps
}
