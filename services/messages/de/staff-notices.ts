import type { StaffNoticeTexts } from '../texts.ts'

/** Deutsch. */
export const staffNotices: StaffNoticeTexts = {
  sentences: {
    proposed: (by) =>
      `${by} schlägt eine Änderung vor, die die Richtlinie schwächt. Eine zweite Administration muss zustimmen.`,
    accepted: (by, at) =>
      `${by} hat einer Änderung zugestimmt, die die Richtlinie schwächt. Sie gilt ab ${at}. Bis dahin kann jede Administration sie absagen.`,
    called_off: (by, _at, version) => `${by} hat Fassung ${version} der Richtlinie abgesagt, bevor sie galt.`,
    hastened: (by, _at, version) =>
      `Notfall: ${by} hat Fassung ${version} der Richtlinie als dritte Person sofort in Kraft gesetzt.`,
    took_effect: (by, _at, version) =>
      `Fassung ${version} der Richtlinie, vorgeschlagen von ${by}, gilt jetzt. Sie schwächt die Richtlinie.`,
    approver_named: (by) =>
      `${by} benennt jemanden, der für andere einstehen darf, wenn der Helpdesk fragt. Eine zweite Administration muss zustimmen.`,
    approver_accepted: (by, at) =>
      `${by} hat zugestimmt, dass jemand für andere einstehen darf, wenn der Helpdesk fragt. Es gilt ab ${at}. Jede Administration kann es beenden, auch vorher.`,
    approver_ended: (by) =>
      `${by} hat beendet, dass jemand für andere einstehen darf, wenn der Helpdesk fragt.`,
    harvest_suspected: () =>
      'Innerhalb eines Tages wurden viele Listen einer Frage in Fällen gezeigt, die nicht bestanden wurden. Vielleicht sammelt jemand Namen oder Werte für spätere Anrufe.',
    participant_reported: () =>
      'Jemand hat gemeldet, dass eine Anfrage in seinem Namen nicht von ihm kam. Alles Offene in diesem Namen ist gestoppt, und eine Zeit lang beginnt nichts Neues.',
    key_copied: () =>
      'Der Schlüssel eines bekannten Geräts wurde an zwei Orten zugleich benutzt. Jemand hat den Browser einer Person kopiert. Der Fall braucht einen weiteren Nachweis.',
    push_denied: () =>
      'Jemand hat einen Push in der Authenticator-App einer Person abgelehnt: Wer die App hat, hat nichts verlangt. Vielleicht ist jemand anderes auf der Seite dieses Falls. Er braucht einen weiteren Nachweis und eine Aufsicht.',
    duress_signalled: () =>
      'Jemand am Helpdesk hat das stille Zeichen gegeben: Vielleicht wird diese Person gezwungen. Was sie in dem Fall genehmigt, bleibt schweben, und auf ihrem Bildschirm ist davon nichts zu sehen.',
    staff_limit_reached: (by) =>
      `${by} hat eine Grenze erreicht: angesehene Personen, begonnene Verifizierungen oder gezeigte Kontakte. Weiteres ist vorerst gesperrt.`,
    staff_impersonated: () =>
      'Eine Nachricht an einen Fall nannte jemanden vom Helpdesk, und Countersign hat sie nicht gesendet. Sie wurde abgewiesen. Vielleicht erreicht jemand den Temporal-Server.',
    session_moved: (by) =>
      `Die Konsolen-Sitzung von ${by} wurde in einem anderen Browser und aus einem anderen Netz benutzt, als bei der Anmeldung. Vielleicht hat sie jemand kopiert.`,
    directory_drop_held: (by) =>
      `Das Verzeichnis „${by}“ zeigt plötzlich viel weniger Personen oder Kontakte als zuvor. Nichts wurde entfernt: Es wird nicht weiter eingelesen, bis der Betrieb das bestätigt.`,
    place_added: (by, _at, about) =>
      `${by} hat ein Netz, ein Land oder ein Gerät als bekannt benannt (${about}). Fälle von dort wirken ab jetzt weniger verdächtig.`,
    text_proposed: (by, _at, about) =>
      `${by} schlägt neue Wörter für eine Nachricht vor (${about}). Eine zweite Administration muss zustimmen.`,
    text_accepted: (by, _at, about) =>
      `${by} hat neuen Wörtern für eine Nachricht zugestimmt (${about}). Sie geht ab jetzt so hinaus.`,
    text_reset: (by, _at, about) =>
      `${by} hat eine Nachricht (${about}) auf ihre Standardwörter zurückgesetzt.`,
    sends_nearly_used: (_by, _at, about) =>
      `Vier Fünftel der Nachrichten, die die Richtlinie erlaubt, sind verbraucht (${about}). Sind es alle, geht kein Link und kein Code mehr hinaus.`,
    sends_used_up: (_by, _at, about) =>
      `Alle Nachrichten, die die Richtlinie erlaubt, sind verbraucht (${about}). Bis einige davon alt genug sind, geht kein Link und kein Code hinaus.`,
    second_named: (by) =>
      `${by} benennt jemanden, der zweite Freigaben erteilen darf. Eine zweite Administration muss zustimmen.`,
    second_accepted: (by, at) =>
      `${by} hat zugestimmt, dass jemand zweite Freigaben erteilen darf. Es gilt ab ${at}. Jede Administration kann es beenden, auch vorher.`,
    second_ended: (by) => `${by} hat beendet, dass jemand zweite Freigaben erteilen darf.`,
    protection_end_asked: (by) =>
      `${by} bittet, ein Konto von der Liste derer zu nehmen, die der Helpdesk nie bearbeitet. Das muss eine andere Administration tun.`,
    protection_ended: (by) =>
      `${by} hat ein Konto von der Liste derer genommen, die der Helpdesk nie bearbeitet.`,
    audit_broken: (_by, _at, about) =>
      `Das Protokoll Ihrer Organisation ist nicht mehr vollständig: Eintrag ${about} oder einer davor wurde in der Datenbank geändert, verschoben oder entfernt.`,
    contact_unreadable: () =>
      'Hinterlegte Kontakte lassen sich nicht öffnen: Sie wurden in der Datenbank geändert oder verschoben, oder ihr Schlüssel fehlt. Dorthin geht kein Link und kein Code; alles andere geht weiter.',
    passkey_added: () => 'Ihrem Konto der Konsole wurde ein Passkey hinzugefügt.',
    passkey_removed: () => 'Aus Ihrem Konto der Konsole wurde ein Passkey entfernt.',
  },
  matters: {
    policy: {
      subject: 'Richtlinie von Countersign',
      closing:
        'Sehen Sie sie in der Konsole unter „Richtlinie“ an. Wenn Sie davon nichts wissen, sprechen Sie mit den Genannten.',
    },
    account: {
      subject: 'Ihr Konto bei Countersign',
      closing:
        'Sehen Sie in der Konsole unter „Sicherheit“ nach. Waren Sie es nicht, sagen Sie es sofort Ihrem Sicherheitsteam.',
    },
    case: {
      subject: 'Alarm von Countersign',
      closing:
        'Sehen Sie in der Konsole unter „Alarme“ nach, und rufen Sie die Person unter einer bekannten Nummer an.',
    },
    key: {
      subject: 'Alarm von Countersign',
      closing:
        'Der Befund „Kopierter Schlüssel“ steht im Fall, in der Konsole unter Verifizierungen. Rufen Sie die Person unter einer Nummer an, die Sie kennen: Auf ihrem Gerät liest vielleicht ein fremdes Programm mit.',
    },
    push: {
      subject: 'Alarm von Countersign',
      closing:
        'Der Befund „Push an die Authenticator-App“ steht im Fall, in der Konsole unter Verifizierungen. Rufen Sie die Person unter einer Nummer an, die Sie kennen, und fragen Sie sie.',
    },
    quiet: {
      subject: 'Alarm von Countersign',
      closing:
        'Sehen Sie in der Konsole unter „Alarme“ nach, abseits vom Helpdesk. Schreiben Sie der Person nicht: Helfen Sie vor Ort, wie es bei Ihnen vereinbart ist.',
    },
    places: {
      subject: 'Netze und Geräte in Countersign',
      closing:
        'Sehen Sie in der Konsole unter Richtlinie, Netze und Geräte nach. Wenn Sie nichts davon wissen, entfernen Sie dort den Eintrag und sprechen Sie mit der genannten Person.',
    },
    messages: {
      subject: 'Nachrichten von Countersign',
      closing:
        'Sehen Sie in der Konsole unter „Nachrichten“ nach. Wenn Sie davon nichts wissen, sprechen Sie mit den Genannten.',
    },
    budget: {
      subject: 'Nachrichten gehen zu Ende',
      closing:
        'Sehen Sie in der Konsole unter „Verifizierungen“ nach, was gesendet wird, bevor Sie die Grenze unter „Richtlinie“ anheben.',
    },
    limit: {
      subject: 'Alarm von Countersign',
      closing: 'Wann und welche, steht in der Konsole unter „Alarme“; was angesehen wurde, im Protokoll.',
    },
    intruder: {
      subject: 'Alarm von Countersign',
      closing:
        'Welcher Fall und wer genannt wurde, steht in der Konsole unter „Alarme“. Sagen Sie es sofort dem Betrieb und Ihrem Sicherheitsteam: Nur Countersigns eigene Prozesse dürfen Temporal erreichen.',
    },
    moved: {
      subject: 'Alarm von Countersign',
      closing:
        'Fragen Sie die genannte Person auf einem bekannten Weg. War sie es nicht, meldet sie sich in der Konsole ab, was die Sitzung beendet, und sagt es sofort Ihrem Sicherheitsteam.',
    },
    alarm: {
      subject: 'Alarm von Countersign',
      closing: 'Was gezeigt wurde und was Sie jetzt tun können, steht in der Konsole unter „Richtlinie“.',
    },
    protection: {
      subject: 'Geschützte Konten von Countersign',
      closing:
        'Wer für wen und warum, steht im Protokoll und bei der Person in der Konsole. Wenn Sie davon nichts wissen, sprechen Sie mit den Genannten.',
    },
    contacts: {
      subject: 'Alarm von Countersign',
      closing:
        'Wessen Kontakte es sind, steht in der Konsole unter „Alarme“. Rufen Sie den Betrieb von Countersign an: Hat er weder Schlüssel noch Zeilen geändert, behandeln Sie das als Einbruch.',
    },
    audit: {
      subject: 'Alarm von Countersign',
      closing:
        'Behandeln Sie das als Einbruch. Rufen Sie den Betrieb von Countersign an; er findet den ersten falschen Eintrag mit dem Befehl „audit verify“.',
    },
    directory: {
      subject: 'Ein Verzeichnis von Countersign',
      closing:
        'Prüfen Sie, ob das Verzeichnis vollständig ist und unser Konto noch alles lesen darf. Ist der Rückgang echt, bestätigt ihn der Betrieb mit dem Befehl directory-sync.',
    },
  },
}
