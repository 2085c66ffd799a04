/** E-mails to staff (D13). They hold no link: the console is known to them. */
import { pickLanguage } from '#domain/languages.ts'
import type { StaffNotice, StaffNoticeKind } from '../staff/staff-notices.ts'
import { texts } from './languages.ts'
import { oneLine, type Matter, type Rendered } from './texts.ts'

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

/** The message in the reader's language, English where there is no better one. */
export const staffNotice = (
  { kind, byName, about, takesEffectAt }: StaffNotice,
  organisation: string,
  language: string | null,
): Rendered => {
  const { sentences, matters } = texts[pickLanguage([language ?? ''])].staffNotices
  const at = takesEffectAt === null ? '' : `${takesEffectAt.slice(0, 16).replace('T', ' ')} UTC`
  const sentence = sentences[kind](oneLine(byName), at, about.replace(/#.*$/, ''))
  const { subject, closing } = matters[matterOfKind[kind] ?? 'policy']
  return { subject: `${oneLine(organisation)}: ${subject}`, text: `${sentence}\n\n${closing}\n` }
}
