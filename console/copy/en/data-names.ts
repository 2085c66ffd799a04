/** Files of network and device data by the name that operators know (platform/network-data/manifest.ts). */
export const enDataNames: Readonly<Record<string, string>> = {
  'IP to ASN': 'owners of addresses',
  'ASN names': 'names of networks',
  'IP to country': 'countries of addresses',
  'ASN classes': 'kinds of networks',
  'Browser versions': 'versions of browsers',
  'IP to country, second source': 'countries of addresses, second source',
}
