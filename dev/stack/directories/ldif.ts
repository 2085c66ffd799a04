/** Reads what ldapsearch prints with `-LLL -o ldif-wrap=no`. */

/** One entry: the first value of each attribute. */
export type LdifEntry = ReadonlyMap<string, Buffer>

const lineOf = (line: string): readonly [string, Buffer] | null => {
  const [, name, colons, value] = /^([^:\s]+)(::?) (.*)$/.exec(line) ?? []
  if (name === undefined || value === undefined) return null
  return [name, Buffer.from(value, colons === '::' ? 'base64' : 'utf8')]
}

/** All entries of a text. */
export const readEntries = (text: string): readonly LdifEntry[] =>
  text
    .split(/\n{2,}/)
    .map(
      (block) =>
        new Map(
          block
            .split('\n')
            .flatMap((line) => [lineOf(line)].filter((one) => one !== null))
            .reverse(),
        ),
    )
    .filter((entry) => entry.size > 0)

/** The bytes of a GUID as text: its first three parts are stored the other way round. */
export const guidTextOf = (bytes: Buffer): string => {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
  const hex = order.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
