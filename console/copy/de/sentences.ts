import { deQuestions } from '#domain/words/de/questions.ts'
import { dePurposeSentences } from '#domain/words/de/purposes.ts'
import { deApprovalSentences } from './approvals.ts'
import { deStoppingSentences } from './alarms.ts'
import { deEventSentences } from './events.ts'
import type { Sentences } from '../sentence-keys.ts'

/** Sätze nach Schlüssel, wie sie der Server nennt. */
export const deSentences: Sentences = {
  ...dePurposeSentences,
  ...deApprovalSentences,
  ...deStoppingSentences,
  ...deEventSentences,
  'refusal.directory_cannot': 'Dieses Verzeichnis kann das nicht.',
  'send.account_disabled':
    'Dieses Konto ist im Verzeichnis deaktiviert, deshalb wird nichts gesendet. Bitten Sie zuerst die Betreuung des Verzeichnisses, es zu aktivieren.',
  'refusal.account_disabled':
    'Dieses Konto ist im Verzeichnis deaktiviert, deshalb wird nichts gesendet. Bitten Sie zuerst die Betreuung des Verzeichnisses, es zu aktivieren.',
  'send.purpose_not_offered': 'Das Verzeichnis dieser Person bietet das nicht.',
  'refusal.purpose_not_offered': 'Das Verzeichnis dieser Person bietet das nicht.',
  'refusal.grant_unusable': 'Die Erlaubnis, das Konto zu ändern, galt nicht mehr.',
  'warning.contact_changed': '{contact}[ ({contactLabel})] wurde vor {hours:Stunde|Stunden} geändert.',
  'warning.contact_changed_now': '{contact}[ ({contactLabel})] wurde in der letzten Stunde geändert.',
  'warning.directory_away':
    'Das Verzeichnis antwortet nicht. Angezeigt wird der Stand der letzten Lesung, und dort kann nichts geändert werden, bis es antwortet.',
  'warning.directory_held':
    'Das Verzeichnis zeigt viel weniger Personen oder Kontakte als zuvor, was noch nicht geglaubt wird. Das Angezeigte kann veraltet sein.',
  'warning.no_contacts': 'Kein Kontakt ist hinterlegt.',
  'warning.one_contact': 'Nur ein Kontakt ist hinterlegt.',
  'warning.never_via_help_desk': 'Dieses Konto wird nie über den Helpdesk bearbeitet.',
  'warning.blocked':
    'Neue Verifizierungen dieser Person sind für eine Weile gesperrt. Die Aufsicht weiß mehr.',
  'warning.account_locked': 'Das Konto ist gesperrt.',
  'warning.account_disabled': 'Das Konto ist deaktiviert.',
  'warning.account_deleted': 'Das Konto ist gelöscht.',
  'warning.account_not_started': 'Diese Person hat noch nicht angefangen zu arbeiten.',
  'warning.privileged': 'Privilegiert: zwei Arten von Nachweis und eine zweite Freigabe sind nötig.',
  'warning.password_changed': 'Das Passwort wurde vor {hours:Stunde|Stunden} geändert.',
  'warning.password_changed_now': 'Das Passwort wurde in der letzten Stunde geändert.',
  'warning.mfa_changed': 'Ein Anmeldefaktor wurde vor {hours:Stunde|Stunden} geändert.',
  'warning.mfa_changed_now': 'Ein Anmeldefaktor wurde in der letzten Stunde geändert.',
  'warning.failed_today': 'Nicht bestandene Verifizierungen in 24 Stunden: {count}.',
  'warning.many_attempts': 'Verifizierungen in 24 Stunden: {count}.',
  'warning.reported': '„Das war ich nicht“ in 30 Tagen: {count}-mal.',

  'send.typed_contact': 'Nicht hinterlegt: Kontakte können hier nicht eingetippt werden.',
  'send.unreadable':
    'Er lässt sich nicht öffnen, deshalb kann nichts dorthin gesendet werden. Die Administration weiß davon.',
  'send.contact_changed': 'Vor kurzem geändert, deshalb muss eine Aufsicht senden.',
  'send.channel_not_offered': 'Die Richtlinie nutzt diesen Kanal für diesen Zweck nicht.',
  'send.line_type': 'Diese Art von Nummer bekommt keine SMS.',
  'send.country_off': 'SMS in dieses Land sind ausgeschaltet.',
  'send.disposable_mail': 'Das ist ein Wegwerf-Postfach.',
  'send.number_in_doubt': 'Der Netzbetreiber kann gerade nicht für diese Nummer bürgen.',
  'send.participant_limit':
    'An diese Person gingen zu viele Links. Warten Sie, oder nehmen Sie einen anderen Weg.',
  'send.contact_limit': 'An diesen Kontakt gingen zu viele Links. Warten Sie, oder nehmen Sie einen anderen.',
  'send.prefix_limit': 'An Nummern wie diese gingen zu viele Links. Warten Sie eine Weile.',
  'send.tenant_limit': 'Die Grenze der Nachrichten für heute ist erreicht.',
  'send.agent_limit': 'Ihre Grenze ist für jetzt erreicht. Eine Aufsicht kann helfen.',
  'send.participant_blocked':
    'Neue Verifizierungen dieser Person sind für eine Weile gesperrt. Die Aufsicht weiß mehr.',
  'send.own_case':
    'Sich selbst, die eigene Führungskraft und die eigenen Mitarbeitenden können Sie nicht bearbeiten.',
  'send.contact_changed_not_alone': 'Er wurde vor kurzem geändert, deshalb braucht es weiteren Nachweis.',
  'send.age_unknown_not_alone': 'Sein Alter ist nicht bekannt, deshalb braucht es weiteren Nachweis.',
  'send.line_type_unknown': 'Die Art der Nummer ist nicht bekannt.',
  'send.sms_not_alone': 'Eine SMS allein genügt nicht.',
  'send.own_mailbox_not_alone':
    'Es ist das Postfach des Kontos selbst, deshalb braucht es weiteren Nachweis.',
  'send.second_kind_needed': 'Eine zweite Art von Nachweis wird nötig sein.',
  'send.open_verification': 'Für diese Person läuft eine Verifizierung.',
  'send.no_contacts':
    'Kein Kontakt ist hinterlegt. Nehmen Sie einen anderen Weg: vor Ort oder über die Führungskraft.',

  'policy.reported': 'die Person sagte „das war ich nicht“',
  'policy.account_state': 'das Konto ist nicht aktiv',
  'policy.approver_denied': 'eine Vertrauensperson sagte Nein',
  'policy.gate_closed': 'Verbindung oder Gerät waren zu auffällig, um Fragen zu stellen',
  'policy.floor': 'ein Befund allein wiegt schwer genug',
  'policy.risk_high': 'das Risiko ist hoch',
  'policy.risk_elevated': 'das Risiko ist erhöht',
  'policy.new_place': 'weder das Gerät noch das Netz ist von dieser Person bekannt',
  'policy.own_mailbox':
    'der einzige benutzte Kontakt ist das Postfach des Kontos selbst, das auch liest, wer das Konto übernommen hat',
  'policy.contact_changed': 'ein Kontakt wurde vor kurzem geändert',
  'breach.foreign_page':
    'Die Seite wurde über eine andere Adresse geöffnet[: {origin}]. Wer diese Adresse betreibt, liest mit. Behandeln Sie das als Angriff. Bitten Sie die anrufende Person, die Seite zu schließen, und senden Sie einen neuen Link an einen anderen hinterlegten Kontakt.',
  'breach.wrong_key':
    'Ein anderer Browser hat in dieser Sitzung gehandelt, deshalb haben wir sie beendet. Behandeln Sie das als Angriff. Senden Sie einen neuen Link an einen anderen hinterlegten Kontakt.',
  'breach.no_proof':
    'Eine Anfrage kam nicht aus dem Browser, in dem der Code eingegeben wurde, deshalb haben wir die Sitzung beendet. Fragen Sie die anrufende Person, ob sie die Daten ihres Browsers gelöscht hat. Wenn nicht, behandeln Sie das als Angriff. Senden Sie einen neuen Link an einen anderen hinterlegten Kontakt.',
  'breach.no_key':
    'Der Browser, der zurückkam, kann sich nicht ausweisen. Bitten Sie die anrufende Person, einen aktuellen Browser ohne privaten Modus zu verwenden, und senden Sie einen neuen Link.',
  'policy.sign': 'wegen des Befunds „{check}“',
  'policy.privileged': 'eine privilegierte Person',
  'policy.elevated_threat': 'eine erhöhte Bedrohung: für alle gelten die strengsten Regeln',
  'policy.not_enough_questions': 'zu wenige Fragen waren möglich oder beantwortet',
  'policy.evidence_missing': 'Nachweis fehlt',
  'policy.unanswered_questions': 'Fragen blieben unbeantwortet',
  'policy.nothing_against': 'nichts spricht dagegen',

  'instruction.auto': 'Die Richtlinie entscheidet selbst; es ist nichts zu tun.',
  'instruction.agent': 'Der Nachweis, den die Richtlinie verlangt, liegt vor. Sie können jetzt entscheiden.',
  'instruction.yours': 'Das entscheidet die Aufsicht: Wägen Sie die Gründe ab, dann entscheiden Sie.',
  'instruction.supervisor':
    'Sagen Sie nichts zu und geben Sie den Fall an eine Aufsicht: nur sie kann entscheiden.',
  'instruction.second_contact':
    'Ein Code ging an einen anderen hinterlegten Kontakt. Die Person tippt ihn auf ihrer Seite ein; vorlesen darf sie ihn nicht.',
  'instruction.second_code_refused':
    'Der Code an einen anderen Kontakt konnte nicht gesendet werden. Auf ihrer Seite kann die Person ihn ab der unten genannten Zeit erneut anfordern oder ohne ihn weitermachen. Ohne ihn fehlt ein Nachweis.',
  'instruction.passkey':
    'Bitten Sie um den Passkey: Die Person bestätigt damit auf der Seite, die bei ihr offen ist.',
  'instruction.provider_sign_in':
    'Bitten Sie die Person, sich auf der offenen Seite beim Anmeldedienst Ihrer Organisation anzumelden.',
  'instruction.push':
    'Bitten Sie die Person, sich auf der offenen Seite einen Push schicken zu lassen und ihn nur zu bestätigen, wenn er Ihre Organisation und die zwei Wörter dieser Prüfung zeigt.',
  'instruction.recovery_sheet':
    'Bitten Sie die Person um einen Code ihres gedruckten Notfallblatts. Sie gibt ihn auf der Seite ein, die bei ihr offen ist; lassen Sie ihn sich nicht vorlesen.',
  'instruction.approver': 'Eine Vertrauensperson wurde gefragt; auf die Antwort warten.',
  'instruction.new_evidence':
    'Noch nicht genug: neuer Link an einen anderen Kontakt, eine Vertrauensperson fragen, vor Ort prüfen oder ablehnen.',
  'instruction.close':
    'Hier ist nichts weiter möglich. Bieten Sie einen anderen Weg an: vor Ort oder über die Führungskraft.',

  'ask_approver.not_offered': 'Die Richtlinie dieses Falls fragt keine Vertrauenspersonen.',
  'ask_approver.case_limit':
    'Alle, die einstehen können, wurden gefragt, oder so viele, wie die Richtlinie in einem Fall erlaubt.',
  'ask_approver.nobody':
    'Es ist keine Führungskraft hinterlegt und niemand benannt. Benennen kann die Verwaltung unter Richtlinie.',
  'ask_approver.is_participant': 'Außer der Person selbst könnte niemand für sie einstehen.',
  'ask_approver.is_agent': 'Wer einstehen könnte, bearbeitet diesen Fall.',
  'ask_approver.is_agents_manager':
    'Wer einstehen könnte, ist Ihre Führungskraft und deshalb nicht unabhängig von Ihnen.',
  'ask_approver.is_agents_report':
    'Wer einstehen könnte, ist Ihnen unterstellt und deshalb nicht unabhängig von Ihnen.',
  'ask_approver.account':
    'Das Konto der Person, die einstehen könnte, ist gesperrt, deaktiviert oder eingefroren.',
  'ask_approver.cannot_sign_in':
    'Wer einstehen könnte, kann sich hier nicht anmelden: Das Verzeichnis kennt die Anmeldekennung nicht.',
  'ask_approver.contact_changed': 'Ein Kontakt der Person, die einstehen könnte, wurde vor kurzem geändert.',
  'ask_approver.no_contact': 'Wer einstehen könnte, hat keinen Kontakt, an den eine Bitte gehen darf.',
  'ask_approver.asked_too_often':
    'Wer einstehen könnte, wurde in letzter Zeit zu oft gefragt. Versuchen Sie es später wieder.',

  'refusal.not_found': 'Das gibt es nicht, oder Sie dürfen es nicht sehen.',
  'refusal.not_permitted': 'Ihre Rolle erlaubt das nicht, oder jemand anderes hat den Fall begonnen.',
  'refusal.sign_in_required': 'Bitte melden Sie sich neu an.',
  'refusal.api_key_required': 'Dafür ist der Schlüssel eines API-Clients nötig.',
  'refusal.scope_missing': 'Dafür gilt dieser Schlüssel nicht.',
  'refusal.session_ended': 'Ihre Sitzung ist zu Ende. Bitte melden Sie sich neu an.',
  'refusal.state_does_not_allow': 'Jetzt nicht möglich[ (Zustand: {state})].',
  'refusal.verification_closed': 'Diese Verifizierung ist abgeschlossen.',
  'refusal.already_decided': 'Das wurde schon entschieden.',
  'refusal.evidence_missing': 'Der Nachweis, den die Richtlinie verlangt, ist nicht vollständig.',
  'refusal.supervisor_required': 'Das darf nur eine Aufsicht.',
  'refusal.own_case':
    'Das muss jemand anderes tun: Sie haben es begonnen, oder Sie stehen der Person zu nahe.',
  'refusal.asked_to_vouch':
    'Das muss jemand anderes tun: Sie wurden in diesem Fall als Vertrauensperson gefragt.',
  'refusal.contact_not_on_file': 'Dieser Kontakt ist nicht hinterlegt.',
  'refusal.contact_not_allowed': 'Die Richtlinie erlaubt diesen Kontakt nicht.',
  'refusal.contact_changed': 'Dieser Kontakt wurde inzwischen geändert.',
  'refusal.never_via_help_desk': 'Dieses Konto wird nie über den Helpdesk bearbeitet.',
  'refusal.send_limit_reached':
    'An diese Person oder diesen Kontakt gingen zu viele Nachrichten. Nehmen Sie einen anderen Weg, oder warten Sie.',
  'refusal.agent_limit_reached':
    'Ihre Grenze ist für jetzt erreicht.[ Wieder möglich ab {again}.] Wenn es nicht warten kann, fragen Sie eine Aufsicht.',
  'refusal.view_limit_reached':
    'Sie haben 30 gespeicherte Ansichten. Löschen Sie eine, um eine weitere zu speichern.',
  'refusal.participant_blocked':
    'Neue Verifizierungen dieser Person sind für eine Weile gesperrt. Die Aufsicht weiß mehr.',
  'refusal.open_verification_exists': 'Für diese Person läuft schon eine Verifizierung.',
  'refusal.link_unusable': 'Der Link kann nicht mehr genutzt werden.',
  'refusal.code_wrong': 'Der Code war falsch.',
  'refusal.approver_unavailable': 'Für diese Person kann jetzt niemand als Vertrauensperson gefragt werden.',
  'refusal.approver_named_already':
    'Diese Person ist dafür schon benannt. Sehen Sie in der Liste nach; vielleicht fehlt noch die zweite Zustimmung.',
  'refusal.code_exhausted':
    'Der Code war zu oft falsch. Senden Sie einen neuen Link; er kommt mit einem neuen Code.',
  'refusal.question_over': 'Die Zeit für die Frage ist um.',
  'refusal.step_over': 'Dieser Schritt ist vorbei.',
  'refusal.passkey_refused': 'Dieser Passkey wurde nicht angenommen.',
  'refusal.step_up_required': 'Bestätigen Sie zuerst mit Ihrem Passkey.',
  'refusal.sign_in_again_required': 'Melden Sie sich zuerst neu an.',
  'refusal.password_refused': 'Die Regeln des Verzeichnisses haben das neue Passwort abgelehnt.',
  'refusal.directory_refused': 'Das Verzeichnis hat die Änderung abgelehnt.',
  'refusal.idempotency_key_reused':
    'Das Formular hat sich beim Senden geändert. Bitte versuchen Sie es noch einmal.',
  'refusal.policy_changed':
    'Die Richtlinie wurde inzwischen geändert. Laden Sie sie neu; Ihr Text bleibt erhalten.',
  'refusal.proposal_over':
    'Dieser Vorschlag ist entschieden, abgelaufen oder überholt. Sehen Sie seinen neuesten Stand an.',
  'refusal.second_person_required':
    'Das muss eine andere Person tun. Den ersten Schritt haben Sie selbst getan, mit diesem oder einem anderen Ihrer Konten.',
  'refusal.account_not_linked':
    'Ihr Konto ist mit keiner Person verknüpft und zählt deshalb nicht als eine von zwei Personen. Bitten Sie den Betreiber von Countersign, es zu verknüpfen (Befehl „staff --person“) oder Ihre Dienstadresse im Firmenverzeichnis einzutragen.',
  'refusal.other_not_linked':
    'Das Konto[ von {name}] ist mit keiner Person verknüpft. Deshalb ist nicht sicher, dass Sie zwei Personen sind. Bitten Sie den Betreiber von Countersign, es zu verknüpfen (Befehl „staff --person“).',
  'refusal.threat_unchanged': 'Der Schalter steht schon so. Sehen Sie seinen neuesten Stand an.',
  'refusal.import_over': 'Dieser Import ist beendet oder läuft gerade. Sehen Sie seinen neuesten Stand an.',
  'refusal.imports_open':
    'Zu viele Importe sind noch offen. Bestätigen Sie zuerst einige davon, oder brechen Sie sie ab.',
  'refusal.drop_not_confirmed':
    'Das nähme viele Angaben weg. Kreuzen Sie an, dass das so gemeint ist, und bestätigen Sie dann noch einmal.',
  'refusal.too_many_requests': 'Zu viele Anfragen. Bitte warten Sie einen Moment.',
  'refusal.cancelled': 'Es wurde abgebrochen.',
  'refusal.time_over': 'Die Zeit war um.',
  'refusal.reported': 'Eine Meldung hat es gestoppt.',
  'refusal.superseded': 'Eine neuere Verifizierung ist an seine Stelle getreten.',
  'refusal.read_back_not_done': 'Das Verzeichnis zeigt, dass nichts geändert wurde.',
  'refusal.read_back_unknown': 'Das Verzeichnis zeigt nicht, ob etwas geändert wurde.',

  'floor.AUTOMATION_TWICE': 'zwei unabhängige Zeichen für ein Programm',
  'floor.COVERAGE_ONE': 'eine Kategorie hat zu wenig Daten',
  'floor.COVERAGE_TWO': 'mehrere Kategorien haben zu wenig Daten',

  ...deQuestions.staff,
  'question.unknown': 'Die Frage ist nicht mehr gespeichert.',
}
