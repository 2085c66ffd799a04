import type { PlaceEntry } from '#domain/places.ts'
import { may } from '#domain/roles.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readLikelyOffices, readSharedDevices } from '#services/risk/learned-places.ts'
import { tellAdmins } from '#services/staff/staff-notices.ts'
import {
  faultOfPlace,
  findPlace,
  placesOf,
  withoutPlace,
  withPlace,
  type PlaceFault,
} from '#services/tenants/place-entries.ts'
import { holds, type PlaceSettings } from '#services/tenants/places.ts'
import { lockPlaces, readPlaces, savePlaces } from '#services/tenants/tenants.ts'
import type { ApiDeps } from '../../deps.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import { InvalidInput, Refused } from '../../http/errors.ts'
import { actorOf } from '../scope.ts'

/** Those that are not named yet. */
const suggested = async (deps: ApiDeps, tx: Tx, settings: PlaceSettings) => {
  const marked = new Set(settings.sharedDevices?.map(({ keyId }) => keyId))
  const named = [...(settings.egressCidrs ?? []), ...(settings.gateways ?? []).map(({ cidr }) => cidr)]
  const devices = await readSharedDevices(tx)
  const offices = await readLikelyOffices(deps, tx)
  return {
    sharedBy: devices.filter(({ value }) => !marked.has(value)),
    officesBy: offices.filter(
      ({ value }) => !named.some((cidr) => holds(cidr, value.slice(0, value.indexOf('/')))),
    ),
  }
}

/** The networks and devices that the organisation named for its checks; for those who may name some, what cases suggest. */
export const places = (deps: ApiDeps) =>
  bind('console.places', ({ staff }) =>
    inTenant(deps.db, staff.tenantId, async (tx) => {
      const settings = await readPlaces(tx)
      const suggestions = may(staff.role, 'policy.write')
        ? await suggested(deps, tx, settings)
        : { sharedBy: [], officesBy: [] }
      return { entries: [...placesOf(settings)], ...suggestions }
    }),
  )

const badField = (fault: PlaceFault): InvalidInput => new InvalidInput(422, [fault])

/** Notifies consoles and writes the audit, in the transaction of the change (G1). */
const record = async (
  tx: Tx,
  staff: StaffCaller,
  type: 'place.added' | 'place.removed',
  { kind, value, label }: PlaceEntry,
): Promise<void> => {
  await notify(tx, 'settings', staff.tenantId)
  await recordEvents(tx, actorOf(staff), null, [
    { type, object: { kind: 'tenant', id: tx.tenantId }, payload: { kind, value, label } },
  ])
}

/**
 * Adds an entry, or renews its label. It makes cases look less suspicious, so every admin gets a mail, and the caller confirms
 * with a passkey.
 */
export const addPlace = ({ db }: ApiDeps) =>
  bind('console.addPlace', ({ staff, body: entry, operationId }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const fault = faultOfPlace(entry)
      if (fault !== null) throw badField(fault)
      const settings = await lockPlaces(tx)
      if (findPlace(settings, entry)?.label === entry.label) return { done: true as const }
      const changed = withPlace(settings, entry)
      if ('path' in changed) throw badField(changed)
      await savePlaces(tx, changed)
      await tellAdmins(tx, {
        kind: 'place_added',
        about: `${entry.value}#${operationId}`,
        byName: staff.name,
        takesEffectAt: null,
      })
      await record(tx, staff, 'place.added', entry)
      return { done: true as const }
    }),
  )

/** Removes an entry; cases look more suspicious then, so one admin is enough. */
export const removePlace = ({ db }: ApiDeps) =>
  bind('console.removePlace', ({ staff, body }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const settings = await lockPlaces(tx)
      const entry = findPlace(settings, body)
      if (entry === undefined) throw new Refused('not_found')
      await savePlaces(tx, withoutPlace(settings, entry))
      await record(tx, staff, 'place.removed', entry)
      return { done: true as const }
    }),
  )
