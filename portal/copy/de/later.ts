import { deQuestions } from '#domain/words/de/questions.ts'
import { zoneName } from '#platform/ui/zone-name.ts'
import type { PasswordRuleCode } from '#domain/password.ts'
import type { LaterCopy } from '../en/later.ts'
import { dePurposeEndings, dePurposesInPortal } from '#domain/words/de/purposes.ts'

const devices = {
  laptop: 'Laptop',
  desktop: 'Computer',
  other: 'Gerät',
} as const
const ofYour = { laptop: 'Ihres Laptops', desktop: 'Ihres Computers', other: 'Ihres Geräts' } as const
const quarters = ['Januar bis März', 'April bis Juni', 'Juli bis September', 'Oktober bis Dezember']
const weekdays = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag']
const months = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
]
const signInChanges = {
  password: 'In welchem Monat haben Sie zuletzt Ihr Passwort geändert?',
  second_step: 'In welchem Monat haben Sie zuletzt Ihren zweiten Anmeldeschritt geändert?',
} as const
const named = ({
  names,
  text,
}: Extract<Parameters<LaterCopy['question']['option']>[0], { kind: 'text' }>): string => names?.de ?? text

/** A plan of an earlier release has no zone. */
const hoursOf = (zone: string | null | undefined): string =>
  zone
    ? `Alle Uhrzeiten sind in der Zone „${zoneName(zone, 'de')}“.`
    : 'Alle Uhrzeiten sind die an Ihrem Arbeitsort.'

/** Deutsch. */
export const later: LaterCopy = {
  code: {
    read: 'Wenn ja, tippen Sie die sechs Ziffern, die der Helpdesk Ihnen vorliest',
    again:
      'Tippen Sie die sechs Ziffern, die der Helpdesk Ihnen vorliest. Ist niemand am Telefon, rufen Sie den Helpdesk an',
    checked: 'Wenn Sie mit dem Helpdesk sprechen, tippen Sie die sechs Ziffern, die er Ihnen vorliest',
    sent: (masked) => `Wenn ja, tippen Sie die sechs Ziffern, die wir an ${masked} geschickt haben`,
    both: 'Fragen Sie nach zwei Wörtern. Es müssen diese sein:',
    check: 'Andere Wörter? Dann legen Sie auf und rufen Sie den Helpdesk selbst an.',
    wrong: (left) =>
      left === 1
        ? 'Das ist nicht der Code. Sie haben noch einen Versuch.'
        : `Das ist nicht der Code. Sie haben noch ${left} Versuche.`,
    short: 'Bitte tippen Sie alle sechs Ziffern.',
  },
  checking: {
    heading: 'Dieses Gerät wird geprüft',
    story: 'Das dauert einige Sekunden. Sie müssen nichts tun.',
  },
  aid: 'Ich diktiere, oder eine Hilfe tippt oder klickt für mich',
  question: {
    count: (number, of) => `Frage ${number} von höchstens ${of}`,
    left: 'Restzeit',
    ending: 'Noch weniger als 20 Sekunden. Sie können mehr Zeit nehmen.',
    dontKnow: 'Ich weiß es nicht',
    more: 'Ich brauche mehr Zeit',
    choose: 'Bitte wählen Sie eine Antwort oder „Ich weiß es nicht“.',
    fill: 'Bitte tippen Sie eine Antwort oder wählen Sie „Ich weiß es nicht“.',
    month: 'Monat',
    year: 'Jahr',
    answer: 'Ihre Antwort',
    months,
    option: (label) => {
      switch (label.kind) {
        case 'text':
          return named(label)
        case 'quarter':
          return `${quarters[label.quarter - 1] ?? ''} ${label.year}`
        case 'month':
          return `${months[label.month - 1] ?? ''} ${label.year}`
        case 'weekday':
          return weekdays[label.weekday - 1] ?? ''
        case 'slot':
          return `${weekdays[label.weekday - 1] ?? ''} um ${label.hour} Uhr`
      }
    },
    text: (text) => {
      if (text.key === 'question.device_model.choice')
        return `Welches Modell ist als Ihr ${devices[text.device]} eingetragen?`
      if (text.key === 'question.asset_tag.typed')
        return `Wie lauten die letzten ${text.characters} Zeichen der Inventarnummer ${ofYour[text.device]}? Sie steht auf dem Aufkleber.`
      if (text.key === 'question.meeting_slot.choice')
        return `Wann ist Ihr wöchentlicher Termin mit 5 bis 10 Personen? ${hoursOf(text.zone)}`
      return text.key === 'question.sign_in_change.choice'
        ? signInChanges[text.what]
        : deQuestions.asked[text.key]
    },
  },
  second: {
    heading: 'Tippen Sie den Code, den wir Ihnen geschickt haben',
    story: (masked) =>
      `Wir haben sechs Ziffern an ${masked} geschickt, einen weiteren Kontakt, der in Ihrer Organisation hinterlegt ist.`,
    label: 'Sechs Ziffern',
    without: 'Dort kann ich keine Nachrichten empfangen',
    withoutMore: 'Dann fragen wir nach einem anderen Beweis, oder der Helpdesk entscheidet.',
    expired: 'Dieser Code ist zu alt',
    expiredMore: 'Fordern Sie einen neuen an. Nur der neueste Code gilt.',
    again: {
      heading: 'Ich habe den Code nicht bekommen',
      advice:
        'Nachrichten können eine Minute brauchen. Sehen Sie auch bei unerwünschten Mails nach. Nur der neueste Code gilt.',
      held: 'In kurzer Zeit wurden zu viele Nachrichten gesendet. Darum können wir jetzt keine weitere senden. Der Code, den Sie bekommen haben, gilt weiter.',
      never: 'Für diese Anfrage können wir keinen weiteren Code senden.',
      soon: (minutes) => `In ${minutes} können Sie einen neuen Code anfordern.`,
      sendTo: (masked) => `Neuen Code an ${masked} senden`,
    },
    wrong: (left) =>
      left === 1
        ? 'Das ist nicht der Code. Sie haben noch einen Versuch.'
        : `Das ist nicht der Code. Sie haben noch ${left} Versuche.`,
  },
  refused: {
    heading: {
      limit: 'Wir können Ihnen gerade keinen Code senden',
      delivery: 'Wir konnten Ihren Code nicht zustellen',
      contact: 'Wir können Ihnen keinen Code senden',
    },
    limit:
      'In kurzer Zeit wurden zu viele Nachrichten gesendet. Diese Grenze schützt Sie und andere vor Missbrauch.',
    undelivered: (masked) =>
      masked === null
        ? 'Die Nachricht mit Ihrem Code konnte nicht zugestellt werden.'
        : `Wir wollten einen Code an ${masked} senden. Die Nachricht konnte nicht zugestellt werden.`,
    at: (when) => `Den nächsten Code können Sie ab ${when} bekommen.`,
    now: 'Sie können den Code jetzt noch einmal anfordern.',
    never: 'Für diese Anfrage können wir keinen weiteren Code senden.',
    send: 'Code jetzt senden',
    otherWay: {
      passkey: 'Sie können auch ohne den Code weitermachen und stattdessen mit Ihrem Passkey bestätigen.',
      provider_sign_in:
        'Sie können auch ohne den Code weitermachen und sich stattdessen bei Ihrer Organisation anmelden.',
      push: 'Sie können auch ohne den Code weitermachen und stattdessen einen Push in Ihrer Authenticator-App bestätigen.',
      recovery_sheet:
        'Sie können auch ohne den Code weitermachen und stattdessen einen Code Ihres gedruckten Notfallblatts eingeben, wenn Sie eines haben.',
      approver:
        'Sie können auch ohne den Code weitermachen. Dann bitten wir Ihre Führungskraft oder eine andere Person, für Sie zu bürgen.',
      agent:
        'Sie können auch ohne den Code weitermachen. Dann entscheidet der Helpdesk, was Ihre Identität sonst belegen kann.',
    },
    without: 'Ohne Code weiter',
    tell: 'Wenn Sie mit dem Helpdesk telefonieren, sagen Sie, was Sie hier sehen. Wenn sich diese Seite schließt, bitten Sie um einen neuen Link.',
  },
  vouching: {
    heading: {
      manager: 'Ihre Führungskraft wurde gefragt',
      named: 'Jemand, der für Sie einstehen darf, wurde gefragt',
    },
    story: 'Die Nachricht ging gerade hinaus. Sie können dort sagen, dass Sie warten.',
    digits: 'Wenn diese Person Sie anruft oder Sie sie sehen, nennen Sie ihr diese Zahl:',
    only: 'Nennen Sie sie sonst niemandem, auch nicht dem Helpdesk.',
    otherwise: (minutes: number) =>
      `Antwortet in ${minutes === 1 ? 'einer Minute' : `${minutes} Minuten`} niemand, macht der Helpdesk mit Ihnen auf anderem Weg weiter. Bitte lassen Sie diese Seite offen.`,
  },
  passkey: {
    heading: 'Bestätigen Sie mit Ihrem Passkey',
    story:
      'Sie haben am Ende eines früheren Anliegens einen Passkey eingerichtet. Ihr Gerät fragt, womit Sie es entsperren: Fingerabdruck, Gesicht oder PIN.',
    confirm: 'Meinen Passkey benutzen',
    without: 'Ich habe ihn nicht hier',
    stopped:
      'Der Passkey wurde nicht benutzt. Bitte versuchen Sie es noch einmal, oder machen Sie ohne ihn weiter.',
    refused: (left) =>
      left === 1
        ? 'Dieser Passkey wurde nicht angenommen. Sie haben noch einen Versuch.'
        : `Dieser Passkey wurde nicht angenommen. Sie haben noch ${left} Versuche.`,
    unknown: 'Dieser Browser kann keine Passkeys benutzen. Bitte machen Sie ohne ihn weiter.',
  },
  providerSignIn: {
    heading: 'Melden Sie sich bei Ihrer Organisation an',
    story:
      'Damit wir wissen, dass Sie es sind, melden Sie sich mit Ihrem Arbeitskonto an, wie Sie es jeden Tag tun, und mit Ihrem zweiten Schritt: App, Sicherheitsschlüssel oder Passkey. Danach kommen Sie auf diese Seite zurück.',
    where: 'Sie melden sich an bei:',
    signIn: 'Zur Anmeldung',
    without: 'Ich kann mich jetzt nicht anmelden',
    password:
      'Countersign sieht Ihr Passwort nie. Wenn Sie sich nicht anmelden können, finden wir einen anderen Weg. Das spricht nicht gegen Sie.',
    left: (left) => (left === 1 ? 'Sie haben noch einen Versuch.' : `Sie haben noch ${left} Versuche.`),
    problems: {
      other_account:
        'Sie haben sich mit einem Konto angemeldet, um das es hier nicht geht. Nehmen Sie Ihr eigenes Arbeitskonto.',
      stale:
        'Sie waren schon angemeldet. Daran sehen wir nicht, dass Sie es jetzt gerade sind. Melden Sie sich noch einmal an.',
      weak: 'Sie haben sich nur mit einem Passwort angemeldet. Melden Sie sich noch einmal an und nehmen Sie auch Ihren zweiten Schritt.',
      unanswered:
        'Die Anmeldung wurde nicht fertig, oder der Anmeldedienst Ihrer Organisation antwortet nicht. Sie können es noch einmal versuchen oder anders weitermachen.',
    },
  },
  push: {
    heading: 'Bestätigen Sie einen Push in Ihrer Authenticator-App',
    story:
      'Wenn Sie die Authenticator-App Ihrer Organisation auf dem Telefon haben, schicken wir ihr einen Push. Sie vergleichen ihn mit dieser Seite und bestätigen ihn dort.',
    send: 'Push schicken',
    again: 'Noch einen Push schicken',
    sending: 'Der Push wird geschickt …',
    sent: 'Der Push ist unterwegs. Öffnen Sie Ihre Authenticator-App.',
    compare: 'Wenn der Push zwei Wörter zeigt, bestätigen Sie ihn nur, wenn es diese sind:',
    choose: 'Wählen Sie dies in Ihrer Authenticator-App:',
    without: 'Ich kann jetzt keinen Push bestätigen',
    only: 'Bestätigen Sie nur einen Push, den Sie auf dieser Seite verlangt haben. Lehnen Sie jeden anderen ab. Wenn Sie keine Authenticator-App hier haben, spricht das nicht gegen Sie.',
    problems: {
      not_sent:
        'Es konnte kein Push geschickt werden. Entweder haben Sie keine Authenticator-App für Pushs, oder der Dienst Ihrer Organisation antwortet nicht. Sie können anders weitermachen.',
      unanswered: 'Niemand hat rechtzeitig auf den Push geantwortet. Sie können anders weitermachen.',
    },
  },
  recoverySheet: {
    heading: 'Geben Sie einen Code Ihres Notfallblatts ein',
    story:
      'Wenn Sie früher ein Blatt mit Notfallcodes gedruckt haben, geben Sie einen Code ein, den Sie noch nicht benutzt haben. Jeder Code gilt einmal.',
    label: 'Notfallcode',
    note: 'Drei Gruppen mit je fünf Zeichen. Groß oder klein und Striche sind egal.',
    use: 'Diesen Code benutzen',
    without: 'Ich habe kein Blatt hier',
    mistyped:
      'So sieht kein Code auf einem Blatt aus, es ist also ein Tippfehler. Er kostet keinen Versuch. Vergleichen Sie mit Ihrem Blatt und geben Sie den Code noch einmal ein.',
    wrong: (left) =>
      left === 1
        ? 'Dieser Code gilt nicht. Sie haben noch einen Versuch.'
        : `Dieser Code gilt nicht. Sie haben noch ${left} Versuche.`,
    never:
      'Geben Sie ihn nur auf dieser Seite ein. Der Helpdesk lässt sich nie einen Code vorlesen. Wenn Sie kein Blatt haben, spricht das nicht gegen Sie.',
  },
  sheet: {
    heading: 'Notfallcodes für das nächste Mal drucken?',
    story:
      'Sie bekommen zehn Codes auf einem Blatt Papier. Jeder kann einmal mit beweisen, wer Sie sind, zum Beispiel wenn Sie Ihr Telefon verloren haben.',
    wait: 'Die Codes gelten erst nach einer Ruhezeit, meist nach einem Tag. Wir sagen es Ihren hinterlegten Kontakten, damit Sie es merken, wenn Sie es nicht waren. Ein neues Blatt ersetzt ein älteres.',
    make: 'Codes anzeigen',
    skip: 'Nein, danke',
    failed:
      'Es wurde kein Blatt erstellt. Sie können es noch einmal versuchen oder es lassen. Werfen Sie Codes weg, die Sie schon gedruckt haben.',
    title: 'Notfallcodes für den Helpdesk',
    made: (day) => `Erstellt am ${day}. Sie ersetzen alle früheren Codes.`,
    keep: 'Verwahren Sie dieses Blatt wie einen Hausschlüssel, und nicht bei Ihrem Telefon. Jeder Code gilt einmal: Streichen Sie ihn durch. Geben Sie einen Code nur auf der Seite ein, die ein Link des Helpdesks öffnet, und lesen Sie nie einen vor. Wenn das Blatt weg ist, sagen Sie es dem Helpdesk.',
    onlyNow:
      'Sie sehen diese Codes nur jetzt, und niemand sonst sieht sie. Sie gelten erst, wenn Sie sagen, dass Sie sie auf Papier haben.',
    print: 'Drucken',
    printed: 'Ich habe sie auf Papier',
    done: 'Ihr Notfallblatt ist erstellt',
    doneMore:
      'Die Codes gelten erst nach einer Ruhezeit, meist nach einem Tag. Wir haben es Ihren hinterlegten Kontakten gesagt. Schließen Sie diese Seite, wenn auch andere diesen Computer benutzen.',
  },
  offer: {
    heading: 'Für das nächste Mal einen Passkey einrichten?',
    story:
      'Mit einem Passkey bestätigt dieses Gerät, dass Sie es sind: mit Fingerabdruck, Gesicht oder PIN. Niemand kann Sie bitten, ihn vorzulesen. Ihr Passwort bleibt, wie es ist.',
    wait: 'Er zählt nach drei Tagen. Wir informieren Ihre hinterlegten Kontakte, damit Sie es merken, falls Sie es nicht waren.',
    make: 'Passkey einrichten',
    skip: 'Nein, danke',
    failed:
      'Es wurde kein Passkey eingerichtet. Ihr neues Passwort ist davon nicht betroffen; Sie können es noch einmal versuchen oder es lassen.',
    done: 'Ihr Passkey ist eingerichtet',
    doneMore:
      'In drei Tagen kann er beim Helpdesk mit beweisen, wer Sie sind. Ihre hinterlegten Kontakte wurden informiert.',
  },
  scheduled: {
    heading: 'Genehmigt. Es erfolgt später.',
    at: (when) => `Nicht vor ${when}`,
    told: 'Alle für Sie hinterlegten Kontakte wurden benachrichtigt. Bis dahin kann es jeder von ihnen stoppen, und auch Sie.',
    close:
      'Sie können diese Seite schließen. Wenn es so weit ist, bekommen Sie einen neuen Link und machen damit hier weiter.',
  },
  waiting: {
    score: 'Danke. Einen Moment …',
    decision: 'Danke. Der Helpdesk sieht sich Ihr Anliegen jetzt an.',
    decisionMore: 'Bitte bleiben Sie am Telefon, und lassen Sie diese Seite offen.',
    alone: 'Danke. Ein Mensch vom Helpdesk entscheidet über Ihr Anliegen.',
    aloneMore:
      'Die Entscheidung erscheint auf dieser Seite: Lassen Sie sie offen, oder kommen Sie in diesem Browser zu ihr zurück. Dauert es länger als eine halbe Stunde und wird Ihr Wunsch genehmigt, schicken wir Ihnen einen neuen Link.',
    ...dePurposesInPortal.waiting,
  },
  password: {
    heading: 'Wählen Sie ein neues Passwort',
    story: 'Nur Sie kennen es. Niemand am Helpdesk kann es sehen.',
    label: 'Neues Passwort',
    show: 'Zeigen',
    hide: 'Verbergen',
    rule: (key, min, max) => {
      const rules: Readonly<Record<PasswordRuleCode | 'directory', string>> = {
        length: `Mindestens ${min} Zeichen`,
        not_too_long: `Höchstens ${max} Zeichen`,
        own_words: 'Ohne Ihren Namen, Ihren Login oder Ihre Organisation',
        common: 'Kein gängiges Passwort und keine bekannte Redensart',
        guessable: 'Schwer zu erraten: mehrere Wörter sind besser als eines',
        directory:
          'Das Verzeichnis Ihrer Organisation nimmt dieses Passwort nicht an. Bitte wählen Sie ein anderes.',
      }
      return rules[key as PasswordRuleCode] ?? rules.directory
    },
    met: 'erfüllt',
    unmet: 'noch nicht erfüllt',
    pending: 'noch nicht geprüft',
    fix: 'Bitte erfüllen Sie zuerst alle Regeln der Liste.',
    refused: 'Dieses Passwort ist nicht möglich:',
    tries: (left) => (left === 1 ? 'Sie haben noch einen Versuch.' : `Sie haben noch ${left} Versuche.`),
    set: 'Passwort setzen',
    minutes: (minutes) =>
      minutes === 1 ? 'Sie haben dafür eine Minute.' : `Sie haben dafür ${minutes} Minuten.`,
  },
  ended: {
    ...dePurposeEndings,
    confirmed: ['Danke. Der Helpdesk kann weitermachen', 'Sie können diese Seite schließen.'],
    not_confirmed: [
      'Wir konnten das nicht bestätigen',
      'Bitte rufen Sie den Helpdesk unter der Nummer an, die Sie bereits kennen.',
    ],
    reported: [
      'Gestoppt. Danke für den Hinweis',
      'Es wurde nichts geändert. Ihr Sicherheitsteam ist informiert.',
    ],
    stopped_by_report: [
      'Das wurde gestoppt, weil es gemeldet wurde',
      'Jemand hat auf eine Nachricht dazu gesagt, dass Sie das nicht waren. Es wurde nichts geändert. Wenn Sie es doch waren, rufen Sie den Helpdesk unter der Nummer an, die Sie schon kennen.',
    ],
    timed_out: [
      'Die Zeit dafür ist abgelaufen',
      'Bitte lassen Sie sich vom Helpdesk einen neuen Link schicken.',
    ],
    cancelled: [
      'Der Helpdesk hat den Vorgang beendet',
      'Es wurde nichts geändert. Sie können diese Seite schließen.',
    ],
    code_dead: [
      'Der Code war zu oft falsch',
      'Bitte lassen Sie sich vom Helpdesk einen neuen Link schicken.',
    ],
    session_over: [
      'Diese Seite war zu lange offen',
      'Bitte lassen Sie sich einen neuen Link schicken; Sie machen dort weiter, wo Sie waren.',
    ],
    not_this_browser: [
      'Diese Seite kann nicht mehr verwendet werden',
      'Wir konnten nicht sicherstellen, dass das noch der Browser ist, in dem Sie begonnen haben. Lassen Sie sich vom Helpdesk einen neuen Link schicken und öffnen Sie ihn direkt aus der Nachricht.',
    ],
  },
  mfa: {
    heading: 'Entfernen Sie Ihren zweiten Anmeldeschritt',
    story:
      'Der zweite Schritt, den Sie jetzt haben, etwa eine App oder ein Schlüssel, funktioniert dann nicht mehr. Braucht Ihre Organisation einen Code für einen neuen, zeigt ihn Ihnen diese Seite, ein einziges Mal. Niemand am Helpdesk kann ihn sehen.',
    ready: 'Halten Sie das Gerät bereit, auf dem Sie den neuen Schritt einrichten möchten.',
    remove: 'Jetzt entfernen',
  },
  enrolment: {
    ready:
      'Mit diesem Code richten Sie bei der nächsten Anmeldung einen neuen zweiten Schritt ein. Er wird nur einmal gezeigt, und nur hier.',
    show: 'Code anzeigen',
    label: 'Ihr Einmalcode',
    until: (time) =>
      `Gültig bis ${time}, für eine Verwendung. Sagen Sie ihn niemandem, auch nicht dem Helpdesk.`,
    shown:
      'Der Code wurde hier einmal gezeigt. Haben Sie ihn nicht mehr, bitten Sie den Helpdesk um eine neue Verifizierung.',
    over: 'Die Zeit, den Code anzusehen, ist vorbei. Bitten Sie den Helpdesk um eine neue Verifizierung.',
    none: 'Sie brauchen keinen Code: Bei der nächsten Anmeldung werden Sie gebeten, einen neuen zweiten Schritt einzurichten.',
    lost: 'Der Code kann hier nicht gezeigt werden. Bitten Sie den Helpdesk um eine neue Verifizierung.',
  },
  unknown: {
    meanwhile:
      'Diese Seite geht von selbst weiter, sobald wir es wissen, meist innerhalb von fünf Minuten. Bitte lassen Sie sie offen und bleiben Sie am Telefon.',
    long: 'Das dauert länger als sonst. Bitte fragen Sie den Helpdesk: Er sieht das Ergebnis auch.',
  },
  feedback: {
    heading: 'Wie war das?',
    easy: 'Einfach',
    hard: 'Schwierig',
    comment: 'Möchten Sie etwas ergänzen? (freiwillig)',
    send: 'Senden',
    thanks: 'Danke.',
  },
}
