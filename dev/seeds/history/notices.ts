import type { NoticeKind } from '#domain/messages/kinds.ts'
import type { SeedContact } from '../contacts.ts'
import { date, put, system, tell, type Story } from './story.ts'

/** Tells every contact on file, or every other one than the link's (B12); sent a moment later. */
export const tellContacts = (story: Story, kind: NoticeKind, except?: SeedContact): void => {
  const { world, case: past, now } = story
  for (const contact of world.contactsOf(past.person)) {
    if (contact === except || contact.lineType === 'voip' || contact.lineType === 'fixed') continue
    put(story, 'notices', {
      id: world.idOf('notice', past.id, kind, contact.id),
      verification_id: past.id,
      person_id: past.person.id,
      kind,
      contact_id: contact.id,
      channel: contact.kind === 'phone' ? 'sms' : 'email',
      status: 'sent',
      tries: 1,
      not_before: date(story),
      created_at: date(story),
      sent_at: date(story, now + 1_500),
      begun_at: date(story, now + 1_000),
    })
    tell(story, system('notices'), 'notice.sent', { notice: kind, contactId: contact.id }, now + 1_500)
  }
}
