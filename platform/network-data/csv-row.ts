/** Fields of one CSV line; quotes around fields with commas, doubled quotes inside (`"JSC ""TIMEWEB"""`). */
export function csvRow(line: string): string[] {
  const text = line.replace(/\r$/, '')
  if (!text.includes('"')) return text.split(',')
  return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}
