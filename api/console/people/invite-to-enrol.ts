import { isEnrolmentOpen } from '#services/passkeys/enrolments.ts'
import { addInvitations } from '#services/sending/invitations.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf, excludedPeople } from '../scope.ts'

/** Invites people to set up a passkey, by a mail with an address that is the same for everybody. */
export const inviteToEnrol = ({ db }: ApiDeps) =>
  bind('console.inviteToEnrol', ({ staff, body: { personIds } }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      if (!(await isEnrolmentOpen(tx))) throw new Refused('state_does_not_allow')
      const invited = await addInvitations(tx, personIds, await excludedPeople(tx, staff))
      const drafts = invited.map((id) => ({
        type: 'enrolment.invited' as const,
        object: { kind: 'person' as const, id },
        payload: {},
      }))
      if (drafts.length > 0) await recordEvents(tx, actorOf(staff), null, drafts)
      return { invited: invited.length, notInvited: new Set(personIds).size - invited.length }
    }),
  )
