import type { MessageTexts } from '../texts.ts'

/** Deutsch. */
export const messages: MessageTexts = {
  warnings: {
    link: 'Wir bitten Sie nie, diesen Link jemandem vorzulesen.',
    link_with_no:
      'Nicht Sie? Nichts tun oder dort Nein drücken. Wir bitten Sie nie, diesen Link jemandem vorzulesen.',
    code: 'Wir bitten Sie nie, diesen Code jemandem vorzulesen.',
    call: 'Wir rufen Sie deswegen nie an.',
    call_or_link:
      'Nicht richtig? Anmelden und Nein drücken. Wir rufen Sie deswegen nie an und bitten Sie nie, diesen Link jemandem vorzulesen.',
  },
  link: {
    sms: {
      subject: null,
      text: '{organisation} Helpdesk: Bestätigen Sie in {minutes} Min., dass Sie es sind: {link} {warning}',
    },
    email: {
      subject: '{organisation}: Bestätigen Sie, dass Sie es sind',
      text: [
        'Dem Helpdesk von {organisation} liegt eine Anfrage zu Ihrem Konto vor. Er muss wissen, ob sie von Ihnen kommt.',
        '',
        'Öffnen Sie innerhalb von {minutes} Minuten diese Seite und folgen Sie den Schritten:',
        '{link}',
        '',
        '{warning}',
      ].join('\n'),
    },
  },
  second_code: {
    sms: {
      subject: null,
      text: '{organisation}: Ihr Code ist {code}, gültig {minutes} Min. {warning} Nicht Sie? Stoppen: {link}',
    },
    email: {
      subject: '{organisation}: Ihr Code',
      text: [
        'Ihr Code ist {code}. Er gilt {minutes} Minuten.',
        '',
        'Tippen Sie ihn auf der Seite von {organisation} ein, die Sie geöffnet haben.',
        '',
        'Nicht Sie? Stoppen Sie die Anfrage hier:',
        '{link}',
        '',
        '{warning}',
      ].join('\n'),
    },
  },
  approver_request: {
    sms: {
      subject: null,
      text: '{organisation} Helpdesk: Jemand sagt, Sie kennen sich. In {minutes} Min. anmelden: {link} {warning}',
    },
    email: {
      subject: '{organisation}: Kennen Sie diese Person?',
      text: [
        'Eine Person hat den Helpdesk von {organisation} um Hilfe gebeten und sagt, dass Sie sich kennen.',
        '',
        'Öffnen Sie innerhalb von {minutes} Minuten diese Seite und melden Sie sich an, um zu sehen, wer es ist. Das Öffnen ändert nichts.',
        '{link}',
        '',
        'Bevor Sie Ja sagen, rufen Sie die Person unter einer Nummer an, die Sie schon haben, nicht unter einer aus dieser Nachricht.',
        '{warning}',
      ].join('\n'),
    },
  },
  approver_named: {
    email: {
      subject: '{organisation}: Sie können gebeten werden, für andere einzustehen',
      text: [
        'Ab jetzt kann der Helpdesk von {organisation} Sie bitten, die Identität einer Person zu bestätigen. Das haben zwei Personen der Administration beschlossen.',
        '',
        'Wenn es so weit ist, bekommen Sie eine Nachricht und melden sich wie bei der Arbeit an. Rufen Sie die Person unter einer Nummer an, die Sie schon haben, bevor Sie Ja sagen. Auch „nicht sicher“ ist eine gute Antwort.',
        '',
        '{warning} Möchten Sie das nicht oder wissen Sie nicht, warum, sprechen Sie mit Ihrer IT-Abteilung.',
      ].join('\n'),
    },
  },
  passkey_invitation: {
    email: {
      subject: '{organisation}: Richten Sie einen Passkey ein, bevor Sie ihn brauchen',
      text: [
        'Der Helpdesk von {organisation} bittet Sie, einen Passkey einzurichten. Wenn Sie einmal Ihr Passwort vergessen, beweist er, dass Sie es sind.',
        '',
        'Öffnen Sie diese Seite und melden Sie sich wie bei der Arbeit an.',
        '{link}',
        '',
        'Die Adresse ist für alle gleich und enthält kein Geheimnis.',
        '',
        '{warning} Wissen Sie nicht, warum Sie das bekommen, sprechen Sie mit Ihrer IT-Abteilung.',
      ].join('\n'),
    },
  },
  notice: { wasNotMe: 'Nicht Sie? Hier melden:' },
}
