/** People as bits: which of all people are behind this list. Fast to intersect, for 30,000 as for 30. */
export type PeopleSet = Uint32Array

const bitsInWord = 32

/** As much of a question as counts here: a list has people behind it, a typed question has none. */
type Asked = {
  readonly body:
    { readonly form: 'choice'; readonly people: ReadonlySet<string> } | { readonly form: 'typed' }
}

const bitsOf = (people: ReadonlySet<string>, numbers: ReadonlyMap<string, number>): PeopleSet => {
  const bits = new Uint32Array(Math.ceil(numbers.size / bitsInWord))
  for (const person of people) {
    // Everybody has a number, and every number a word.
    const number = numbers.get(person) as number
    const word = Math.floor(number / bitsInWord)
    bits[word] = (bits[word] as number) | (1 << (number % bitsInWord))
  }
  return bits
}

/** One set for each choice question, all over the same numbering of people. */
export type SetsOf = <T extends Asked>(instances: readonly T[]) => ReadonlyMap<T, PeopleSet>

/**
 * Sets over one numbering of everybody: a list is turned into bits once, however many plans are made after each other.
 * `everybody`: all who can be behind a list.
 */
export const numberedSets = (everybody: ReadonlySet<string>): SetsOf => {
  const numbers = new Map<string, number>()
  for (const person of everybody) numbers.set(person, numbers.size)
  const known = new WeakMap<ReadonlySet<string>, PeopleSet>()
  const setOf = (people: ReadonlySet<string>): PeopleSet => {
    const bits = known.get(people) ?? bitsOf(people, numbers)
    known.set(people, bits)
    return bits
  }
  return (instances) =>
    new Map(
      instances.flatMap((instance) =>
        instance.body.form === 'choice' ? [[instance, setOf(instance.body.people)] as const] : [],
      ),
    )
}

/** The number of people in a set. */
export const countShared = (set: PeopleSet): number => {
  let count = 0
  for (const word of set) {
    // Hamming weight of 32 bits, five steps instead of thirty-two.
    let bits = word - ((word >>> 1) & 0x55555555)
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
    count += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
