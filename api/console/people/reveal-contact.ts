import { addReveal } from '#services/people/contact-reveals.ts'
import { readContactOnFile } from '#services/people/contacts.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { countLookUp, countOrRefuse } from '../../http/limit-reached.ts'
import { actorOf, requireNotOwn } from '../scope.ts'

/**
 * One contact in full, for a reason that those who watch read too. Counted as a reveal and as a look-up (D8), and its row and event are
 * committed before the value leaves (D10).
 */
export const revealContact = ({ db, keys }: Pick<ApiDeps, 'db' | 'keys'>) =>
  bind('console.revealContact', ({ staff, params: { personId, contactId }, body: { reason } }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const contact = await readContactOnFile(tx, keys, contactId)
      if (contact?.personId !== personId) throw new Refused('not_found')
      await requireNotOwn(tx, staff, personId)
      if (contact.value === null) throw new Refused('contact_not_allowed', { reason: 'unreadable' })
      const { revealsPerAgent: caps } = (await currentPolicy(tx)).limits
      await countOrRefuse(tx, staff.staffId, { kind: 'reveal', subject: contactId, caps })
      await countLookUp(tx, staff, personId)
      const { masked: contactMasked, value } = contact
      const by = { staffId: staff.staffId, staffName: staff.name }
      await addReveal(tx, { personId, contactId, contactMasked, ...by, reason })
      await notify(tx, 'alarm', personId)
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: 'contact.revealed',
          object: { kind: 'person', id: personId },
          payload: { contactId, contact: contactMasked, reason },
        },
      ])
      return { value }
    }),
  )
