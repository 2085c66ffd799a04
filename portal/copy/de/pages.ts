import { deNotices } from '#domain/words/de/notices.ts'
import { dePurposesInPortal } from '#domain/words/de/purposes.ts'
import type { PageCopy } from '../en/pages.ts'

/** Deutsch. */
export const pages: PageCopy = {
  approver: {
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
  help: {
    heading: 'Was brauchen Sie?',
    story:
      'Wenn wir Ihnen hier helfen können, bekommen Sie einen Link über einen Ihrer hinterlegten Kontakte und einen Code über einen anderen.',
    what: 'Wählen Sie eines',
    purposes: dePurposesInPortal.needs,
    who: 'Ihr Anmeldename oder Ihre dienstliche E-Mail-Adresse',
    whoHint: 'So, wie Sie sich bei der Arbeit anmelden.',
    send: 'Weiter',
    missing: 'Bitte wählen Sie eines und geben Sie Anmeldenamen oder dienstliche E-Mail-Adresse ein.',
    sent: 'Sehen Sie in Ihre Nachrichten',
    sentStory:
      'Wenn es ein Konto gibt, bei dem wir hier helfen können, sind ein Link und ein Code an zwei der hinterlegten Kontakte unterwegs. Öffnen Sie den Link und tippen Sie dort den Code.',
    nothing:
      'Nach einigen Minuten ist nichts gekommen? Dann rufen Sie bitte den Helpdesk unter der Nummer an, die Sie kennen.',
  },
  report: {
    heading: 'Waren Sie das nicht?',
    kinds: deNotices,
    story:
      'Wenn Sie bestätigen, wird alles gestoppt, was in Ihrem Namen offen ist, und Ihr Sicherheitsteam erfährt es sofort.',
    facts: (purpose, time) => `Anliegen: ${purpose}. Zeitpunkt: ${time}.`,
    stopped: 'Gestoppt. Danke für den Hinweis',
    done: 'Alles, was in Ihrem Namen offen war, wurde gestoppt. Falls schon etwas geändert wurde, rufen Sie bitte den Helpdesk unter der Nummer an, die Sie kennen.',
  },
}
