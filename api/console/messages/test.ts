import { ruleOf } from '#domain/messages/kinds.ts'
import { listTexts } from '#services/sending/message-texts.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { addTestMessage } from '#services/sending/test-messages.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf } from '../scope.ts'
import { ownContacts } from './page.ts'

/** Has a message sent to the caller's own contact, never to anybody else's; so many within some time (H3). */
export const sendTest = (deps: ApiDeps) =>
  bind('console.testMessage', ({ staff, body: { proposed, ...of }, operationId: id }) =>
    inTenant(deps.db, staff.tenantId, async (tx) => {
      const own = await ownContacts(deps, tx, staff)
      if (!ruleOf(of.kind).channels.includes(of.channel) || own[of.channel] === null)
        throw new Refused('contact_not_on_file')
      const { kind, channel, language } = of
      const open = (await listTexts(tx)).find(
        (version) =>
          version.state === 'proposed' &&
          [version.kind, version.channel, version.language].join() === [kind, channel, language].join(),
      )
      if (proposed && open === undefined) throw new Refused('proposal_over')
      const textId = proposed ? (open?.id ?? null) : null
      if (!(await addTestMessage(tx, { id, staffId: staff.staffId, textId, ...of })))
        throw new Refused('send_limit_reached')
      const object = { kind: 'tenant' as const, id: staff.tenantId }
      await recordEvents(tx, actorOf(staff), null, [
        { type: 'message.tested', object, payload: { kind, channel, language, textId } },
      ])
      return { done: true as const }
    }),
  )
