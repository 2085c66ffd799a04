/** A failure in the words and codes of ClickHouse, as the official client reads them. */

/** HTTP statuses of the codes a client acts on; the rest is 500, as on a real server. */
const STATUS: Readonly<Record<number, number>> = {
  ...Object.fromEntries(
    [6, 26, 27, 36, 38, 41, 53, 62, 70, 72, 117, 130, 131, 456, 457].map((code) => [code, 400]),
  ),
  ...Object.fromEntries([46, 47, 50, 56, 60, 73, 81, 115].map((code) => [code, 404])),
  48: 501,
  159: 408,
  497: 403,
}

export class ClickHouseError extends Error {
  override readonly name = 'ClickHouseError'
  readonly code: number
  readonly status: number

  constructor(code: number, explanation: string, type: string) {
    super(`Code: ${String(code)}. DB::Exception: ${explanation}. (${type}) (version embedded)`)
    this.code = code
    this.status = STATUS[code] ?? 500
  }

  /** The engine's own error, or any other, in the form the client expects. */
  static from(error: unknown): ClickHouseError {
    if (error instanceof ClickHouseError) return error
    const message = error instanceof Error ? error.message : String(error)
    const code = Number(/Code:\s*(\d+)/.exec(message)?.[1] ?? 1001)
    const translated = new ClickHouseError(code, message, 'UNKNOWN')
    if (/^Code:\s*\d+/.test(message)) translated.message = message
    return translated
  }
}
