/** E-mails to staff (D13). They hold no link: the console is known to them. */
import type { StaffNotice, StaffNoticeKind } from '../staff/staff-notices.ts'
import { texts } from './languages.ts'
import type { Letterhead } from './letterhead.ts'
import { blocksOf } from './mail/blocks.ts'
import { headingOf } from './mail/mail.ts'
import { momentIn } from './mail/moment.ts'
import { htmlOf, textOf } from './mail/render.ts'
import { languageOf, oneLine, type Matter, type Rendered } from './texts.ts'
import type { Reader } from './write.ts'

/** Kinds whose matter is another than the policy. */
const matterOfKind: Readonly<Partial<Record<StaffNoticeKind, Matter>>> = {
  harvest_suspected: 'alarm',
  participant_reported: 'case',
  key_copied: 'key',
  push_denied: 'push',
  duress_signalled: 'quiet',
  directory_drop_held: 'directory',
  staff_limit_reached: 'limit',
  staff_impersonated: 'intruder',
  session_moved: 'moved',
  passkey_added: 'account',
  passkey_removed: 'account',
  place_added: 'places',
  text_proposed: 'messages',
  text_accepted: 'messages',
  text_reset: 'messages',
  sends_nearly_used: 'budget',
  sends_used_up: 'budget',
  protection_end_asked: 'protection',
  protection_ended: 'protection',
  audit_broken: 'audit',
  contact_unreadable: 'contacts',
}

/** The reader of the message, and when it goes out. */
type ReadBy = Reader & { readonly at: Date }

/** The message in the reader's language, English where there is no better one. */
export const staffNotice = (
  { kind, byName, about, takesEffectAt }: StaffNotice,
  { organisation, zone }: Pick<Letterhead, 'organisation' | 'zone'>,
  { language: tag, country, timeZone, at: sentAt }: ReadBy,
): Rendered => {
  const language = languageOf(tag)
  const { mails, staffNotices } = texts[language]
  const { sentences, matters } = staffNotices
  const at = takesEffectAt === null ? '' : `${takesEffectAt.slice(0, 16).replace('T', ' ')} UTC`
  const sentence = sentences[kind](oneLine(byName), at, about.replace(/#.*$/, ''))
  const { subject, closing } = matters[matterOfKind[kind] ?? 'policy']
  const name = oneLine(organisation)
  const facts = [{ label: mails.labels.time, value: momentIn(sentAt, timeZone ?? zone, language, country) }]
  const letter = {
    ...{ language, direction: mails.direction, organisation: name, link: null, facts, closing: [] },
    subject: `${name}: ${subject}`,
    heading: headingOf(`${name}: ${subject}`, name, language),
    blocks: blocksOf(`${sentence}\n\n${closing}`, null),
  }
  return {
    subject: letter.subject,
    text: `${textOf(`${sentence}\n\n${closing}`, letter)}\n`,
    html: htmlOf(letter),
  }
}
