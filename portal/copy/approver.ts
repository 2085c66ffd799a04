import { dePurposesInPortal } from '#domain/words/de/purposes.ts'
import { enPurposesInPortal } from '#domain/words/en/purposes.ts'
import type { ApproverRequest } from '#api/contract/approver.ts'
import type { Language } from './index.ts'

type ApproverCopy = {
  start: { heading: string; story: string; inert: string; signIn: string }
  failed: { heading: string; story: string }
  heading: (name: string) => string
  why: Readonly<Record<ApproverRequest['as'], string>>
  wants: string
  purposes: Readonly<Record<ApproverRequest['purpose'], string>>
  facts: { agent: string; alone: string; ticket: string; since: string; left: string }
  minutes: (minutes: number) => string
  check: { heading: string; call: string; caller: string; ask: string }
  digits: string
  wrong: (left: number) => string
  short: string
  yes: string
  notSure: string
  no: string
  stop: { heading: string; story: string; confirm: string }
  done: Readonly<Record<'yes' | 'no' | 'not_sure', readonly [heading: string, story: string]>>
  over: readonly [heading: string, story: string]
}

/** The words of the page on which somebody vouches; both languages, since they are few. */
export const approverCopy: Readonly<Record<Language, ApproverCopy>> = {
  en: {
    start: {
      heading: 'Somebody says that you know them',
      story: 'The help desk asks whether you do. Sign in as you do at work to see who it is.',
      inert: 'Opening this page has changed nothing.',
      signIn: 'Sign in to see who',
    },
    failed: {
      heading: 'This page is for somebody else, or its time is over',
      story:
        'Open the link in your own message and sign in as yourself. If the time is over, there is nothing to do.',
    },
    heading: (name) => `Is it really ${name} who asks?`,
    why: {
      manager: 'You are asked as their manager.',
      named: 'You were named as somebody who may vouch for them.',
    },
    wants: 'They want to',
    purposes: enPurposesInPortal.vouchedWishes,
    facts: {
      agent: 'Handled by',
      alone: 'nobody at the help desk yet',
      ticket: 'Ticket',
      since: 'Since',
      left: 'Time left',
    },
    minutes: (minutes) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
    check: {
      heading: 'Before you say yes',
      call: 'Call the person yourself, on a number that you already have, or go and see them.',
      caller:
        'Do not trust a call that comes to you, not even from the help desk: they do not know the number below.',
      ask: 'Ask for the two digits that their page shows, and type them here.',
    },
    digits: 'Two digits from their page',
    wrong: (left) =>
      left === 0
        ? 'Those are not the digits. No try is left.'
        : `Those are not the digits. ${left === 1 ? 'One try is' : `${left} tries are`} left.`,
    short: 'Please type both digits.',
    yes: 'Yes, it is them',
    notSure: 'I am not sure',
    no: 'No, stop this',
    stop: {
      heading: 'Stop this request?',
      story: 'The request is refused and your security team is told at once.',
      confirm: 'Yes, stop it',
    },
    done: {
      yes: ['Thank you', 'The help desk can go on. You can close this page.'],
      no: [
        'Stopped. Thank you for telling us',
        'The request was refused and your security team has been told.',
      ],
      not_sure: ['Thank you', 'That counts neither for nor against the person. You can close this page.'],
    },
    over: [
      'This cannot be answered any more',
      'It was answered, replaced, or its time is over. There is nothing to do.',
    ],
  },
  de: {
    start: {
      heading: 'Jemand sagt, dass Sie sich kennen',
      story:
        'Der Helpdesk fragt, ob das stimmt. Melden Sie sich wie bei der Arbeit an, um zu sehen, wer es ist.',
      inert: 'Durch das Öffnen dieser Seite hat sich nichts geändert.',
      signIn: 'Anmelden und ansehen',
    },
    failed: {
      heading: 'Diese Seite ist für jemand anderen, oder ihre Zeit ist vorbei',
      story:
        'Öffnen Sie den Link in Ihrer eigenen Nachricht und melden Sie sich als Sie selbst an. Ist die Zeit vorbei, ist nichts zu tun.',
    },
    heading: (name) => `Fragt wirklich ${name}?`,
    why: {
      manager: 'Sie werden als Führungskraft gefragt.',
      named: 'Sie wurden benannt, um für diese Person einzustehen.',
    },
    wants: 'Das Anliegen:',
    purposes: dePurposesInPortal.vouchedWishes,
    facts: {
      agent: 'Bearbeitet von',
      alone: 'noch niemandem beim Helpdesk',
      ticket: 'Ticket',
      since: 'Seit',
      left: 'Verbleibende Zeit',
    },
    minutes: (minutes) => (minutes === 1 ? '1 Minute' : `${minutes} Minuten`),
    check: {
      heading: 'Bevor Sie Ja sagen',
      call: 'Rufen Sie die Person selbst an, unter einer Nummer, die Sie schon haben, oder gehen Sie zu ihr.',
      caller:
        'Trauen Sie keinem Anruf, der zu Ihnen kommt, auch nicht vom Helpdesk: Dort kennt niemand die Zahl unten.',
      ask: 'Fragen Sie nach den zwei Ziffern, die deren Seite zeigt, und tippen Sie sie hier ein.',
    },
    digits: 'Zwei Ziffern von deren Seite',
    wrong: (left) =>
      left === 0
        ? 'Das sind nicht die Ziffern. Kein Versuch ist mehr übrig.'
        : `Das sind nicht die Ziffern. Noch ${left === 1 ? 'ein Versuch' : `${left} Versuche`}.`,
    short: 'Bitte tippen Sie beide Ziffern ein.',
    yes: 'Ja, das ist die Person',
    notSure: 'Ich bin nicht sicher',
    no: 'Nein, das stoppen',
    stop: {
      heading: 'Diese Anfrage stoppen?',
      story: 'Die Anfrage wird abgelehnt, und Ihr Sicherheitsteam erfährt es sofort.',
      confirm: 'Ja, stoppen',
    },
    done: {
      yes: ['Danke', 'Der Helpdesk kann weitermachen. Sie können diese Seite schließen.'],
      no: [
        'Gestoppt. Danke für den Hinweis',
        'Die Anfrage wurde abgelehnt, und Ihr Sicherheitsteam weiß Bescheid.',
      ],
      not_sure: ['Danke', 'Das zählt weder für noch gegen die Person. Sie können diese Seite schließen.'],
    },
    over: [
      'Das kann nicht mehr beantwortet werden',
      'Es wurde beantwortet, ersetzt, oder die Zeit ist vorbei. Es ist nichts zu tun.',
    ],
  },
}
