/** Reads ids, times and names of groups as Active Directory writes them. */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Swaps the bytes of the first three groups of a GUID, which are stored the other way round. */
const swapped = (bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(bytes.subarray(0, 4)).reverse(),
    Buffer.from(bytes.subarray(4, 6)).reverse(),
    Buffer.from(bytes.subarray(6, 8)).reverse(),
    bytes.subarray(8),
  ])

/** A GUID as text, as administrators see it. */
export const guidText = (bytes: Buffer): string =>
  swapped(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** The stored bytes of a GUID's text; null: it is none. */
export const guidBytes = (text: string): Buffer | null =>
  uuid.test(text) ? swapped(Buffer.from(text.replaceAll('-', ''), 'hex')) : null

/** A security identifier as text (`S-1-5-32-544`). */
export const sidText = (bytes: Buffer): string => {
  const count = bytes.readUInt8(1)
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index))
  return ['S', bytes.readUInt8(0), bytes.readUIntBE(2, 6), ...parts].join('-')
}

/** Milliseconds from 1601, where Windows begins to count, to 1970. */
const epochMs = 11_644_473_600_000

/** A time in steps of 100 ns since 1601, in ISO 8601; null for 0: never. */
export const fileTimeIso = (text: string | null): string | null => {
  if (text === null || !/^\d{1,19}$/.test(text) || text === '0') return null
  const ms = Number(BigInt(text) / 10_000n) - epochMs
  return ms > 0 ? new Date(ms).toISOString() : null
}

const builtIn: Readonly<Record<string, string>> = {
  'S-1-5-32-544': 'Administrators',
  'S-1-5-32-548': 'Account Operators',
  'S-1-5-32-549': 'Server Operators',
  'S-1-5-32-550': 'Print Operators',
  'S-1-5-32-551': 'Backup Operators',
  'S-1-5-32-552': 'Replicator',
}

const ofDomain: Readonly<Record<string, string>> = {
  512: 'Domain Admins',
  516: 'Domain Controllers',
  517: 'Cert Publishers',
  518: 'Schema Admins',
  519: 'Enterprise Admins',
  520: 'Group Policy Creator Owners',
  526: 'Key Admins',
  527: 'Enterprise Key Admins',
}

/** The name of a group that makes privileged in every domain; null: it is another. */
export const privilegedName = (sid: string): string | null => {
  const rid = /^S-1-5-21-\d+-\d+-\d+-(\d+)$/.exec(sid)?.[1]
  return builtIn[sid] ?? (rid === undefined ? undefined : ofDomain[rid]) ?? null
}

/** The stored bytes of a security identifier's text. */
export const sidBytes = (text: string): Buffer => {
  const [revision = 1, authority = 0, ...parts] = text.split('-').slice(1).map(Number)
  const bytes = Buffer.alloc(8 + 4 * parts.length)
  bytes.writeUInt8(revision, 0)
  bytes.writeUInt8(parts.length, 1)
  bytes.writeUIntBE(authority, 2, 6)
  parts.forEach((part, index) => bytes.writeUInt32LE(part, 8 + 4 * index))
  return bytes
}

/** Relative identifiers of the domain's privileged groups, as `primaryGroupID` has them. */
export const privilegedRids: readonly string[] = Object.keys(ofDomain)

/** Identifiers of every group that makes privileged in a domain. */
export const privilegedSids = (domainSid: string): readonly string[] => [
  ...Object.keys(builtIn),
  ...privilegedRids.map((rid) => `${domainSid}-${rid}`),
]
