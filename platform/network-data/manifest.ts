import { createHash } from 'node:crypto'

/** The manifest of a data folder; written by the build, checked at every start. */
export type DataFile = {
  name: string
  version: string
  licence: string
  sha256: string
  /** Date of the content, YYYY-MM-DD */
  asOf: string
  rows: number
}

export type Manifest = {
  version: 1
  files: Readonly<Record<DataFileName, DataFile> & Partial<Record<ExtraFileName, DataFile>>>
}

export const dataFileNames = ['asn.bin', 'asn-names.bin', 'country.mmdb', 'asn-classes.json'] as const
export type DataFileName = (typeof dataFileNames)[number]

/** Files that add to what is known; a folder without them is whole. */
export const extraFileNames = ['browsers.json', 'country2.mmdb'] as const
export type ExtraFileName = (typeof extraFileNames)[number]

/** The names that people call each file by. */
export const titles: Readonly<Record<DataFileName | ExtraFileName, string>> = {
  'asn.bin': 'IP to ASN',
  'asn-names.bin': 'ASN names',
  'country.mmdb': 'IP to country',
  'asn-classes.json': 'ASN classes',
  'browsers.json': 'Browser versions',
  'country2.mmdb': 'IP to country, second source',
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Reads a manifest; the error names what is missing. */
export function readManifest(text: string): Manifest {
  const manifest = parsed(text)
  if (manifest?.version !== 1 || typeof manifest.files !== 'object' || manifest.files === null)
    throw new Error('manifest.json has another form')
  for (const name of dataFileNames) {
    const { sha256, asOf } = (manifest.files as Partial<Manifest['files']>)[name] ?? {}
    if (typeof sha256 !== 'string' || typeof asOf !== 'string')
      throw new Error(`manifest.json says nothing about ${name}`)
  }
  return manifest as Manifest
}

function parsed(text: string): Partial<Manifest> | null {
  try {
    return JSON.parse(text) as Partial<Manifest> | null
  } catch {
    throw new Error('manifest.json is not JSON')
  }
}
