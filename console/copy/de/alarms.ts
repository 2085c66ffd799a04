import type { AlarmsCopy } from '../en/alarms.ts'

/** The page "Alarms" in German. */
export const deAlarms: AlarmsCopy = {
  heading: 'Alarme',
  story:
    'Jemand hat gemeldet, dass eine Anfrage in seinem Namen nicht von ihm kam. Alles Offene in diesem Namen wurde sofort gestoppt, und die Kontakte wurden benachrichtigt.',
  none: 'In den letzten 30 Tagen ist nichts dergleichen geschehen.',
  person: 'Person',
  when: 'Wann',
  how: 'Gemeldet',
  sources: { portal: 'auf dem Portal', message: 'über den Link einer Nachricht' },
  now: 'Stand',
  limits: 'Erreichte Grenzen',
  limitsStory:
    'Jemand am Helpdesk oder ein System mit Schlüssel hat eine Grenze erreicht und wurde gestoppt. Fragen Sie nach; was geschah, steht im Protokoll.',
  system: 'System',
  kinds: {
    look_up: 'viele Personen angesehen',
    search: 'mit vielen Wörtern gesucht',
    start: 'viele Verifizierungen begonnen',
    reveal: 'viele Kontakte vollständig gesehen',
  },
  staff: 'Wer',
  what: 'Was',
  reveals: 'Vollständig gezeigte Kontakte',
  revealsStory:
    'Jeweils mit dem genannten Grund. Ein Grund, der zu keinem Anruf passt, verdient eine Nachfrage.',
  unreadable: 'Kontakte, die sich nicht öffnen lassen',
  unreadableStory:
    'Sie wurden in der Datenbank geändert oder verschoben, oder ihr Schlüssel fehlt. Dorthin geht kein Link und kein Code. Rufen Sie den Betrieb von Countersign an: Hat er weder Schlüssel noch Zeilen geändert, behandeln Sie das als Einbruch.',
  sessions: 'Anderswo benutzte Sitzungen',
  sessionsStory:
    'Eine Konsolen-Sitzung wurde in einem anderen Browser und aus einem anderen Netz benutzt als bei der Anmeldung. Fragen Sie die Person auf einem bekannten Weg. War sie es nicht, soll sie sich abmelden; das beendet die Sitzung. Rufen Sie dann Ihr Sicherheitsteam an.',
  sessionWentOn: 'die Sitzung lief weiter',
  sessionEnded: 'die Sitzung wurde beendet: erhöhte Bedrohung',
  impersonations: 'Abgewiesene Nachrichten in fremdem Namen',
  impersonationsStory:
    'Eine Nachricht an einen Fall trug den Namen einer Person vom Helpdesk oder der geprüften Person, aber Countersign hatte sie nicht gesendet. Countersign hat sie abgewiesen. Sagen Sie es sofort dem Betrieb und Ihrem Sicherheitsteam: Vielleicht hat jemand Zugriff auf den Temporal-Server. Diese Liste zeigt die erste solche Nachricht jeder Stunde.',
  nobody: 'niemand vom Helpdesk',
  acts: {
    start: 'eine Verifizierung beginnen',
    resend: 'einen Link erneut senden',
    ask_approver: 'jemanden um Fürsprache bitten',
    approve: 'genehmigen',
    refuse: 'ablehnen',
    cancel: 'abbrechen',
    send_return_link: 'einen Link zur Rückkehr senden',
    stop: 'Genehmigtes stoppen',
    report: 'im Namen der Person melden, dass sie es nicht war',
  },
  contact: 'Kontakt',
  reason: 'Grund',
  show: 'Zeigen',
  hide: 'Verbergen',
  showStory:
    'Der Grund und Ihr Name werden aufgezeichnet und der Aufsicht gezeigt. Nach 30 Sekunden wird der Kontakt wieder verborgen.',
  why: 'Wozu brauchen Sie ihn vollständig?',
  ownPasskey: 'Ein vorab eingerichteter Passkey',
  seeCase: 'Fall ansehen',
  blockedUntil: 'Neues darf beginnen:',
  standing: 'neue Fälle werden nicht bestanden',
  locks: {
    requested: 'das Konto wird gleich gesperrt',
    in_progress: 'das Konto wird gesperrt',
    completed: 'das Konto wurde gesperrt',
    failed: 'das Konto konnte nicht gesperrt werden',
  },
  lifted: (name, reason) => `aufgehoben von ${name}: ${reason}`,
  duress: {
    heading: 'Stille Zeichen',
    story:
      'Jemand am Helpdesk wird vielleicht gezwungen. Was diese Person in dem Fall genehmigt, bleibt in der Schwebe, und auf ihrem Bildschirm ist davon nichts zu sehen. Rufen Sie nicht an und schreiben Sie nicht: Helfen Sie vor Ort.',
    none: 'In den letzten 30 Tagen gab niemand das stille Zeichen.',
    by: 'Gegeben von',
    about: 'Fall über',
    waiting: 'genehmigt; es bleibt in der Schwebe',
    standing: 'nichts geschieht, bis Sie es freigeben',
    cleared: (name, reason) => `freigegeben von ${name}: ${reason}`,
    clear: 'Freigeben',
    clearTitle: 'Soll dieser Fall weitergehen?',
    clearStory:
      'Nur wenn Sie wissen, dass die Person in Sicherheit ist und es kein Zeichen war oder vorbei ist. Was genehmigt wurde, geschieht dann, wenn es bis dahin nicht zu alt ist.',
  },
  frozen: 'Nach einer Meldung eingefroren',
  frozenStory: (reports) =>
    reports === 1
      ? 'Diese Person hat gemeldet, dass eine Anfrage in ihrem Namen nicht von ihr kam. Was offen war, ist gestoppt.'
      : `Diese Person hat ${String(reports)}-mal gemeldet, dass eine Anfrage in ihrem Namen nicht von ihr kam. Was offen war, ist gestoppt.`,
  blocked: 'Neues darf beginnen:',
  against: 'Es spricht gegen jede neue Verifizierung bis',
  lift: 'Einfrieren aufheben',
  liftStory:
    'Rufen Sie die Person unter einer bekannten Nummer an und heben Sie es nur auf, wenn sie es sagt. Neue Verifizierungen können wieder beginnen; für den Rest der 30 Tage brauchen sie zwei Arten von Nachweis. Was gestoppt wurde, bleibt gestoppt. Alle hinterlegten Kontakte werden benachrichtigt.',
}

/** Sätze dazu, wie etwas gestoppt wird oder wartet. */
export const deStoppingSentences = {
  'event.duress.signalled': 'Jemand am Helpdesk gab das stille Zeichen',
  'event.duress.cleared': 'Eine Aufsicht hat sich um ein stilles Zeichen gekümmert',
  'event.start.refused': 'Eine Verifizierung wurde angefragt und nicht begonnen',
  'event.staff.impersonated':
    'Eine Nachricht in fremdem Namen wurde abgewiesen: Sie kam nicht von Countersign',
  'event.device.copied': 'Der Schlüssel eines bekannten Geräts wurde an zwei Orten zugleich benutzt',
  'event.staff.session_moved':
    'Eine Sitzung wurde in einem anderen Browser und Netz benutzt als bei der Anmeldung',
  'event.staff.limit_reached': 'Hat eine Grenze für Beschäftigte erreicht',
  'event.api_client.limit_reached': 'Hat eine Grenze für Systeme mit Schlüssel erreicht',
  'event.contact.unreadable': 'Ein Kontakt lässt sich nicht öffnen',
  'event.contact.revealed': 'Hat einen Kontakt vollständig gesehen',
  'event.freeze.lifted': 'Das Einfrieren nach der Meldung wurde aufgehoben',
  'event.action.scheduled': 'Geplant; alle Kontakte können Nein sagen',
  'event.action.awaited': 'Die Person muss zurückkommen',
  'event.action.stopped': 'Vor der Ausführung gestoppt',
  'event.participant.returned': 'Die Person kam zurück',
  'refusal.own_part':
    'Das muss eine andere Supervision tun: Sie haben einen gemeldeten Fall begonnen oder entschieden.',
  'refusal.stopped': 'Der Helpdesk hat es gestoppt.',
} as const
