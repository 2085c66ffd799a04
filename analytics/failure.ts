/** Codes of ClickHouse, and of a connection that failed, in words for the operator. */
const known: Readonly<Record<string, string>> = {
  '81': 'CLICKHOUSE_URL names a database that is not there: create it, or correct the name',
  '516': 'ClickHouse refuses the user or password of CLICKHOUSE_URL',
  '497': 'the user of CLICKHOUSE_URL may not do that: give it the rights on its database',
}
const connection = /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH)/

/**
 * The reason why a command failed: the client's own messages may quote the address with its password, so none is
 * repeated.
 */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'the reason is unknown'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code === undefined) return `${error.name} without a code`
  if (connection.test(code)) return `no ClickHouse answers where CLICKHOUSE_URL says (${code})`
  return known[code] ?? `ClickHouse says error ${code}`
}
