/** Dateien der Netz- und Gerätedaten nach dem Namen, den der Betrieb kennt. */
export const deDataNames: Readonly<Record<string, string>> = {
  'IP to ASN': 'Inhaber von Adressen',
  'ASN names': 'Namen von Netzen',
  'IP to country': 'Länder von Adressen',
  'ASN classes': 'Arten von Netzen',
  'Browser versions': 'Versionen von Browsern',
  'IP to country, second source': 'Länder von Adressen, zweite Quelle',
}
