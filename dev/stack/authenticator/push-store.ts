/** Accounts, phones and waiting pushes of the demo's push server, in memory. */
import { randomBytes, randomInt } from 'node:crypto'

/** A challenge of a real server is good for as long, unless it was told otherwise. */
const challengeMs = 120_000
/** More pushes than anybody looks at; the oldest are forgotten. */
const mostChallenges = 200

/** A realm of accounts. */
export type Realm = {
  readonly name: string
  /** True if there is an account of this name. */
  isAccount(user: string): boolean
  /** A number is shown where the push was asked for, and tapped on the phone (`push_require_presence`). */
  readonly wantsNumber: boolean
}

/** `owner`: the person's name as the page shows it. */
export type StoredPhone = {
  readonly serial: string
  readonly realm: string
  readonly user: string
  readonly owner: string
}

/** `cancelled`: its owner turned away a push that they had asked for themself. */
export type PhoneAnswer = 'accept' | 'declined' | 'cancelled'

/** A push that went to a phone. */
export type Challenge = {
  readonly nonce: string
  readonly transaction: string
  readonly phone: StoredPhone
  readonly text: string
  readonly number: string | null
  /** To choose from; empty: no number is asked for. */
  readonly numbers: readonly string[]
  readonly until: number
  answer: PhoneAnswer | null
}

const word = (): string => randomBytes(12).toString('hex')
const digits = (): string => Array.from({ length: 20 }, () => String(randomInt(10))).join('')

/** Two-digit numbers, of which the first was asked for, in an order that says nothing. */
const drawNumbers = (): { readonly number: string; readonly numbers: readonly string[] } => {
  const drawn = new Set<string>()
  while (drawn.size < 3) drawn.add(String(randomInt(10, 100)))
  const [number = ''] = drawn
  return { number, numbers: [...drawn].sort() }
}

/** Opens a server without any phone. `now`: for tests of what is over. */
export const createPushStore = (realms: readonly Realm[], now: () => number = Date.now) => {
  const phones: StoredPhone[] = []
  const challenges: Challenge[] = []
  const isLive = (challenge: Challenge): boolean => challenge.until > now()
  const waiting = (): readonly Challenge[] =>
    challenges.filter((challenge) => challenge.answer === null && isLive(challenge))
  return {
    /** The realm of this name; undefined: there is none. */
    realm: (name: string | undefined): Realm | undefined => realms.find((one) => one.name === name),
    /** Gives an account a phone. */
    enrol: (realm: string, user: string, owner = user): StoredPhone => {
      const phone = { serial: `PIPU${word().slice(0, 8).toUpperCase()}`, realm, user, owner }
      phones.push(phone)
      return phone
    },
    /** Sends a push to every phone of an account, under one transaction. Empty: the account has none. */
    push: ({ name, wantsNumber }: Realm, user: string, text: string): readonly Challenge[] => {
      const [transaction, until] = [digits(), now() + challengeMs]
      const choice = wantsNumber ? drawNumbers() : { number: null, numbers: [] }
      const sent = phones
        .filter((phone) => phone.realm === name && phone.user === user)
        .map((phone): Challenge => ({
          ...{ nonce: word(), transaction, phone, text, ...choice, until, answer: null },
        }))
      challenges.push(...sent)
      challenges.splice(0, challenges.length - mostChallenges)
      return sent
    },
    /** Pushes that wait for an answer, oldest first. */
    waiting,
    /** The answer of a phone. False: nothing of that kind waits there, or another number was wanted. */
    answer: (nonce: string, answer: PhoneAnswer, chosen: string | null = null): boolean => {
      const found = waiting().find((challenge) => challenge.nonce === nonce)
      if (found === undefined || (answer === 'accept' && chosen !== found.number)) return false
      found.answer = answer
      return true
    },
    /** The pushes of a transaction that have not run out and were not used up. */
    ofTransaction: (transaction: string): readonly Challenge[] =>
      challenges.filter((challenge) => challenge.transaction === transaction && isLive(challenge)),
    /** Uses a transaction up: an approval is given out once. */
    forget: (transaction: string): void => {
      const left = challenges.filter((challenge) => challenge.transaction !== transaction)
      challenges.splice(0, challenges.length, ...left)
    },
  }
}

/** The state of one server. */
export type PushStore = ReturnType<typeof createPushStore>
