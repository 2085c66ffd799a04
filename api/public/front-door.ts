import { readFrontDoors, type FrontDoor } from '#services/tenants/tenants.ts'
import { bind } from '../http/bind.ts'
import { brandOf } from '../portal/current-step.ts'
import type { PublicDeps } from './link-step.ts'

/** So long the names, colours and numbers of organisations are kept; nobody asks the database more often. */
const keptMs = 60_000

/**
 * The look of the organisation for people who come without a link. It says nothing about anybody; an organisation is found by its
 * name in the address only, or if it is the only one here.
 */
export const frontDoor = (deps: PublicDeps) => {
  let doors: Promise<readonly FrontDoor[]> = Promise.resolve([])
  let readAt = -Infinity
  const read = (): Promise<readonly FrontDoor[]> => {
    if (performance.now() - readAt < keptMs) return doors
    readAt = performance.now()
    doors = readFrontDoors(deps.db)
    doors.catch(() => (readAt = -Infinity))
    return doors
  }
  return bind('public.frontDoor', async ({ body: { organisation } }) => {
    const all = await read()
    const found = all.length === 1 ? all[0] : all.find(({ slug }) => slug === organisation)
    return { brand: found === undefined ? null : brandOf(found.name, found.settings) }
  })
}
