/**
 * `timing` (H2): whether the time of a uniform answer tells what the answer does not. Over HTTP on loopback, a
 * thousand interleaved rounds; each answer beside one of the same kind, which is what chance and machine alone make.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from '#api/app.ts'
import { connect } from '#platform/database/connect.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import { outsideTenants } from '#platform/database/transaction.ts'
import { createClientAddress } from '#platform/network-data/client-address.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { apiDepsOver } from '../lib/api-deps.ts'
import { atMost, circumstances, median, rounded, type Report } from '../lib/report.ts'
import { withDatabase } from '../lib/servers.ts'
import { familiesOf, type Family } from './answers.ts'
import { ask } from './ask.ts'
import { compare } from './compare.ts'
import { makeScene, type Scene } from './scene.ts'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 1_000)
/** H2. */
const mostAuc = 0.06
const mostMedianMs = 1
/** Compiled, planned and cached before anything counts. */
const warmUps = 20

const connectAs = (url: string) =>
  connect({ url, max: 10, applicationName: 'countersign-bench', statementTimeoutMs: 8_000 })

/** A start that the workflow takes at once: what comes after the answer is the API's own work. */
const verifications = { open: () => Promise.resolve({ kind: 'pending' }) } as unknown as Verifications

/** The API's portal over this database; each request comes from a network of its own, so that no limit is reached. */
const serve = async (url: string) => {
  const db = connectAs(url)
  let asked = 0
  const plain = createClientAddress([])
  const deps = {
    ...apiDepsOver(db, testKeys().api, verifications),
    clientAddress: (...given: Parameters<typeof plain>) => {
      asked += 1
      return { ...plain(...given), address: `11.${[16, 8, 0].map((by) => (asked >> by) & 255).join('.')}` }
    },
  }
  const handler = createApp(deps).portalApp.callback()
  const server = createServer((incoming, outgoing) => void handler(incoming, outgoing))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await db.close()
  }
  return { to: { port: (server.address() as AddressInfo).port, origin: deps.settings.portalUrl }, stop }
}

type Times = ReadonlyMap<string, readonly number[]>

/** One family's answers, in another order in each round. @throws where two answers differ in anything but time */
const time = async (to: Parameters<typeof ask>[0], family: Family): Promise<Times> => {
  const times = new Map(family.arms.map(({ name }) => [name, [] as number[]]))
  let seen: string | undefined
  for (let round = -warmUps; round < rounds; round += 1) {
    const order = family.arms.map((arm) => ({ arm, at: Math.random() })).sort((a, b) => a.at - b.at)
    for (const { arm } of order) {
      const { ms, answer } = await ask(to, family.path, arm.body(round + warmUps))
      seen ??= answer
      if (answer !== seen)
        throw new Error(`${family.name}: ${arm.name} is answered in another way: ${answer}`)
      if (round >= 0) times.get(arm.name)?.push(ms)
    }
  }
  return times
}

const judged = (family: Family, times: Times) => {
  const [first, ...others] = family.arms.map(({ name }) => ({ name, list: times.get(name) ?? [] }))
  return others.map(({ name, list }) => ({
    pair: `${family.name}: ${first?.name ?? ''} and ${name}`,
    isControl: name === family.control,
    ...compare(first?.list ?? [], list),
  }))
}

const measure = async (url: string, scene: Scene) => {
  const { to, stop } = await serve(url)
  const pairs = []
  const medians: Record<string, number> = {}
  // Side by side: they wait most of the time, and what one costs another falls on all of its arms alike.
  const all = await Promise.all(
    familiesOf(scene).map(async (family) => ({ family, times: await time(to, family) })),
  )
  for (const { family, times } of all) {
    pairs.push(...judged(family, times))
    for (const [name, list] of times) medians[`${family.name}: ${name}`] = rounded(median(list))
  }
  await stop()
  return { pairs, medians }
}

/** Runs the bench. */
export const run = async (): Promise<Report> => {
  const { pairs, medians } = await withDatabase(async ({ owner, api }) => {
    const db = connectAs(owner)
    const scene = await makeScene(outsideTenants(db), 2 * (rounds + warmUps))
    await db.close()
    return measure(api, scene)
  })
  return {
    name: 'timing',
    goals: pairs
      .filter(({ isControl }) => !isControl)
      .flatMap(({ pair, auc, medianMs }) => [
        atMost(`${pair}, |AUC - 0.5|`, auc, mostAuc),
        atMost(`${pair}, difference of medians, ms`, medianMs, mostMedianMs),
      ]),
    rounds,
    controls: pairs.filter(({ isControl }) => isControl),
    mediansMs: medians,
    ...circumstances(),
  }
}
