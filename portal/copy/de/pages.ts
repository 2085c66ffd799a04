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
      heading: 'Mit dieser Anmeldung können Sie nicht antworten',
      story:
        'Sie haben sich als jemand anderes angemeldet, oder die Zeit für die Antwort ist vorbei. Melden Sie sich mit Ihrem eigenen Arbeitskonto an. Ist die Zeit vorbei, ist nichts zu tun.',
      again: 'Noch einmal anmelden',
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
  door: {
    heading: 'Hilfe beim Anmelden',
    link: [
      'Ich habe einen Link',
      'Öffnen Sie ihn in Ihrer Nachricht noch einmal. Sagt seine Seite, dass er nicht verwendbar ist, geht es unten weiter.',
    ],
    locked: [
      'Ich kann mich nicht anmelden',
      'Sie haben Ihr Passwort vergessen, sind ausgesperrt oder haben Ihr Telefon verloren.',
    ],
    help: 'Hilfe bekommen',
    called: [
      'Ruft mich wirklich der Helpdesk an?',
      'An Stimme und Nummer erkennen Sie es nicht. Lesen Sie keinen Code und kein Passwort vor. Legen Sie auf und rufen Sie den Helpdesk selbst an.',
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
  enrolment: {
    heading: 'Richten Sie einen Passkey ein, bevor Sie ihn brauchen',
    story:
      'Wenn Sie einmal Ihr Passwort vergessen, hilft Ihnen ein Passkey, beim Helpdesk zu beweisen, wer Sie sind. Melden Sie sich mit Ihrem Arbeitskonto und Ihrem zweiten Schritt an: App, Sicherheitsschlüssel oder Passkey. Danach kommen Sie auf diese Seite zurück.',
    where: 'Sie melden sich an bei:',
    signIn: 'Zur Anmeldung',
    password: 'Countersign sieht Ihr Passwort nie.',
    problems: {
      weak: 'Sie haben sich nur mit einem Passwort angemeldet. Ein Passwort kann gestohlen werden und reicht hier nicht. Richten Sie zuerst einen zweiten Schritt für Ihr Arbeitskonto ein und melden Sie sich dann noch einmal an. Wenn Sie nicht wissen, wie das geht, fragen Sie Ihren Helpdesk.',
      stale:
        'Sie waren schon angemeldet. Daran sehen wir nicht, dass Sie es jetzt gerade sind. Melden Sie sich noch einmal an.',
      unanswered:
        'Die Anmeldung wurde nicht fertig, oder der Anmeldedienst Ihrer Organisation antwortet nicht. Versuchen Sie es später noch einmal. Es wurde nichts geändert.',
      not_possible:
        'Mit diesem Konto können Sie jetzt keinen Passkey einrichten. Es wurde nichts geändert. Wenn Sie das nicht erwartet haben, rufen Sie Ihren Helpdesk unter der Nummer an, die Sie kennen.',
      over: 'Ihre Zeit auf dieser Seite ist vorbei. Melden Sie sich noch einmal an, um weiterzumachen.',
    },
    closed: [
      'Hier können Sie keinen Passkey einrichten',
      'Ihre Organisation bietet das zurzeit nicht an. Sie müssen nichts tun.',
    ],
    hello: (name) => `Sie sind angemeldet als ${name}.`,
    ready:
      'Mit einem Passkey bestätigt dieses Gerät, dass Sie es sind: mit Fingerabdruck, Gesicht oder PIN. Niemand kann Sie bitten, ihn vorzulesen.',
    wait: 'Er zählt nach drei Tagen. Wir informieren Ihre hinterlegten Kontakte, damit Sie es merken, falls Sie es nicht waren.',
    make: 'Passkey einrichten',
    leave: 'Abmelden',
    full: 'Sie haben so viele Passkeys, wie eine Person haben darf. Wenn Sie einen weiteren brauchen, bitten Sie Ihren Helpdesk, einen zu entfernen, den Sie nicht mehr benutzen.',
    unknown:
      'Dieser Browser kann keine Passkeys einrichten. Öffnen Sie diese Seite in einem anderen Browser oder auf Ihrem Telefon.',
    failed: 'Es wurde kein Passkey eingerichtet. Sie können es noch einmal versuchen.',
    done: [
      'Ihr Passkey ist eingerichtet',
      'In drei Tagen kann er beim Helpdesk mit beweisen, wer Sie sind. Ihre hinterlegten Kontakte wurden informiert. Sie sind hier abgemeldet und können diese Seite schließen.',
    ],
    yours: 'Ihre Passkeys',
    none: 'Sie haben noch keinen.',
    since: (date) => `eingerichtet am ${date}`,
    states: {
      waiting: 'zählt ab dem dritten Tag',
      usable: 'kann benutzt werden',
      disputed: 'zählt nicht: er wurde gemeldet',
    },
  },
  report: {
    heading: 'Waren Sie das nicht?',
    kinds: deNotices,
    story:
      'Wenn Sie bestätigen, wird alles gestoppt, was in Ihrem Namen offen ist, und Ihr Sicherheitsteam erfährt es sofort.',
    facts: (purpose, time) => `Anliegen: ${purpose}. Zeitpunkt: ${time}.`,
    time: (time) => `Zeitpunkt: ${time}.`,
    stopped: 'Gestoppt. Danke für den Hinweis',
    done: 'Alles, was in Ihrem Namen offen war, wurde gestoppt. Falls schon etwas geändert wurde, rufen Sie bitte den Helpdesk unter der Nummer an, die Sie kennen.',
    dead: [
      'Dieser Link wurde schon benutzt oder ist zu alt',
      'Haben Sie ihn schon bestätigt, wurde alles gestoppt, was in Ihrem Namen offen war. Handelt gerade jemand in Ihrem Namen, rufen Sie den Helpdesk an.',
    ],
  },
}
