import type { MessageLanguage } from '#domain/messages/kinds.ts'
import type { Words } from '#domain/messages/words.ts'
import type { Channel } from '#domain/verification/verification.ts'
import type { NoticeKind } from '../../sending/notices.ts'
import type { Template } from './texts.ts'

type Sentences = Readonly<Record<MessageLanguage, string>>

/** What happened, in one sentence after the organisation's name. */
export const sentences: Readonly<Record<NoticeKind, Sentences>> = {
  started: {
    en: 'a verification of you was started at the help desk.',
    de: 'Beim Helpdesk wurde begonnen, Ihre Identität zu prüfen.',
  },
  finished: {
    en: 'a verification of you at the help desk was completed.',
    de: 'Die Prüfung Ihrer Identität beim Helpdesk ist abgeschlossen.',
  },
  refused: {
    en: 'a verification of you at the help desk was refused.',
    de: 'Die Prüfung Ihrer Identität beim Helpdesk wurde abgelehnt.',
  },
  ended: {
    en: 'a verification of you at the help desk ended. Nothing was changed.',
    de: 'Die Prüfung Ihrer Identität beim Helpdesk ist zu Ende. Es wurde nichts geändert.',
  },
  password_changed: {
    en: 'your password was changed through the help desk.',
    de: 'Ihr Passwort wurde über den Helpdesk geändert.',
  },
  account_unlocked: {
    en: 'your account was unlocked through the help desk.',
    de: 'Ihr Konto wurde über den Helpdesk entsperrt.',
  },
  factors_reset: {
    en: 'your second sign-in step was removed through the help desk, so that a new one can be set up.',
    de: 'Ihr zweiter Anmeldeschritt wurde über den Helpdesk entfernt, damit ein neuer eingerichtet werden kann.',
  },
  passkey_added: {
    en: 'a passkey was set up for you. In three days it can help to prove who you are at the help desk.',
    de: 'Für Sie wurde ein Passkey eingerichtet. In drei Tagen kann er beim Helpdesk mit beweisen, wer Sie sind.',
  },
  frozen: {
    en: 'somebody said that a request in your name was not you. Open requests are stopped.',
    de: 'Jemand hat gemeldet, dass eine Anfrage in Ihrem Namen nicht von Ihnen kam. Offene Anfragen sind gestoppt.',
  },
  account_locked: {
    en: 'your account was locked after that report. To use it again, call the help desk on the number you know.',
    de: 'Nach dieser Meldung wurde Ihr Konto gesperrt. Um es wieder zu nutzen, rufen Sie den Helpdesk unter der bekannten Nummer an.',
  },
  scheduled: {
    en: 'a change to your account was approved at the help desk and will be made later. You can still stop it.',
    de: 'Eine Änderung an Ihrem Konto wurde beim Helpdesk genehmigt und erfolgt später. Sie können sie noch stoppen.',
  },
  stopped: {
    en: 'a change to your account that was approved at the help desk was stopped.',
    de: 'Eine Änderung an Ihrem Konto, die beim Helpdesk genehmigt war, wurde gestoppt.',
  },
  unfrozen: {
    en: 'requests in your name can be made at the help desk again.',
    de: 'Beim Helpdesk können wieder Anfragen in Ihrem Namen begonnen werden.',
  },
}

const wasNotMe: Sentences = { en: 'If this was not you:', de: 'Waren Sie es nicht:' }
const subjects: Sentences = { en: 'notice of the help desk', de: 'Mitteilung des Helpdesks' }

const sms = (kind: NoticeKind, language: MessageLanguage): Words => ({
  subject: null,
  text: `{organisation}: ${sentences[kind][language]} ${wasNotMe[language]} {link} {warning}`,
})

const email = (kind: NoticeKind, language: MessageLanguage): Words => ({
  subject: `{organisation}: ${subjects[language]}`,
  text: [
    `{organisation}: ${sentences[kind][language]}`,
    '',
    wasNotMe[language],
    '{link}',
    '',
    '{warning}',
  ].join('\n'),
})

/** The notice of a kind on a channel. */
export const noticeTemplate = (kind: NoticeKind, channel: Channel): Template => {
  const build = channel === 'sms' ? sms : email
  return { en: build(kind, 'en'), de: build(kind, 'de') }
}
