import type { CheckTextKey } from '#domain/risk/text.ts'

/** The texts of checks that are only watched at first; keys and slots as in domain/risk/text.ts. */
export const deShadowTexts = {
  'privacy_relay.pass': 'Das Netz ist nicht als Datenschutz-Relais für Privatleute bekannt.',
  'privacy_relay.hit':
    'Die Verbindung kommt über ein Datenschutz-Relais für Privatleute, wie es viele Telefone von selbst nutzen: {network}.',
  'hostile.pass': 'Die Adresse steht auf keiner Liste angreifender Netze.',
  'hostile.hit': 'Die Adresse steht auf einer Liste angreifender Netze vom {date}.',
  'anon_listed.pass': 'Die Adresse steht auf keiner Liste anonymer Proxys oder VPNs.',
  'anon_listed.hit': 'Die Adresse steht auf einer Liste anonymer Proxys oder VPNs vom {date}.',
  'geo_conflict.one_source':
    'Es ist nur eine Quelle für Länder installiert, also gibt es nichts zu vergleichen.',
  'geo_conflict.pass': 'Beide Quellen nennen für diese Adresse dasselbe Land: {country}.',
  'geo_conflict.hit': 'Zwei Quellen nennen für diese Adresse verschiedene Länder: {country} und {country2}.',
  'phone_country.no_phone': 'Der Link ging an keine Telefonnummer, deren Land sich lesen lässt.',
  'phone_country.no_code': 'Für das Land dieser Adresse ist keine Vorwahl bekannt.',
  'phone_country.pass': 'Telefonnummer und Adresse gehören zu Ländern mit derselben Vorwahl.',
  'phone_country.expected':
    'Die Telefonnummer ist von anderswo (+{code}), aber die Verbindung kommt aus einem Land, in dem die Person erwartet wird: {country}.',
  'phone_country.hit':
    'Der Link ging an eine Nummer mit der Vorwahl +{code}; die Verbindung kommt aus einem anderen Land: {country}.',
  'window.phone': 'Telefone und Tablets haben kein Fenster, das sich ansehen ließe.',
  'window.full_screen': 'Die Seite füllt den Bildschirm, deshalb sind Fenster und Seite gleich groß.',
  'window.pass': 'Das Fenster hat Größe und Zeiger eines Browsers am Arbeitsplatz.',
  'window.no_frame':
    'Um die Seite liegt kein Fensterrahmen, wie bei Browsern, die ein Programm gestartet hat.',
  'window.no_pointer':
    'Ein Browser, der am Arbeitsplatz laufen will, hat weder Maus noch Touchpad noch Touchscreen.',
  'window.tiny_screen':
    'Der Bildschirm misst 800 mal 600; das nehmen Programme, wenn kein Bildschirm da ist.',
  'font_os.other_system': 'Die Schriften dieses Betriebssystems werden nicht verglichen.',
  'font_os.hidden': 'Der Browser nennt seine Schriften nicht; manche tun das planmäßig.',
  'font_os.pass': 'Die Schriften des Geräts passen zu seinem Betriebssystem.',
  'font_os.hit': 'Der Browser nennt {claimed}, aber dem Gerät fehlen die Schriften, die dazugehören.',
  'stale.no_list': 'Es ist keine Liste von Browserversionen installiert.',
  'stale.list_old': 'Die Liste der Browserversionen ist vom {date}, zu alt zum Vergleichen.',
  'stale.no_major': 'Dieser Browser hat keine Version, die sich vergleichen ließe.',
  'stale.pass': 'Browser und Betriebssystem sind neu genug.',
  'stale.long_term': 'Der Browser ist eine Version mit langer Unterstützung.',
  'stale.browser': '{name} {major} liegt weit hinter Version {newest}, der neuesten auf der Liste.',
  'stale.system': '{system} wird vom Hersteller nicht mehr unterstützt.',
  'known_cookie.none': 'Der Browser brachte kein Cookie einer früheren Verifizierung mit.',
  'known_cookie.foreign': 'Der Browser brachte ein Cookie mit, das nicht von dieser Person ist.',
  'known_cookie.has_key': 'Das Gerät ist an seinem Schlüssel bekannt; das Cookie sagt nichts dazu.',
  'known_cookie.expired': 'Das Cookie ist von einer Verifizierung vor mehr als 180 Tagen.',
  'known_cookie.hit':
    'Der Browser brachte das Cookie einer Verifizierung mit, die diese Person am {date} bestanden hat.',
  'similar.nothing': 'Es ist kein früheres Gerät der Person zum Vergleichen bekannt.',
  'similar.has_key': 'Das Gerät ist an seinem Schlüssel bekannt; Ähnlichkeit sagt nichts dazu.',
  'similar.pass': 'Das Gerät gleicht keinem, mit dem die Person schon verifiziert wurde.',
  'similar.company_image': 'Das Gerät gleicht einem der Person, aber andere haben das gleiche.',
  'similar.hit':
    'Das Gerät gleicht einem, mit dem die Person schon verifiziert wurde; nur der Schlüssel fehlt.',
  'idp_risk.not_connected': 'Kein Risikosignal eines Identitätsanbieters ist angeschlossen.',
  'idp_risk.none': 'Der Identitätsanbieter sieht kein Risiko für dieses Konto.',
  'idp_risk.safe': 'Das Sicherheitsteam hat dieses Konto als sicher bestätigt, {age}.',
  'idp_risk.noisy':
    'Der Identitätsanbieter meldet ein Risiko, aber nur durch eine Erkennung, die oft falsch liegt.',
  'idp_risk.low': 'Der Identitätsanbieter sah ein niedriges Risiko für dieses Konto, {age}.',
  'idp_risk.medium': 'Der Identitätsanbieter sah ein mittleres Risiko für dieses Konto, {age}.',
  'idp_risk.high': 'Der Identitätsanbieter sah ein hohes Risiko für dieses Konto, {age}.',
  'idp_risk.compromised': 'Der Identitätsanbieter hält dieses Konto seit dem {date} für übernommen.',
  'active_elsewhere.not_connected': 'Keine Quelle sagt, wie Anmeldungen zustande kamen.',
  'active_elsewhere.none': 'Die Person hat sich in 15 Minuten nirgendwo sonst angemeldet.',
  'active_elsewhere.renewed':
    'Ein Programm hat eine frühere Anmeldung erneuert; dabei saß niemand am Bildschirm.',
  'active_elsewhere.same': 'Die letzte Anmeldung kam aus diesem Netz oder von einem solchen Gerät.',
  'active_elsewhere.hit':
    'Vor {minutes:Minute|Minuten} hat sich jemand mit Zweitfaktor an diesem Konto angemeldet, mit anderem Gerät und aus anderem Netz.',
  'calendar.not_connected': 'Kein Kalender ist angeschlossen.',
  'calendar.pass': 'Im Kalender steht nichts, was gegen diesen Anruf spricht.',
  'calendar.travel': 'Im Kalender steht eine Reise: {country}.',
  'calendar.leave': 'Laut Kalender ist die Person bis {date} abwesend.',
  'calendar.meeting': 'Laut Kalender ist die Person gerade in einer Besprechung, der sie beigetreten ist.',
  'campaign.not_counted': 'Nicht bestandene Verifizierungen anderer Personen wurden nicht gezählt.',
  'campaign.pass': 'Nicht bestandene Verifizierungen anderer Personen haben mit dieser nichts gemein.',
  'campaign.busy':
    'Mehrere Verifizierungen wurden nicht bestanden, aber gerade bitten viel mehr Personen als sonst um Hilfe.',
  'campaign.network': '{count} andere Personen haben in zwei Stunden im selben Netz nicht bestanden.',
  'campaign.device':
    '{count} andere Personen haben in zwei Stunden mit Geräten, die sich in allem gleichen, nicht bestanden.',
  'campaign.agent': '{count} andere Personen haben in zwei Stunden beim selben Agenten nicht bestanden.',
  'campaign.department': '{count} andere Personen derselben Abteilung haben in zwei Stunden nicht bestanden.',
  'tenure.unknown': 'Weder der erste Arbeitstag noch eine frühere Anmeldung ist bekannt.',
  'tenure.new': 'Die Person hat vor weniger als 30 Tagen angefangen; es gibt noch wenig zum Vergleichen.',
  'tenure.away': 'Das Konto wurde lange nicht genutzt, was eine Abwesenheit im Kalender erklärt.',
  'tenure.pass': 'Das Konto wird regelmäßig genutzt.',
  'tenure.hit': 'Das Konto wurde {days} Tage lang nicht genutzt.',
  'locale.unknown': 'Es ist nicht bekannt, welche Sprache bei dieser Person zu erwarten ist.',
  'locale.not_told': 'Der Browser hat seine Sprache nicht genannt.',
  'locale.pass': 'Die Sprache des Browsers ist eine, die diese Person nutzt.',
  'locale.hit': 'Der Browser spricht {language}; erwartet: {languages}.',
  'rhythm.too_few': 'Für einen Rhythmus wurden zu wenige Tasten gedrückt.',
  'rhythm.remote': 'Die Organisation nutzt virtuelle Arbeitsplätze, die Tasten gebündelt weitergeben.',
  'rhythm.pass': 'Die Tasten kamen so ungleichmäßig, wie Menschen tippen.',
  'rhythm.hit': 'In {count:Antwort|Antworten} kamen die Tasten so gleichmäßig wie von einer Maschine.',
  'paste.pass': 'Antworten wurden getippt oder durch Einfügen nur verbessert.',
  'paste.hit': '{count:Antwort wurde|Antworten wurden} eingefügt.',
  'pointer.no_mouse': 'Es wurde keine Maus benutzt.',
  'pointer.pass': 'Die Maus wurde bewegt, wie Menschen sie bewegen.',
  'pointer.hit': 'Die Maus sprang genau in die Mitte dessen, was geklickt wurde, {count}-mal.',
  'focus.one_question': 'Es wurden weniger als zwei Fragen beantwortet.',
  'focus.pass': 'Die Seite wurde während der Fragen selten verlassen.',
  'focus.hit': 'Die Seite wurde bei {count} Fragen immer wieder verlassen.',
  'good_history.not_counted': 'Frühere Verifizierungen dieser Person wurden nicht gezählt.',
  'good_history.pass': 'Die Person hat weniger als zwei frühere Verifizierungen mit nachgewiesenem Besitz.',
  'good_history.disputed': 'Eine frühere Verifizierung dieser Person wurde bestritten.',
  'good_history.hit':
    'Die Person hat in 180 Tagen {times} Verifizierungen mit nachgewiesenem Besitz bestanden, keine wurde bestritten.',
  'agent_alarm.not_offered': 'Agenten haben in dieser Installation keinen Alarm.',
  'agent_alarm.pass': 'Es wurde kein Alarm ausgelöst.',
  'agent_alarm.hit': 'Zu diesem Fall wurde Alarm ausgelöst.',
  'remedy.nothing_alone': 'Allein deswegen ist nichts zu tun; achten Sie darauf, was sonst gefunden wurde.',
  'remedy.no_relay_for_this':
    'Deswegen allein ist nichts zu tun; eine Verbindung ohne das Relais würde das Land zeigen.',
  'remedy.own_device':
    'Bitten Sie die Person, den Link auf einem Gerät zu öffnen, das sie hierfür schon benutzt hat.',
  'remedy.update_browser': 'Bitten Sie die Person, einen aktuellen Browser oder ein anderes Gerät zu nutzen.',
  'remedy.ask_to_type':
    'Bitten Sie die Person, von Hand zu antworten, aus dem Kopf und ohne ein anderes Programm.',
  'remedy.stay_on_page':
    'Bitten Sie die Person, die Seite im Vordergrund zu lassen, bis die Fragen beantwortet sind.',
  'remedy.ask_security': 'Fragen Sie erst das Sicherheitsteam, ob dieses Konto in Ordnung ist.',
  'remedy.call_back': 'Rufen Sie die Person erst unter einer hinterlegten Nummer zurück.',
  'remedy.ask_manager':
    'Fragen Sie die Führungskraft, ob die Person arbeitet, oder nehmen Sie eine Vertrauensperson.',
  'remedy.tell_supervisor':
    'Sagen Sie einer Aufsicht Bescheid: mehrere Fälle gleichen sich und sollten zusammen beurteilt werden.',
} as const satisfies Partial<Record<CheckTextKey, string>>
