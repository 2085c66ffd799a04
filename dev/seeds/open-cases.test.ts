import { describe, expect, it } from 'vitest'
import { northwind } from './charts.ts'
import { contactsOf } from './contacts.ts'
import { everCalls } from './history/cases.ts'
import { openCases, playedCases } from './open-cases.ts'
import { peopleOf } from './people.ts'
import { secondPolicy } from './policies.ts'

const people = peopleOf(northwind)
const personOf = (login: string) => {
  const found = people.find((person) => person.login === login)
  if (found === undefined) throw new Error(`nobody is ${login}`)
  return found
}

describe('cases that the stack plays', () => {
  const cases = playedCases()

  it('are one for each kind of waiting, of different people and agents', () => {
    expect(cases.map(({ until }) => until)).toEqual(['first_approval', 'decision', 'scheduled'])
    const taken = [
      ...cases.map(({ person }) => personOf(person.login).id),
      ...openCases().map((one) => one.personId),
    ]
    expect(new Set(taken).size).toBe(taken.length)
    expect(new Set(cases.map(({ agentLogin }) => agentLogin)).size).toBe(cases.length)
    const tickets = [...cases, ...openCases().filter(({ tenantId }) => tenantId === cases[0]?.tenantId)]
    expect(new Set(tickets.map(({ ticket }) => ticket)).size).toBe(tickets.length)
  })

  it('wait by the policy in force: two people for a privileged account, a waiting time for second factors', () => {
    const { rules } = secondPolicy(northwind)
    for (const { purpose, person, until, agentLogin, supervisorLogin } of cases) {
      const { tier } = personOf(person.login)
      expect(rules[purpose][tier].holdForSecondApproval).toBe(until === 'first_approval')
      expect(rules[purpose][tier].waitSeconds > 0).toBe(until !== 'first_approval')
      expect([personOf(agentLogin).desk?.role, personOf(supervisorLogin).desk?.role]).toEqual([
        'agent',
        'supervisor',
      ])
    }
  })

  it('are of people with a work address, a mobile, and questions that nobody asked before', () => {
    for (const { person } of cases) {
      const { id } = personOf(person.login)
      const own = contactsOf(northwind, people).filter(({ personId }) => personId === id)
      expect(own.map(({ label }) => label)).toEqual(expect.arrayContaining(['work', 'mobile']))
      expect(own.every(({ changedDaysAgo }) => changedDaysAgo > 7)).toBe(true)
      expect(everCalls(northwind, { id })).toBe(false)
    }
  })
})
