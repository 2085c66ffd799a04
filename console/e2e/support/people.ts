/** People of the demo organisations for journeys: each journey takes its own. */
import { demoPeople, type DemoPerson } from '#dev/seeds/answers.ts'
import type { Staff } from '#dev/smoke/staff.ts'
import type { Tier } from '#domain/verification/verification.ts'

/** A person whom a journey verifies, with what they know. */
export type Taken = DemoPerson & {
  readonly id: string
  readonly hiredOn: string | null
  /** Where they work. */
  readonly country: string | null
}

/** Numbers of the person: which of them a message goes to is the agent's choice. */
export const phonesOf = ({ addresses }: Taken): readonly string[] =>
  addresses.filter((address) => address.startsWith('+'))

/** The mailbox that is not the account's own: a link to that one is never enough alone. */
export const mailboxOf = ({ addresses }: Pick<DemoPerson, 'addresses'>): readonly string[] =>
  addresses.filter((address) => address.endsWith('@gmail.com'))

/** The share of the people that a worker has, so that two workers never verify the same person. */
export type Share = { readonly worker: number; readonly workers: number }

/**
 * Hands out people who have no verification open, are not blocked and reported none, so that a stack may be used for many
 * runs.
 * @param share number of the worker, from 0, and how many workers there are
 */
export const createPeople = (organisation: 'lab' | 'northwind', staff: Staff, share: Share) => {
  const peopleOf = (tier: Tier) =>
    demoPeople(organisation, tier).filter((_, index) => index % share.workers === share.worker)
  const used = new Set<string>()
  const isFree = async (person: DemoPerson): Promise<Taken | null> => {
    const { id } = await staff.find(person.login)
    const { hiredOn, country, openVerificationId } = await staff.card(id)
    const { options, blocked } = await staff.options(id)
    const allowed = options.filter((option) => option.allowed)
    const hasBoth =
      allowed.some(({ channel }) => channel === 'sms') && allowed.some(({ label }) => label === 'private')
    const isUsable =
      openVerificationId === null && blocked === null && hasBoth && !(await staff.hasReported(id))
    return isUsable ? { ...person, id, hiredOn, country } : null
  }
  return {
    /** Takes a free person, and where it matters one who works in one of these countries. */
    take: async (countries?: readonly string[], tier: Tier = 'standard'): Promise<Taken> => {
      for (const person of peopleOf(tier).filter(({ login }) => !used.has(login))) {
        const taken = await isFree(person)
        const isElsewhere = countries !== undefined && !countries.includes(taken?.country ?? '')
        if (taken !== null && isElsewhere) continue
        used.add(person.login)
        if (taken !== null) return taken
      }
      throw new Error(`Everybody of ${organisation} has been taken: delete the data folder of the journeys.`)
    },
  }
}
