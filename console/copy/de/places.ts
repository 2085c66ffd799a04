import type { enPlaces } from '../en/places.ts'

/** Netze und Geräte, die die Organisation benennt. */
export const dePlaces: typeof enPlaces = {
  title: 'Netze und Geräte',
  story:
    'Benennen Sie eigene Netze und gemeinsam genutzte Geräte, damit Countersign sie nicht für ein Zeichen eines Angriffs hält. Jeder Eintrag lässt Fälle von dort weniger verdächtig aussehen: Die ganze Administration erhält dazu eine E-Mail, und das Protokoll hält es fest.',
  kinds: {
    office: {
      title: 'Büros',
      story:
        'Adressbereiche Ihrer Büros. Eine Verbindung von dort spricht für die Person, und viele Personen unter einer Adresse sind normal.',
      value: 'Adressbereich',
      example: '203.0.113.0/24, oder 203.0.113.7/32 für eine Adresse',
      label: null,
      add: 'Büro hinzufügen',
      none: 'Noch ist kein Büro benannt. Tragen Sie die öffentlichen Adressen Ihrer Büros ein.',
      sure: 'Danach behandelt Countersign Verbindungen von dort wie die aus jedem anderen Netz.',
    },
    gateway: {
      title: 'Gateways und VPN',
      story:
        'Adressbereiche Ihrer Web-Gateways und VPN-Zugänge. Countersign wertet das VPN und das Land der Adresse nicht gegen die Person.',
      value: 'Adressbereich',
      example: 'Zum Beispiel 198.51.100.0/24',
      label: 'Name',
      add: 'Gateway hinzufügen',
      none: 'Noch ist kein Gateway benannt. Tragen Sie die Adressen ein, über die Ihre Leute Ihr Netz verlassen.',
      sure: 'Danach behandelt Countersign Verbindungen von dort wie die aus jedem anderen Netz.',
    },
    carrier: {
      title: 'Mobilfunknetze',
      story:
        'Mobilfunknetze Ihrer Leute, die Countersign nicht als solche kennt. Dort teilen viele Personen Adressen und wechseln zwischen ihnen.',
      value: 'AS-Nummer',
      example: 'Zum Beispiel AS64500',
      label: 'Name',
      add: 'Mobilfunknetz hinzufügen',
      none: 'Noch ist kein Mobilfunknetz benannt. Die großen kennt Countersign.',
      sure: 'Danach behandelt Countersign Verbindungen von dort wie die aus jedem anderen Netz.',
    },
    shared_device: {
      title: 'Kioske und gemeinsam genutzte Geräte',
      story:
        'Geräte, die absichtlich mehrere Personen benutzen. Countersign verlangt von diesen Personen keinen weiteren Nachweis.',
      value: 'Kennung des Geräteschlüssels',
      example: '16 Zeichen, zum Beispiel 0123456789abcdef',
      label: 'Name',
      add: 'Gerät hinzufügen',
      none: 'Noch ist kein Gerät als gemeinsam genutzt markiert.',
      sure: 'Danach braucht jede Person, die dieses Gerät benutzt, einen Nachweis mehr.',
    },
    shift: {
      title: 'Schichten',
      story:
        'Arbeitszeiten von Abteilungen, in der Zeitzone jeder Person. Eine ungewohnte Stunde innerhalb der Schicht zählt nicht gegen die Person.',
      value: 'Abteilung',
      example: 'Wie im Verzeichnis, zum Beispiel Warehousing',
      label: 'Stunden',
      add: 'Schicht hinzufügen',
      none: 'Noch ist keine Schicht benannt. Countersign vergleicht die Stunde mit denen, zu denen die Person sonst aktiv ist.',
      sure: 'Danach zählt eine ungewohnte Stunde gegen die Personen dieser Abteilung.',
    },
    country: {
      title: 'Länder',
      story: 'Länder, in denen Ihre Leute arbeiten. Eine Verbindung von dort wird erwartet.',
      value: 'Länderkürzel',
      example: '2 Großbuchstaben, zum Beispiel IE',
      label: null,
      add: 'Land hinzufügen',
      none: 'Noch ist kein Land benannt. Das eigene Land jeder Person wird ohnehin erwartet.',
      sure: 'Danach sind Verbindungen von dort unerwartet, außer bei Personen, die dort arbeiten oder dorthin reisen.',
    },
    virtual_desktops: {
      title: 'Virtuelle Desktops',
      story:
        'Ein Browser auf einem virtuellen Desktop sieht aus wie eine virtuelle Maschine, und auch Kriminelle nutzen virtuelle Maschinen.',
      value: null,
      example: null,
      label: null,
      add: 'Wir nutzen virtuelle Desktops',
      none: 'Ihre Leute nutzen keine virtuellen Desktops. Eine virtuelle Maschine erhöht den Risikowert.',
      sure: 'Danach erhöht eine virtuelle Maschine den Risikowert.',
    },
  },
  uses: 'Ihre Leute nutzen virtuelle Desktops. Eine virtuelle Maschine ist normal.',
  remove: 'Entfernen',
  removeOne: (name) => `${name} entfernen`,
  removed: (name) => `${name} ist entfernt.`,
  added: (name) => `${name} ist hinzugefügt. Das gilt für Fälle, die ab jetzt bewertet werden.`,
  suggested: 'In Ihren Fällen gesehen',
  sharedBy: (people) => `${String(people)} Personen haben damit in 30 Tagen bestanden`,
  usedBy: (people) => `${String(people)} Personen mit bekannten Geräten in 30 Tagen`,
  addOffice: 'Als Büro hinzufügen',
  checkOffice: 'Fügen Sie eine Adresse nur hinzu, wenn Sie wissen, dass sie Ihre ist.',
  checkDevice: 'Markieren Sie ein Gerät nur, wenn Sie wissen, dass diese Personen es teilen.',
  suggestedName: 'Gemeinsames Gerät',
  mark: 'Als gemeinsam markieren',
  faults: {
    range:
      'Adressbereich: Schreiben Sie ihn wie 203.0.113.0/24. Er muss /8 oder länger sein, bei IPv6 /16 oder länger.',
    as_number: 'AS-Nummer: schreiben Sie sie wie AS64500.',
    hours: 'Stunden: eine bis vier Spannen ganzer Stunden, wie 22-06 oder 06-14, 14-22.',
    device_key: 'Kennung des Geräteschlüssels: 16 Zeichen, Ziffern und kleine Buchstaben von a bis f.',
    country: 'Länderkürzel: 2 Großbuchstaben, zum Beispiel IE.',
    label:
      'Name: höchstens 60 Buchstaben, Ziffern, Leerzeichen und übliche Zeichen. Am Anfang steht ein Buchstabe oder eine Ziffer.',
    too_many: 'Diese Liste ist mit 100 Einträgen voll. Entfernen Sie zuerst einen.',
  },
}
