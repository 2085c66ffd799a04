/**
 * The product as a side: its workers with their activities, its port, and the API's functions behind the portal, over a
 * durable PostgreSQL. Real but for the mail provider, which takes every message at once. The network surface is left
 * out, as the twins have none.
 */
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { addPlanFacts } from '#api/testing/plan.ts'
import { createActivities, type Activities } from '#activities/index.ts'
import { createOpenDirectory } from '#activities/directory/index.ts'
import type { OpenDirectory } from '#activities/directory/port.ts'
import { noNumberCheck } from '#activities/number-check/none.ts'
import type { ActivityDeps, Message, SendResult } from '#activities/ports.ts'
import { buildBundle } from '#activities/testing/bundle.ts'
import { inputFor, makeCase, type TestCase } from '#activities/testing/case.ts'
import { createWorkers } from '#activities/worker.ts'
import type { ApiDeps } from '#api/deps.ts'
import { labPolicy } from '#domain/policy/defaults.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { connect, type Db } from '#platform/database/connect.ts'
import { makeContact, makePerson, testKeys } from '#platform/database/testing/factories.ts'
import { outsideTenants } from '#platform/database/transaction.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { createLogger } from '#platform/process/log.ts'
import { connectTemporal, type Reply, verificationsOver } from '#platform/temporal/temporal.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import { apiDepsOver } from './api-deps.ts'
import { createParticipant, type Participant } from './participant.ts'
import { quietRuntime } from './runtime.ts'
import type { Servers } from './servers.ts'
import { createOccurrences, type Flow, type FlowOptions, type Side } from './side.ts'
import type { TripCounter } from './trips.ts'

/** The product as a side, and what a bench of its API needs. */
export type Product = Side & {
  readonly api: ApiDeps
  /** The organisation, as its first case was made. */
  readonly of: TestCase
  /** The owner's database, by which a bench reads the result of a case. */
  readonly owner: Db
  readonly keys: ReturnType<typeof testKeys>
  /** Token of the newest link that went to this recipient. */
  tokenFor(recipient: string): string
  readonly participant: Participant
  /** The dependencies of the worker's loops and activities. */
  readonly worker: ActivityDeps
  /** The people who were prepared and not played yet. */
  readonly people: TestCase[]
  /** Carries one verification to the first question; returns the case. */
  toQuestions(answers: number): Promise<Asked>
}

/** A case before the first question. */
export type Asked = {
  readonly tenantId: string
  readonly verificationId: string
  readonly session: string
  readonly openMs: number
  readonly codeMs: number
}

const pool = (url: string, name: string): Db =>
  connect({ url, max: 14, applicationName: `countersign-bench-${name}`, statementTimeoutMs: 8_000 })

/** The answer of a call that must not fail here. @throws what it came to instead */
export const answered = <Value>(reply: Reply<Value>): Value => {
  if (reply.kind === 'answered') return reply.value
  throw new Error(`a step was not answered: ${JSON.stringify(reply)}`)
}

/** Where mail goes: by default to a provider that takes every message at once. */
type Relay = (message: Message) => Promise<SendResult>

const takesAtOnce: Relay = ({ reference }) =>
  Promise.resolve({ kind: 'accepted' as const, providerId: `sink-${reference}` })

/** Hands every message on; keeps the token of the newest link for each recipient. */
const createSink = (relay: Relay) => {
  const tokens = new Map<string, string>()
  return {
    tokenFor: (to: string): string => tokens.get(to) ?? '',
    send: (message: Message) => {
      const token = /\/v#([A-Za-z0-9_-]{43})/.exec(message.text)?.[1]
      if (token !== undefined) tokens.set(message.to, token)
      return relay(message)
    },
  }
}

/** A bench may change these parts of the product. */
export type ProductOptions = {
  readonly openDirectory?: (db: Db, keys: KeyRing) => OpenDirectory
  readonly policy?: (policy: Policy) => Policy
  readonly relay?: Relay
  /** Counts the trips to the database of what is played, step by step; for one flow at a time. */
  readonly trips?: TripCounter
}

const depsOf = (
  db: Db,
  keys: ReturnType<typeof testKeys>,
  messenger: ActivityDeps['messenger'],
  openDirectory: NonNullable<ProductOptions['openDirectory']>,
): ActivityDeps => ({
  db,
  keys: keys.worker,
  messenger,
  numberCheck: noNumberCheck,
  portalUrl: 'http://127.0.0.1:3710',
  textTools,
  factTools: createFactTools(null),
  openDirectory: openDirectory(db, keys.worker),
  pushes: new Map(),
  log: createLogger({ process: 'worker', level: 'silent' }),
  budgetAlarms: { nearly_used: 0, used_up: 0 },
  impersonations: { refused: 0 },
  unreadable: { found: 0 },
})

/** Reports when a score is stored; nothing else is changed. */
const reportScores = (own: Activities, scored: (verificationId: string) => void): Activities => ({
  ...own,
  scoreVerification: async (input) => {
    const answer = await own.scoreVerification(input)
    scored(input.case.verificationId)
    return answer
  },
})

/** Questions stay as planned here, counted limits are out of the way, and nothing asks for more evidence. */
const policy = () => {
  const base = labPolicy()
  return { ...base, score: { ...base.score, moreEvidenceFrom: 10, escalateFrom: 11 } }
}

const startWorkers = async (
  servers: Servers,
  temporal: Awaited<ReturnType<typeof connectTemporal>>,
  prefix: string,
  keys: ReturnType<typeof testKeys>,
  activities: Activities,
) => {
  const bundlePath = await buildBundle()
  const settings = {
    connection: temporal.connection,
    namespace: servers.namespace,
    taskQueuePrefix: prefix,
    codecKeys: keys.worker.codec,
    bundlePath,
    maxActivities: 10,
  }
  const workers = await createWorkers(settings, activities)
  // It is in memory now.
  rmSync(dirname(bundlePath), { recursive: true, force: true })
  const running = workers.run()
  return async (): Promise<void> => {
    workers.shutdown()
    await running
  }
}

/** Opens the product on these servers. */
export const openProduct = async (
  servers: Servers,
  {
    openDirectory = createOpenDirectory,
    policy: change = (base) => base,
    relay = takesAtOnce,
    trips,
  }: ProductOptions = {},
): Promise<Product> => {
  quietRuntime()
  const keys = testKeys()
  const owner = pool(servers.database.owner, 'owner')
  const apiDb = pool(servers.database.api, 'api')
  const workerDb = pool(servers.database.worker, 'worker')
  trips?.watch(apiDb, 'api')
  trips?.watch(workerDb, 'worker')
  const prefix = `product-${randomUUID().slice(0, 8)}`
  const options = {
    address: servers.temporal,
    namespace: servers.namespace,
    keys: keys.api,
    taskQueuePrefix: prefix,
  }
  const temporal = await connectTemporal({ ...options, codecKeys: keys.api.codec })
  const sink = createSink(relay)
  const scored = createOccurrences()
  const worker = depsOf(workerDb, keys, sink, openDirectory)
  const activities = reportScores(createActivities(worker), scored.happened)
  const stop = await startWorkers(servers, temporal, prefix, keys, activities)
  const api = apiDepsOver(apiDb, keys.api, verificationsOver(temporal, options))
  const participant = createParticipant(api, workerDb, keys)
  const of = await makeCase(outsideTenants(owner), keys, { policy: () => change(policy()) })
  const people: TestCase[] = []
  const scene: Scene = {
    of,
    people,
    api,
    participant,
    tokenFor: sink.tokenFor,
    waitScored: scored.wait,
    trips,
  }
  return {
    name: 'product',
    client: temporal.client,
    ...{ api, participant, of, owner, keys, worker, people, tokenFor: sink.tokenFor },
    prepare: async (count) => {
      for (let made = 0; made < count; made += 1) people.push(await anotherPerson(owner, keys, of))
    },
    toQuestions: (answers) => toQuestions(scene, answers),
    flow: (how) => playFlow(scene, how),
    close: async () => {
      await stop()
      await temporal.connection.close()
      await Promise.all([owner.close(), apiDb.close(), workerDb.close()])
    },
  }
}

const anotherPerson = async (
  owner: Db,
  keys: ReturnType<typeof testKeys>,
  of: TestCase,
): Promise<TestCase> => {
  const rows = outsideTenants(owner)
  const person = await makePerson(rows, of.tenantId)
  await addPlanFacts(rows, person)
  const email = `${person.login}@mail.example.org`
  return { ...of, person, email, emailContact: await makeContact(rows, keys.worker, person, email) }
}

type Scene = {
  readonly of: TestCase
  readonly people: TestCase[]
  readonly api: ApiDeps
  readonly participant: Participant
  readonly tokenFor: (recipient: string) => string
  readonly waitScored: (verificationId: string) => Promise<void>
  readonly trips: TripCounter | undefined
}

/** Start by mail, link, match code, silent checks passed: the first question is shown. */
const toQuestions = async (scene: Scene, answers: number): Promise<Asked> => {
  const { api, participant, trips } = scene
  const whose = scene.people.pop()
  if (whose === undefined) throw new Error('nobody is prepared')
  const { id: contactId, masked: contactMasked } = whose.emailContact
  const input = inputFor(whose, { channel: 'email', contactId, contactMasked, purpose: 'identity_check' })
  const ref = { tenantId: whose.tenantId, verificationId: input.verificationId }
  trips?.at('start')
  const opening = performance.now()
  answered(await api.verifications.open(input, { requestId: randomUUID() }))
  const openMs = performance.now() - opening
  trips?.at(null)
  await participant.fixPlan(ref, answers)
  trips?.at('match code')
  const coding = performance.now()
  const typed = await participant.typeMatchCode(ref, scene.tokenFor(whose.email))
  const code = answered(await api.verifications.submitMatchCode(ref, typed.inputId))
  const codeMs = performance.now() - coding
  if (!code.accepted) throw new Error(`the match code was not accepted: ${code.reason}`)
  trips?.at('first question')
  await participant.begin(ref)
  return { ...ref, session: typed.session, openMs, codeMs }
}

const playFlow = async (scene: Scene, { answers, settleMs, answerBy }: FlowOptions): Promise<Flow> => {
  const begun = performance.now()
  const asked = await toQuestions(scene, answers)
  const { verificationId, openMs, codeMs } = asked
  await pause(settleMs)
  for (let given = 1; given <= answers; given += 1) {
    scene.trips?.at(`answer ${String(given)}`)
    await (answerBy ?? scene.participant.answer)(asked)
  }
  await scene.waitScored(verificationId)
  await pause(settleMs)
  scene.trips?.at('decision')
  const decision = await scene.participant.approvedBy(asked, scene.of.agent.id)
  const said = answered(await scene.api.verifications.decide(asked, decision, { requestId: randomUUID() }))
  if (said.outcome !== 'passed') throw new Error(`the decision was not taken: ${String(said.refusal)}`)
  const workflowId = `${asked.tenantId}/verification/${verificationId}`
  return { workflowId, openMs, codeMs, allMs: performance.now() - begun }
}
