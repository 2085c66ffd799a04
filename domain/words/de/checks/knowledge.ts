import type { Translated } from '../../translated.ts'
import type { enKnowledgeChecks } from '../../en/checks/knowledge.ts'

/** Was diese Prüfpunkte ansehen und sagen. */
export const deKnowledgeChecks: Translated<typeof enKnowledgeChecks> = {
  names: {
    CHA_ANSWER: 'Antwort',
    CHA_TOO_FEW: 'Zahl der Antworten',
    CHA_CANARY: 'Veraltete Werte',
    CHA_INCONSISTENT: 'Übereinstimmung mit früheren Antworten',
    CHA_ATTEMPTS: 'Frühere Versuche mit Fragen',
    POS_OTP: 'Geheimnis an einen Kontakt',
    POS_NUMBER_MATCH: 'Abgleichcode',
    POS_PASSKEY: 'Eigener Passkey',
    POS_PROVIDER: 'Anmeldung beim Anmeldedienst der Organisation',
    POS_PUSH: 'Push an die Authenticator-App',
    POS_SHEET: 'Gedrucktes Notfallblatt',
    POS_APPROVER: 'Vertrauensperson',
  },
  texts: {
    'challenge.not_asked': 'Diese Verifizierung stellt keine Fragen.',
    'challenge.open': 'Die Fragen sind noch nicht zu Ende.',
    'answer.correct': 'Frage {family}: richtig, nach {seconds:Sekunde|Sekunden}.',
    'answer.partial': 'Frage {family}: teilweise richtig, nach {seconds:Sekunde|Sekunden}.',
    'answer.incorrect': 'Frage {family}: falsch, nach {seconds:Sekunde|Sekunden}.',
    'answer.invalid': 'Frage {family}: keine Antwort im Sinn der Frage.',
    'answer.skipped': 'Frage {family}: übersprungen oder Zeit abgelaufen.',
    'too_few.pass': 'Beantwortete Fragen: {answered}, genug für ein Urteil.',
    'too_few.hit': 'Beantwortete Fragen: {answered}; mindestens {minimum} sind nötig.',
    'canary.pass': 'Es wurde kein veralteter Wert gewählt.',
    'canary.hit': 'In {count:Frage|Fragen} wurde ein veralteter oder erfundener Wert gewählt.',
    'inconsistent.not_compared': 'Frühere Antworten wurden nicht verglichen.',
    'inconsistent.pass': 'Die Antworten stimmen mit früheren überein.',
    'inconsistent.hit': 'Dieselbe Tatsache wurde in 30 Tagen verschieden beantwortet ({families}).',
    'attempts.not_counted': 'Frühere Verifizierungen mit Fragen wurden nicht gezählt.',
    'attempts.pass': 'Das ist die erste Verifizierung mit Fragen in 30 Tagen.',
    'attempts.hit': 'Verifizierung mit Fragen Nummer {times} in 30 Tagen.',
    'otp.waiting': 'Noch ist kein Geheimnis zurückgekommen, das an einen Kontakt ging.',
    'otp.unbound': 'Der Link wurde geöffnet, aber der Abgleichcode fehlt noch.',
    'otp.returned': 'Das Geheimnis, das an einen hinterlegten Kontakt ging, kam zurück ({masked}).',
    'otp.not_eligible':
      'Das Geheimnis kam zurück, aber von einem Kontakt, der allein nichts beweist ({masked}).',
    'passkey.none': 'Kein Passkey dieser Person zählt als Nachweis.',
    'passkey.not_used': 'Die Person hat einen Passkey, der zählt, ihn hier aber nicht benutzt.',
    'passkey.given_up': 'Die Person wurde nach ihrem Passkey gefragt und hat ihn nicht zur Hand.',
    'passkey.proven': 'Die Person hat mit ihrem eigenen Passkey bestätigt ({name}).',
    'provider.none': 'Der Anmeldedienst der Organisation kennt diese Person nicht.',
    'provider.not_used':
      'Die Person könnte sich beim Anmeldedienst der Organisation anmelden, hat es hier aber nicht getan.',
    'provider.given_up':
      'Die Person sollte sich beim Anmeldedienst der Organisation anmelden und kann das jetzt nicht; das spricht nicht gegen sie.',
    'provider.weak':
      'Die Person hat sich beim Anmeldedienst der Organisation angemeldet, aber nur mit einem Passwort. Das beweist zu wenig.',
    'provider.other_account':
      'Auf dieser Seite hat sich jemand beim Anmeldedienst der Organisation mit dem Konto einer anderen Person angemeldet.',
    'provider.proven':
      'Die Person hat sich beim Anmeldedienst der Organisation angemeldet, mit mehr als einem Passwort.',
    'provider.resistant':
      'Die Person hat sich beim Anmeldedienst der Organisation auf eine Art angemeldet, die sich nicht abfangen lässt.',
    'push.not_asked': 'Es wurde kein Push an eine Authenticator-App verlangt.',
    'push.waiting':
      'Die Person wurde gebeten, einen Push in ihrer Authenticator-App zu bestätigen, und hat das noch nicht getan.',
    'push.given_up':
      'Die Person wurde gebeten, einen Push in ihrer Authenticator-App zu bestätigen, und tat es nicht; das spricht nicht gegen sie.',
    'push.denied':
      'Jemand hat den Push in der Authenticator-App dieses Kontos abgelehnt: Wem sie gehört, ist vielleicht nicht die Person auf dieser Seite.',
    'push.proven': 'Die Person hat einen Push in der Authenticator-App ihres eigenen Kontos bestätigt.',
    'sheet.not_asked': 'Es wurde kein Code eines gedruckten Notfallblatts verlangt.',
    'sheet.waiting':
      'Die Person wurde um einen Code ihres gedruckten Notfallblatts gebeten und hat noch keinen eingegeben.',
    'sheet.given_up':
      'Die Person wurde um einen Code ihres gedruckten Notfallblatts gebeten und gab keinen ein, der zählt; das spricht nicht gegen sie.',
    'sheet.proven': 'Die Person hat einen Code ihres eigenen gedruckten Notfallblatts eingegeben.',
    'approver.not_asked': 'Keine Vertrauensperson wurde gefragt.',
    'approver.waiting': 'Eine Vertrauensperson wurde gefragt und hat noch nicht geantwortet.',
    'approver.silent':
      'Die Vertrauensperson hat nicht rechtzeitig geantwortet; das spricht nicht gegen die Person.',
    'approver.not_sure': 'Die Vertrauensperson war nicht sicher; das spricht nicht gegen die Person.',
    'approver.not_eligible':
      'Eine Vertrauensperson sagte Ja, aber ihr Konto oder ihre Kontakte haben sich seither geändert.',
    'approver.vouched_manager': 'Die Führungskraft hat sich angemeldet und die Person bestätigt.',
    'approver.vouched_named': 'Eine dafür benannte Person hat sich angemeldet und die Person bestätigt.',
    'approver.denied':
      'Die Vertrauensperson hat sich angemeldet und gesagt, dass es nicht diese Person ist oder nicht geschehen soll.',
    'number_match.not_used': 'Dieser Weg nutzt keinen Abgleichcode.',
    'number_match.waiting': 'Der Abgleichcode wurde noch nicht richtig eingegeben.',
    'number_match.hit': 'Die Person hat den Abgleichcode eingegeben, den der Agent vorgelesen hat.',
  },
  evidence: {},
  weights: {},
}
