/** Reads one text of a record in the MMDB format: `{ country_code: 'DE' }`. Other values are stepped over. */

/** Zeros between the search tree and the records. */
const gapBytes = 16
const [pointerType, textType, mapType, arrayType, flagType] = [1, 2, 7, 11, 14]

type Value = { readonly text: string | null; readonly next: number }

/**
 * The text under a key of a record, null where there is none.
 * @param section the file from the end of its tree on
 * @param at where the record begins in it
 */
export function textOf(section: Uint8Array, at: number, key: string): string | null {
  const head = headOf(section, at)
  if (head.type === pointerType) return textOf(section, head.target, key)
  if (head.type !== mapType) return null
  let next = head.next
  for (let pair = 0; pair < head.size; pair += 1) {
    const name = valueAt(section, next)
    const value = valueAt(section, name.next)
    if (name.text === key) return value.text
    next = value.next
  }
  return null
}

/** A text, or null for anything else, and where what follows begins. */
function valueAt(section: Uint8Array, at: number): Value {
  const { type, size, next, target } = headOf(section, at)
  if (type === pointerType) return { text: valueAt(section, target).text, next }
  if (type === textType)
    return { text: Buffer.from(section.subarray(next, next + size)).toString('utf8'), next: next + size }
  if (type === mapType) return { text: null, next: skip(section, next, 2 * size) }
  if (type === arrayType) return { text: null, next: skip(section, next, size) }
  return { text: null, next: type === flagType ? next : next + size }
}

function skip(section: Uint8Array, at: number, values: number): number {
  let next = at
  for (let left = values; left > 0; left -= 1) next = valueAt(section, next).next
  return next
}

/** `size`: of the content in bytes, or values; a pointer has a `target` instead. */
type Head = { readonly type: number; readonly size: number; readonly next: number; readonly target: number }

/** @throws when it lies outside the section */
function headOf(section: Uint8Array, at: number): Head {
  const control = section[at]
  if (control === undefined) throw new Error('a record of the country file lies outside of it')
  if (control >>> 5 === pointerType) return pointerOf(section, at, control)
  const isExtended = control >>> 5 === 0
  const type = isExtended ? 7 + (section[at + 1] ?? 0) : control >>> 5
  const after = isExtended ? at + 2 : at + 1
  const size = control & 31
  // 29, 30 and 31 say that one, two or three bytes of size follow.
  const more = Math.max(0, size - 28)
  const base = [0, 29, 285, 65_821][more] ?? 0
  const full = more === 0 ? size : base + numberOf(section, after, more)
  return { type, size: full, next: after + more, target: 0 }
}

function pointerOf(section: Uint8Array, at: number, control: number): Head {
  const more = (control >>> 3) & 3
  const high = more === 3 ? 0 : (control & 7) * 256 ** (more + 1)
  const base = [0, 2048, 526_336, 0][more] ?? 0
  const target = gapBytes + base + high + numberOf(section, at + 1, more + 1)
  return { type: pointerType, size: 0, next: at + 2 + more, target }
}

/** A whole number of a few bytes, the highest first. */
function numberOf(section: Uint8Array, at: number, count: number): number {
  return section.subarray(at, at + count).reduce((sum, byte) => sum * 256 + byte, 0)
}
