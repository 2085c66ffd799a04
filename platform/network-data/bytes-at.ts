/** Bytes that are read where they lie, in memory or in a file, little-endian. */
export type BytesAt = {
  readonly length: number
  byte(at: number): number
  /** `at` is a multiple of 4. */
  u32(at: number): number
  /** `at` is a multiple of 8. */
  u64(at: number): bigint
  /** A copy of `from` up to, not including, `to`. */
  copy(from: number, to: number): Uint8Array
}

/** Bytes in memory; they may begin at any place of a buffer. */
export function inMemory(bytes: Uint8Array): BytesAt {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    length: bytes.length,
    byte: (at) => view.getUint8(at),
    u32: (at) => view.getUint32(at, true),
    u64: (at) => view.getBigUint64(at, true),
    copy: (from, to) => bytes.slice(from, to),
  }
}
