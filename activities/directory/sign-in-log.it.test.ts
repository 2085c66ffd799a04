import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signInLog } from '#domain/risk/known-networks.ts'
import { endSync } from '#services/people/directory-syncs.ts'
import { readLogState } from '#services/risk/sign-in-networks.ts'
import { deleteOldData } from '#services/housekeeping/housekeeping.ts'
import { insertRow, makePerson } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import { ip } from '#domain/risk/testing/facts.ts'
import type { IpFacts } from '#domain/risk/facts.ts'
import { ago, day, home, hour, resultOf, useRiskScene } from '#platform/testing/risk-scene.ts'
import { completeDirectory } from './complete.ts'
import { DirectoryError } from './directory-error.ts'
import type { Directory, DirectorySignIn, SignInSpan } from './port.ts'
import { readSignIns } from './read-sign-ins.ts'

const scene = useRiskScene()

const office = '203.0.113.9'
const hosted = '198.51.100.7'
const nowhere = '198.51.100.99'
const places: Readonly<Record<string, Partial<IpFacts>>> = {
  [home]: { asn: 2856, country: 'GB' },
  [office]: { asn: 3215, country: 'GB' },
  [hosted]: { asn: 9009, country: 'GB', class: 'vpn' },
  [nowhere]: { asn: 5607, country: null },
  '10.1.2.3': { asn: null, country: null, status: 'not_applicable', range: 'private' },
  '81.2.69.1': { asn: null, country: 'GB' },
  '192.0.2.1': { status: 'not_applicable' },
}
const factTools = {
  ...createFactTools(null),
  lookUp: (address: string) => (places[address] ? ip({ address, ...places[address] }) : null),
}

/** A directory whose log holds these; `asked` keeps the spans. */
const logOf = (
  signIns: readonly DirectorySignIn[],
  asked: SignInSpan[] = [],
  fault: () => void = () => undefined,
): Directory =>
  completeDirectory({
    canForceChange: false,
    find: () => Promise.resolve(null),
    setPassword: () => Promise.resolve({ kind: 'not_written' }),
    readBack: () => Promise.resolve({ kind: 'unknown', version: null }),
    signIns: (span) => {
      asked.push(span)
      const within = signIns.filter(
        ({ at }) => Date.parse(at) >= span.from.getTime() && Date.parse(at) < span.until.getTime(),
      )
      return (async function* () {
        yield await Promise.resolve(within.slice(0, 1))
        fault()
        yield within.slice(1)
      })()
    },
  })

/** An organisation with one directory whose people were read, and one person of it. */
const openScene = async () => {
  const tenantId = await scene.organisation()
  const directoryId = randomUUID()
  const person = await makePerson(scene.owner, tenantId, { directory: 'corp', directory_id: directoryId })
  await inTenant(scene.worker, tenantId, (tx) => endSync(tx, 'corp', { cursor: 'c', readEverybody: true }))
  const signIn = (address: string, daysAgo: number): DirectorySignIn => ({
    directoryId,
    at: new Date(Date.now() - daysAgo * day).toISOString(),
    address,
  })
  const readOnce = (directory: Directory, signal?: AbortSignal) =>
    readSignIns({ db: scene.worker, factTools }, tenantId, 'corp', directory, signal)
  return {
    tenantId,
    person,
    directoryId,
    signIn,
    readOnce,
    /** Run after run, until nothing is due. */
    read: async (signIns: readonly DirectorySignIn[]) => {
      const directory = logOf(signIns)
      while ((await readOnce(directory)) !== null);
    },
    networks: () =>
      scene.owner.query(
        `select asn::integer, country, last_on - first_on as days, times from sign_in_networks
         where tenant_id = $1 order by asn`,
        [tenantId],
      ),
    state: () =>
      scene.owner.one<{ until: Date | null; problem: string | null; n: number }>(
        `select log_until as until, log_problem as problem, log_sign_ins::integer as n from directory_syncs where tenant_id = $1`,
        [tenantId],
      ),
    /** The check of known networks says this of a case from an address. */
    statusFrom: async (address: string) => {
      const case_ = await scene.visit({ address, tenant: tenantId }, person)
      return resultOf(await scene.factsOf(case_, tenantId), 'NET_NEW_ASN')?.status
    },
  }
}

describe('B25: a stolen password makes no network known', () => {
  const usual = (signIn: Awaited<ReturnType<typeof openScene>>['signIn']) =>
    [4, 6, 9, 12, 15, 20].map((days) => signIn(office, days))

  it.each([
    ['once, a week ago', [8]],
    ['once, a moment ago', [0]],
    ['often on one day', [8, 8.01, 8.02, 8.03, 8.04, 8.05]],
    ['day after day for less than a week', [9, 8, 7, 6, 5, 4]],
    ['a month ago, and again within the last three days', [29, 2.9]],
  ])('whose thief signed in %s', async (_when, days) => {
    const { read, signIn, statusFrom } = await openScene()
    await read([...usual(signIn), ...days.map((ago) => signIn(home, ago))])
    expect(await statusFrom(home)).toBe('flag')
  })

  it('and the networks that the person uses for a while are known, without any file', async () => {
    const { read, signIn, statusFrom, networks } = await openScene()
    expect(await statusFrom(home)).toBe('unknown')
    await read([4, 6, 9, 12, 15, 20].map((days) => signIn(home, days)))
    expect(await networks()).toEqual([{ asn: 2856, country: 'GB', days: 16, times: 6 }])
    expect(await statusFrom(home)).toBe('pass')
  })

  it('and a network that is not known yet asks for nothing where it is the only one', async () => {
    const { read, signIn, statusFrom } = await openScene()
    await read([4, 5, 6, 7, 8, 9].map((days) => signIn(home, days)))
    expect(await statusFrom(home)).toBe('unknown')
  })
})

describe('reading a log of sign-ins', () => {
  it('M6: counts public networks that stand for a place, and keeps no address', async () => {
    const { read, signIn, networks, tenantId, state } = await openScene()
    const addresses = [home, '10.1.2.3', '81.2.69.1', hosted, 'no address', home, office, nowhere, nowhere]
    await read(addresses.map((address, n) => signIn(address, 5 + n)))
    expect(await networks()).toEqual([
      { asn: 2856, country: 'GB', days: 5, times: 2 },
      { asn: 3215, country: 'GB', days: 0, times: 1 },
      { asn: 5607, country: null, days: 1, times: 2 },
    ])
    expect((await state())?.n).toBe(5)
    const rows = await scene.owner.query<{ text: string }>(
      `select to_jsonb(n)::text as text from sign_in_networks n where tenant_id = $1
       union all select to_jsonb(s)::text from directory_syncs s where tenant_id = $1`,
      [tenantId],
    )
    for (const address of addresses) expect(rows.map(({ text }) => text).join()).not.toContain(address)
  })

  it('M6: forgets a network half a year after the last sign-in', async () => {
    const { read, signIn, networks, tenantId, statusFrom } = await openScene()
    await read([4, 6, 9, 12, 15].map((days) => signIn(home, days)))
    const age = (days: number) =>
      scene.owner.run(
        `update sign_in_networks set first_on = first_on - $2::integer, last_on = last_on - $2::integer where tenant_id = $1`,
        [tenantId, days],
      )
    await age(signInLog.keptDays - 5)
    await inTenant(scene.worker, tenantId, deleteOldData)
    expect([(await networks()).length, await statusFrom(home)]).toEqual([1, 'pass'])
    await age(2)
    expect(await statusFrom(home)).toBe('unknown')
    await inTenant(scene.worker, tenantId, deleteOldData)
    expect(await networks()).toEqual([])
  })

  it('goes on where the last reading ended, up to three days ago, and back a month at first', async () => {
    const { readOnce, state } = await openScene()
    const asked: SignInSpan[] = []
    const directory = logOf([], asked)
    let runs = 0
    while ((await readOnce(directory)) !== null) runs += 1
    // A run reads a week at most.
    expect(runs).toBe(4)
    const near = (date: Date | undefined, daysAgo: number) =>
      Math.abs((date?.getTime() ?? 0) - ago(daysAgo * day).getTime()) < hour
    expect(near(asked[0]?.from, signInLog.firstDays)).toBe(true)
    expect(near(asked.at(-1)?.until, signInLog.restHours / 24)).toBe(true)
    const gaps = asked.slice(1).filter(({ from }, n) => from.getTime() !== asked[n]?.until.getTime())
    expect(gaps).toEqual([])
    expect((await state())?.until).toEqual(asked.at(-1)?.until)
  })

  it('R1: counts nothing twice where a reading breaks off, or two read the same span', async () => {
    const { readOnce, signIn, networks, state, read } = await openScene()
    const signIns = [29, 28, 12, 11, 5, 4].map((days) => signIn(home, days))
    let faults = 3
    const broken = logOf(signIns, [], () => {
      faults -= 1
      if (faults >= 0) throw new DirectoryError('throttled')
    })
    for (let n = 0; n < 3; n += 1)
      await expect(readOnce(broken)).rejects.toMatchObject({ problem: 'throttled' })
    expect(await state()).toMatchObject({ until: null, problem: 'throttled', n: 0 })
    await Promise.all([readOnce(logOf(signIns)), readOnce(logOf(signIns)), readOnce(logOf(signIns))])
    await read(signIns)
    expect(await networks()).toEqual([{ asn: 2856, country: 'GB', days: 25, times: 6 }])
    expect(await state()).toMatchObject({ problem: null, n: 6 })
  })

  it('reads nothing before the people were read, without network data, or where nobody opted in', async () => {
    const { tenantId, readOnce, signIn, state, networks } = await openScene()
    const asked: SignInSpan[] = []
    const directory = logOf([signIn(home, 5)], asked)
    await scene.owner.run('update directory_syncs set read_whole_at = null where tenant_id = $1', [tenantId])
    expect(await readOnce(directory)).toBeNull()
    await scene.owner.run('update directory_syncs set read_whole_at = now() where tenant_id = $1', [tenantId])
    expect(await readOnce({ ...directory, offers: new Set() })).toBeNull()
    const blind = { db: scene.worker, factTools: createFactTools(null) }
    await expect(readSignIns(blind, tenantId, 'corp', directory)).rejects.toThrow('no network data')
    expect(await state()).toMatchObject({ until: null, problem: 'no_network_data' })
    expect(asked).toEqual([])
    expect(await networks()).toEqual([])
    expect(await inTenant(scene.worker, tenantId, (tx) => readLogState(tx, 'elsewhere'))).toBeUndefined()
  })

  it('ends with its signal, and takes a log without an end for none', async () => {
    const { readOnce, state } = await openScene()
    await expect(readOnce(logOf([]), AbortSignal.abort())).rejects.toThrow()
    expect(await state()).toMatchObject({ until: null, problem: null })
    const endless: Directory = {
      ...logOf([]),
      signIns: async function* () {
        for (;;) yield await Promise.resolve([])
      },
    }
    await expect(readOnce(endless)).rejects.toMatchObject({ problem: 'answer' })
  })

  it('counts a sign-in of nobody, and of a person who left, for nobody', async () => {
    const { tenantId, read, signIn, networks, state } = await openScene()
    await scene.owner.run(`update people set account_state = 'deleted' where tenant_id = $1`, [tenantId])
    await read([signIn(home, 5), { ...signIn(home, 6), directoryId: randomUUID() }])
    expect(await networks()).toEqual([])
    expect(await state()).toMatchObject({ n: 0 })
  })

  it('and a file that names the same network are not added up', async () => {
    const { tenantId, person, read, signIn } = await openScene()
    const inFile = (asn: number, times: number) =>
      insertRow(scene.owner, 'facts', {
        ...{ tenant_id: tenantId, person_id: person.id, family: 'network', source: 'sign_ins' },
        ...{ value: JSON.stringify({ asn, times }), valid_from: ago(day) },
      })
    await inFile(2856, 40)
    await inFile(3215, 2)
    const eventsNow = async () => {
      const case_ = await scene.visit({ tenant: tenantId }, person)
      return (await scene.factsOf(case_, tenantId)).network.history?.events
    }
    expect(await eventsNow()).toBe(42)
    // Until the log knows the network well, the file's word counts.
    await read([signIn(home, 28)])
    expect(await eventsNow()).toBe(42)
    await read([4, 6, 9].map((days) => signIn(home, days)))
    expect(await eventsNow()).toBe(42)
  })
})
