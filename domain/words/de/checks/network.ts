import type { Translated } from '../../translated.ts'
import type { enNetworkChecks } from '../../en/checks/network.ts'

/** Was diese Prüfpunkte ansehen und sagen. */
export const deNetworkChecks: Translated<typeof enNetworkChecks> = {
  names: {
    NET_CLIENT_IP: 'Herkunft der Adresse',
    NET_TOR_EXIT: 'Tor-Netz',
    NET_VPN_ASN: 'VPN-Anbieter',
    NET_HOSTING_ASN: 'Rechenzentrum',
    NET_GATEWAY: 'Web-Gateway',
    NET_CORP_EGRESS: 'Eigenes Netz',
    NET_COUNTRY_UNEXPECTED: 'Erwartetes Land',
    NET_IMPOSSIBLE_TRAVEL: 'Weg',
    NET_NEW_COUNTRY: 'Übliches Land',
    NET_NEW_ASN: 'Übliches Netz',
    NET_TZ_MISMATCH: 'Zeitzone',
    NET_HEADER_SHAPE: 'Form der Anfrage',
    NET_IP_VELOCITY: 'Personen an dieser Adresse',
    NET_SESSION_MOVED: 'Netz der Sitzung',
    NET_PRIVACY_RELAY: 'Datenschutz-Relais',
    NET_HOSTILE: 'Listen angreifender Netze',
    NET_ANON_LISTED: 'Listen anonymer Netze',
    NET_GEO_CONFLICT: 'Einigkeit über das Land',
    NET_PHONE_COUNTRY: 'Vorwahl',
  },
  texts: {
    'network.not_seen': 'Die Person hat das Portal noch nicht geöffnet.',
    'network.no_data': 'Es sind keine Netzdaten installiert, deshalb ist über diese Adresse nichts bekannt.',
    'network.private': 'Die Adresse ist eine private; zu ihr lässt sich nichts nachschlagen.',
    'network.no_asn': 'Die Netzdaten kennen keinen Inhaber dieser Adresse.',
    'network.no_country': 'Die Netzdaten kennen kein Land dieser Adresse.',
    'network.unreliable': 'Der Ort dieser Adresse sagt nichts darüber, wo die Person ist.',
    'network.no_history': 'Es sind weniger als fünf frühere Anmeldungen bekannt, zu wenige zum Vergleichen.',
    'client_ip.pass':
      'Woher die Verbindung kommt, ist klar ({hops:vertrauter Proxy|vertraute Proxys} dazwischen).',
    'client_ip.untrusted_peer':
      'Die Anfrage nannte im Kopf eine andere Adresse; der Absender ist keiner unserer Proxys.',
    'client_ip.too_many_hops': 'Die Anfrage lief über mehr als acht Stationen ({hops}).',
    'client_ip.garbage': 'Im Kopf, der die Adresse nennt, steht etwas, das keine Adresse ist.',
    'tor_exit.pass': 'Die Adresse steht auf keiner Tor-Liste, und ihr Netz ist nicht für Tor bekannt.',
    'tor_exit.certain': 'Die Adresse ist ein Tor-Ausgang auf der Liste vom {date}.',
    'tor_exit.likely': 'Die Adresse ist wahrscheinlich ein Tor-Ausgang: {reason}.',
    'tor_exit.old_list':
      'Die Adresse ist wahrscheinlich ein Tor-Ausgang: Sie stand auf der Liste vom {date}.',
    'tor_exit.reassigned':
      'Eine alte Tor-Liste ({date}) nennt diese Adresse, neuere Daten zeigen aber ein anderes Netz.',
    'vpn_asn.pass': 'Das Netz ist nicht als VPN-Anbieter bekannt.',
    'vpn_asn.hit': 'Die Verbindung kommt über einen VPN-Anbieter: {network}.',
    'hosting_asn.pass': 'Das Netz ist nicht als Rechenzentrum bekannt.',
    'hosting_asn.listed': 'Die Verbindung kommt aus einem Rechenzentrum: {network}.',
    'hosting_asn.address': 'Die Adresse steht auf einer Liste von Rechenzentren vom {date}.',
    'hosting_asn.named':
      'Die Verbindung kommt aus einem Netz, dessen Name nach einem Rechenzentrum klingt: {network}.',
    'gateway.pass': 'Die Verbindung kommt nicht über ein bekanntes Web-Gateway.',
    'gateway.hit': 'Die Verbindung kommt über ein Web-Gateway ({label}); ihr Ort ist unzuverlässig.',
    'corp_egress.not_configured': 'Die eigenen Netze der Organisation sind nicht eingetragen.',
    'corp_egress.pass': 'Die Verbindung kommt nicht aus dem eigenen Netz der Organisation.',
    'corp_egress.hit': 'Die Verbindung kommt aus dem eigenen Netz der Organisation: {label}.',
    'country_unexpected.none_known': 'Das Verzeichnis nennt kein Land, in dem diese Person erwartet wird.',
    'country_unexpected.pass':
      'Die Verbindung kommt aus einem Land, in dem diese Person erwartet wird: {country}.',
    'country_unexpected.hit':
      'Die Verbindung kommt aus einem anderen Land als erwartet: {country} (erwartet: {expected}).',
    'impossible_travel.no_start': 'Aus den letzten 24 Stunden ist kein verlässlicher Ort bekannt.',
    'impossible_travel.no_place': 'Der Ort dieser Adresse ist nicht bekannt.',
    'impossible_travel.skipped':
      'Einer der beiden Orte ist nicht verlässlich (geteiltes oder bewegliches Netz).',
    'impossible_travel.pass': 'Die Reise ({from} → {to}) ist in der Zeit möglich.',
    'impossible_travel.hit':
      'Vor {minutes:Minute|Minuten} {from}, jetzt {to}: {km} km, das wären {kmh} km/h.',
    'new_country.pass': 'Die Person war schon in diesem Land zu sehen: {country}.',
    'new_country.hit': 'Seit 180 Tagen zum ersten Mal in diesem Land: {country}.',
    'new_asn.usual': 'Die Person nutzt dieses Netz oft ({times}-mal).',
    'new_asn.pass': 'Die Person hat dieses Netz schon genutzt.',
    'new_asn.hit': 'Zum ersten Mal in diesem Netz: {network}.',
    'tz_mismatch.no_clock': 'Der Browser hat seine Zeitzone nicht genannt.',
    'tz_mismatch.pass': 'Die Uhr des Geräts passt zum Land der Adresse.',
    'tz_mismatch.hit':
      'Die Uhr des Geräts steht auf {clock} und weicht um {gap:Stunde|Stunden} vom Land der Verbindung ab ({country}).',
    'tz_mismatch.roaming':
      'Ein Telefon im Ausland nimmt die Ortszeit an und behält seine Adresse von zu Hause; beides wird nicht verglichen.',
    'tz_mismatch.utc': 'Die Uhr des Geräts steht auf UTC, was auf einem Arbeitsplatz selten ist.',
    'header_shape.no_request': 'Es wurde noch keine Anfrage des Browsers gesehen.',
    'header_shape.insecure':
      'Die Verbindung ist nicht verschlüsselt, deshalb lassen Browser die verglichenen Angaben weg.',
    'header_shape.pass': 'Die Anfrage hat die Form, die dieser Browser sendet.',
    'header_shape.missing': 'Die Anfrage will von Chrome kommen, es fehlt aber, was Chrome sendet: {names}.',
    'header_shape.old_protocol': 'Die Anfrage nutzt HTTP 1.0, was kein heutiger Browser tut.',
    'header_shape.double_host': 'Die Anfrage nennt ihr Ziel zweimal.',
    'ip_velocity.own': 'Viele Personen teilen sich diese Adresse planmäßig.',
    'ip_velocity.no_count': 'Anfragen von dieser Adresse wurden nicht gezählt.',
    'ip_velocity.pass': 'Nicht ungewöhnlich viele Personen nutzen diese Adresse.',
    'ip_velocity.hit': 'Von dieser Adresse wurden in 24 Stunden {people} verschiedene Personen verifiziert.',
    'ip_velocity.links': 'Von dieser Adresse wurden in einer Stunde {links} Links geöffnet.',
    'session_moved.no_visits': 'Es gab noch keinen Besuch aus einem bekannten Netz.',
    'session_moved.pass': 'Die Sitzung blieb in einem Netz.',
    'session_moved.roamed':
      'Die Sitzung wechselte das Netz innerhalb eines Landes ({country}), wie Telefone es tun.',
    'session_moved.network': 'Die Sitzung wechselte von einem Netz in ein anderes.',
    'session_moved.country': 'Die Sitzung wechselte von einem Land in ein anderes: {from}, dann {to}.',
    'session_moved.handed_over':
      'Der Link wurde in einem Netz geöffnet und aus einem anderen beantwortet, mit einem anderen Gerät.',
    'privacy_relay.pass': 'Das Netz ist nicht als Datenschutz-Relais für Privatleute bekannt.',
    'privacy_relay.hit':
      'Die Verbindung kommt über ein Datenschutz-Relais für Privatleute, wie es viele Telefone von selbst nutzen: {network}.',
    'hostile.pass': 'Die Adresse steht auf keiner Liste angreifender Netze.',
    'hostile.hit': 'Die Adresse steht auf einer Liste angreifender Netze vom {date}.',
    'anon_listed.pass': 'Die Adresse steht auf keiner Liste anonymer Proxys oder VPNs.',
    'anon_listed.residential':
      'Die Adresse steht auf einer Liste privater Anschlüsse, die als Proxys verkauft werden, vom {date}. Dahinter kann eine andere Person sein.',
    'anon_listed.hit': 'Die Adresse steht auf einer Liste anonymer Proxys oder VPNs vom {date}.',
    'geo_conflict.one_source':
      'Es ist nur eine Quelle für Länder installiert, also gibt es nichts zu vergleichen.',
    'geo_conflict.pass': 'Beide Quellen nennen für diese Adresse dasselbe Land: {country}.',
    'geo_conflict.hit':
      'Zwei Quellen nennen für diese Adresse verschiedene Länder: {country} und {country2}.',
    'phone_country.no_phone': 'Der Link ging an keine Telefonnummer, deren Land sich lesen lässt.',
    'phone_country.no_code': 'Für das Land dieser Adresse ist keine Vorwahl bekannt.',
    'phone_country.pass': 'Telefonnummer und Adresse gehören zu Ländern mit derselben Vorwahl.',
    'phone_country.expected':
      'Die Telefonnummer ist von anderswo (+{code}), aber die Verbindung kommt aus einem Land, in dem die Person erwartet wird: {country}.',
    'phone_country.hit':
      'Der Link ging an eine Nummer mit der Vorwahl +{code}; die Verbindung kommt aus einem anderen Land: {country}.',
  },
  evidence: {},
  weights: {},
}
