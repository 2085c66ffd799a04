/** Asks the directory at the moment of an approval if the participant is privileged (D2). */
import { setTimeout as rest } from 'node:timers/promises'
import type { PrivilegeFound } from '#domain/policy/elevated.ts'
import { readPerson } from '#services/people/people.ts'
import { notePrivilegeFound } from '#services/risk/privilege-found.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inOneTrip, inTenant } from '#platform/database/transaction.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import type { Privilege } from '../directory/port.ts'
import type { ActivityDeps } from '../ports.ts'

/** An agent waits for the answer, and the whole activity has ten seconds. */
export const privilegeDeadlineMs = 3_000

/** The answer within the deadline; a late one counts as none. */
const withinDeadline = async (asking: Promise<Privilege>): Promise<Privilege['kind']> => {
  const over = new AbortController()
  const answer = asking.then(
    ({ kind }) => kind,
    () => 'unknown' as const,
  )
  try {
    return await Promise.race([
      answer,
      rest(privilegeDeadlineMs, 'unknown' as const, { signal: over.signal }),
    ])
  } finally {
    over.abort()
  }
}

const foundIn: Readonly<Record<Privilege['kind'], PrivilegeFound | null>> = {
  privileged: 'privileged',
  unknown: 'unread',
  standard: null,
  // The built-in directory has no groups: only our own row says.
  not_offered: null,
}

/**
 * Asks, and notes what differs from our row: then the approver has to look again, at a case that now says so.
 * @returns whether anything differs
 */
export const lookForPrivilege = async (
  { db, openDirectory }: Pick<ActivityDeps, 'db' | 'openDirectory'>,
  { tenantId, verificationId, personId }: CaseRef,
): Promise<boolean> => {
  const { directory, directoryId } = await inOneTrip(db, tenantId, (tx) => readPerson(tx, personId))
  // A directory that is no longer configured here throws, and says nothing either.
  const ask = async () => openDirectory(tenantId, directory).privilegeOf(directoryId)
  const found = foundIn[await withinDeadline(ask())]
  return inTenant(db, tenantId, async (tx) => {
    if (!(await notePrivilegeFound(tx, verificationId, found))) return false
    await recordEvents(
      tx,
      { kind: 'system', id: 'workflow' },
      verificationId,
      [
        {
          type: 'privilege.found',
          object: { kind: 'verification', id: verificationId },
          payload: { privilege: found ?? 'standard' },
        },
      ],
      [],
      'to_consoles',
    )
    return true
  })
}
