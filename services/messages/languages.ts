import type { Language } from '#domain/languages.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { dePurposes } from '#domain/words/de/purposes.ts'
import { enPurposes } from '#domain/words/en/purposes.ts'
import { deNotices } from '#domain/words/de/notices.ts'
import { enNotices, type NoticeWords } from '#domain/words/en/notices.ts'
import { mails as deMails } from './de/mails.ts'
import { messages as deMessages } from './de/messages.ts'
import { staffNotices as deStaffNotices } from './de/staff-notices.ts'
import { mails as enMails } from './en/mails.ts'
import { messages as enMessages } from './en/messages.ts'
import { staffNotices as enStaffNotices } from './en/staff-notices.ts'
import type { MailTexts, MessageTexts, StaffNoticeTexts } from './texts.ts'

/** Everything that messages say in one language. */
type Texts = {
  readonly messages: MessageTexts
  readonly mails: MailTexts
  readonly notices: NoticeWords
  readonly staffNotices: StaffNoticeTexts
  readonly purposes: Readonly<Record<Purpose, string>>
}

/** The texts of messages, by language. */
export const texts: Readonly<Record<Language, Texts>> = {
  en: {
    messages: enMessages,
    mails: enMails,
    notices: enNotices,
    staffNotices: enStaffNotices,
    purposes: enPurposes.purposes,
  },
  de: {
    messages: deMessages,
    mails: deMails,
    notices: deNotices,
    staffNotices: deStaffNotices,
    purposes: dePurposes.purposes,
  },
}
