/** E-mails to staff (D13). They hold no link: the console is known to them. */
import type { StaffNotice, StaffNoticeKind } from '../../staff/staff-notices.ts'
import { oneLine, type Rendered } from './texts.ts'

type Words = Readonly<Record<StaffNoticeKind, (by: string, at: string, version: string) => string>>

const en: Words = {
  proposed: (by) => `${by} proposes a change that weakens the policy. A second admin has to accept it.`,
  accepted: (by, at) =>
    `${by} accepted a change that weakens the policy. It takes effect on ${at}. Any admin can call it off until then.`,
  called_off: (by, _at, version) =>
    `${by} called off version ${version} of the policy before it took effect.`,
  hastened: (by, _at, version) =>
    `Emergency: ${by} put version ${version} of the policy in force at once, as the third person.`,
  took_effect: (by, _at, version) =>
    `Version ${version} of the policy, proposed by ${by}, has taken effect. It weakens the policy.`,
  approver_named: (by) =>
    `${by} names somebody who may vouch for people when the help desk asks. A second admin has to accept it.`,
  approver_accepted: (by, at) =>
    `${by} accepted that somebody may vouch for people when the help desk asks. It holds from ${at}. Any admin can end it, before then too.`,
  approver_ended: (by) => `${by} ended that somebody may vouch for people when the help desk asks.`,
  harvest_suspected: () =>
    'Many lists of options of one question were shown to cases that did not pass within a day. Somebody may be collecting names or values for later calls.',
  participant_reported: () =>
    'A participant said that a request in their name was not them. Everything open in their name is stopped, and nothing new begins for a while.',
  duress_signalled: () =>
    'Somebody at the help desk gave the silent signal: they may be forced. What they approve in that case stays pending, and nothing on their screen tells.',
  staff_limit_reached: (by) =>
    `${by} reached a limit: people looked at, verifications started, or contacts shown. It is blocked for now.`,
  staff_impersonated: () =>
    'A message to a case named a member of staff, and Countersign did not send it. It was refused. Somebody may reach the Temporal server.',
  session_moved: (by) =>
    `The console session of ${by} was used in another browser and from another network than the ones it was signed in with. Somebody may have copied it.`,
  directory_drop_held: (by) =>
    `The directory “${by}” suddenly shows far fewer people or contacts than before. Nothing was taken away: the reading of it is stopped until an operator accepts this.`,
  text_proposed: (by, _at, about) =>
    `${by} proposes new words for a message (${about}). A second admin has to accept them.`,
  text_accepted: (by, _at, about) =>
    `${by} accepted new words for a message (${about}). It goes out with them now.`,
  text_reset: (by, _at, about) => `${by} put a message (${about}) back to its standard words.`,
  sends_nearly_used: (_by, _at, about) =>
    `Four fifths of the messages that the policy allows are used (${about}). When all are, no link and no code goes out any more.`,
  sends_used_up: (_by, _at, about) =>
    `All messages that the policy allows are used (${about}). No link and no code goes out until some of them are old enough.`,
  second_named: (by) =>
    `${by} names an agent who may give second approvals. A second admin has to accept it.`,
  second_accepted: (by, at) =>
    `${by} accepted that an agent may give second approvals. It holds from ${at}. Any admin can end it, before then too.`,
  second_ended: (by) => `${by} ended that an agent may give second approvals.`,
  protection_end_asked: (by) =>
    `${by} asks for an account to be taken off the list of those that the help desk never handles. An admin who is somebody else has to do it.`,
  protection_ended: (by) => `${by} took an account off the list of those that the help desk never handles.`,
  audit_broken: (_by, _at, about) =>
    `The audit of your organisation is no longer whole: entry ${about} or one before it was changed, moved or removed in the database.`,
  contact_unreadable: () =>
    'Contacts on file do not open: they were changed or moved in the database, or their key is gone. No link and no code goes there; everything else works.',
  passkey_added: () => 'A passkey was added to your account of the console.',
  passkey_removed: () => 'A passkey was removed from your account of the console.',
}

const de: Words = {
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
}

const closing = {
  en: 'Look at it in the console under Policy. If you do not know of this, speak to the people named.',
  de: 'Sehen Sie sie in der Konsole unter „Richtlinie“ an. Wenn Sie davon nichts wissen, sprechen Sie mit den Genannten.',
} as const

const own = {
  en: 'Look at it in the console under Security. If this was not you, tell your security team at once.',
  de: 'Sehen Sie in der Konsole unter „Sicherheit“ nach. Waren Sie es nicht, sagen Sie es sofort Ihrem Sicherheitsteam.',
} as const

const alarm = {
  en: 'What was shown, and what you can do now, is in the console under Policy.',
  de: 'Was gezeigt wurde und was Sie jetzt tun können, steht in der Konsole unter „Richtlinie“.',
} as const

const watch = {
  en: 'Look at it in the console under Alarms, and call the person on a number that you know.',
  de: 'Sehen Sie in der Konsole unter „Alarme“ nach, und rufen Sie die Person unter einer bekannten Nummer an.',
} as const

const quiet = {
  en: 'Look at it in the console under Alarms, away from the help desk. Do not write to the person: help where they are, as your organisation has agreed.',
  de: 'Sehen Sie in der Konsole unter „Alarme“ nach, abseits vom Helpdesk. Schreiben Sie der Person nicht: Helfen Sie vor Ort, wie es bei Ihnen vereinbart ist.',
} as const

const held = {
  en: 'See whether the directory is whole and our account may still read all of it. If the drop is real, the operator accepts it with the command directory-sync.',
  de: 'Prüfen Sie, ob das Verzeichnis vollständig ist und unser Konto noch alles lesen darf. Ist der Rückgang echt, bestätigt ihn der Betrieb mit dem Befehl directory-sync.',
} as const

const messages = {
  en: 'Look at it in the console under Messages. If you do not know of this, speak to the people named.',
  de: 'Sehen Sie in der Konsole unter „Nachrichten“ nach. Wenn Sie davon nichts wissen, sprechen Sie mit den Genannten.',
} as const

const budget = {
  en: 'Look into what is sent, in the console under Verifications, before you raise the limit under Policy.',
  de: 'Sehen Sie in der Konsole unter „Verifizierungen“ nach, was gesendet wird, bevor Sie die Grenze unter „Richtlinie“ anheben.',
} as const

const card = {
  en: 'Who asked, for whom and why is in the audit, and on the person in the console. If you do not know of this, speak to the people named.',
  de: 'Wer für wen und warum, steht im Protokoll und bei der Person in der Konsole. Wenn Sie davon nichts wissen, sprechen Sie mit den Genannten.',
} as const

const limited = {
  en: 'When, and of what kind, is in the console under Alarms; what they looked at is in the audit.',
  de: 'Wann und welche, steht in der Konsole unter „Alarme“; was angesehen wurde, im Protokoll.',
} as const

const audit = {
  en: 'Treat this as a break-in. Call whoever runs Countersign; they find the first bad entry with the command "audit verify".',
  de: 'Behandeln Sie das als Einbruch. Rufen Sie den Betrieb von Countersign an; er findet den ersten falschen Eintrag mit dem Befehl „audit verify“.',
} as const

const unreadable = {
  en: 'Whose they are is in the console under Alarms. Call whoever runs Countersign: if they changed neither keys nor rows, treat it as a break-in.',
  de: 'Wessen Kontakte es sind, steht in der Konsole unter „Alarme“. Rufen Sie den Betrieb von Countersign an: Hat er weder Schlüssel noch Zeilen geändert, behandeln Sie das als Einbruch.',
} as const

const intruder = {
  en: 'Which case and whom is in the console under Alarms. Tell your operator and your security team at once: only Countersign’s own processes may reach Temporal.',
  de: 'Welcher Fall und wer genannt wurde, steht in der Konsole unter „Alarme“. Sagen Sie es sofort dem Betrieb und Ihrem Sicherheitsteam: Nur Countersigns eigene Prozesse dürfen Temporal erreichen.',
} as const

const moved = {
  en: 'Ask the person named on a channel that you know. If it was not them, they sign out in the console, which ends the session, and tell your security team at once.',
  de: 'Fragen Sie die genannte Person auf einem bekannten Weg. War sie es nicht, meldet sie sich in der Konsole ab, was die Sitzung beendet, und sagt es sofort Ihrem Sicherheitsteam.',
} as const

/** The matter of a message decides its subject and its last sentence. */
const matters = {
  policy: { subject: { en: 'policy of Countersign', de: 'Richtlinie von Countersign' }, closing },
  account: {
    subject: { en: 'your account of Countersign', de: 'Ihr Konto bei Countersign' },
    closing: own,
  },
  case: { subject: { en: 'alarm of Countersign', de: 'Alarm von Countersign' }, closing: watch },
  quiet: { subject: { en: 'alarm of Countersign', de: 'Alarm von Countersign' }, closing: quiet },
  messages: {
    subject: { en: 'messages of Countersign', de: 'Nachrichten von Countersign' },
    closing: messages,
  },
  budget: {
    subject: { en: 'messages run out', de: 'Nachrichten gehen zu Ende' },
    closing: budget,
  },
  limit: { subject: { en: 'alarm of Countersign', de: 'Alarm von Countersign' }, closing: limited },
  intruder: { subject: { en: 'alarm of Countersign', de: 'Alarm von Countersign' }, closing: intruder },
  moved: { subject: { en: 'alarm of Countersign', de: 'Alarm von Countersign' }, closing: moved },
  alarm: { subject: { en: 'alarm of Countersign', de: 'Alarm von Countersign' }, closing: alarm },
  protection: {
    subject: { en: 'protected accounts of Countersign', de: 'Geschützte Konten von Countersign' },
    closing: card,
  },
  contacts: { subject: { en: 'alarm of Countersign', de: 'Alarm von Countersign' }, closing: unreadable },
  audit: { subject: { en: 'alarm of Countersign', de: 'Alarm von Countersign' }, closing: audit },
  directory: {
    subject: { en: 'a directory of Countersign', de: 'Ein Verzeichnis von Countersign' },
    closing: held,
  },
} as const

/** Kinds whose matter is another than the policy. */
const matterOfKind: Readonly<Partial<Record<StaffNoticeKind, keyof typeof matters>>> = {
  harvest_suspected: 'alarm',
  participant_reported: 'case',
  duress_signalled: 'quiet',
  directory_drop_held: 'directory',
  staff_limit_reached: 'limit',
  staff_impersonated: 'intruder',
  session_moved: 'moved',
  passkey_added: 'account',
  passkey_removed: 'account',
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
  const isGerman = language?.startsWith('de') === true
  const at = takesEffectAt === null ? '' : `${takesEffectAt.slice(0, 16).replace('T', ' ')} UTC`
  const sentence = (isGerman ? de : en)[kind](oneLine(byName), at, about.replace(/#.*$/, ''))
  const name = oneLine(organisation)
  const spoken = isGerman ? 'de' : 'en'
  const matter = matters[matterOfKind[kind] ?? 'policy']
  return {
    subject: `${name}: ${matter.subject[spoken]}`,
    text: `${sentence}\n\n${matter.closing[spoken]}\n`,
  }
}
