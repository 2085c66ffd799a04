/**
 * Measures the cost of one question with 30,000 people on file: the plan as the worker makes it when the match code is
 * accepted, and the first question as the API shows it. The product's own functions over PostgreSQL with row-level
 * security.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { keepLists } from '#activities/questions/keep-lists.ts'
import { countAhead } from '#activities/questions/tenant-facts.ts'
import { choosePlan } from '#activities/verification/choose-plan.ts'
import type { PortalCaller } from '#api/http/callers.ts'
import { currentStep } from '#api/portal/current-step.ts'
import { begin } from '#api/portal/questioning.ts'
import { withQuestions } from '#api/portal/with-questions.ts'
import { valueDigest } from '#domain/questions/prepare.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { decoyDigest } from '#platform/crypto/sealing.ts'
import { connect, type Db } from '#platform/database/connect.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { readBlocks } from '#services/questions/blocks.ts'
import { storePlan } from '#services/questions/plans.ts'
import { setGate } from '#services/questions/portal-answers.ts'
import { makeContact, makeVerification, testKeys } from '#platform/database/testing/factories.ts'
import { inTenant, outsideTenants } from '#platform/database/transaction.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import { createLogger } from '#platform/process/log.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import type { CaseRef, Snapshot } from '#workflows/verification/activity-types.ts'
import { apiDepsOver } from '../lib/api-deps.ts'
import { atMost, median, quantile, rounded, spread, type Goal } from '../lib/report.ts'
import { withDatabase, type Database } from '../lib/servers.ts'
import { fillPeople, fillShown, type ListDigests } from './fill-people.ts'
import { blocking } from './blocking.ts'

const people = 30_000
/** Lists that others were shown within half a year: about a hundred verifications a day. */
const shownBefore = 20_000
const rounds = 5
const casesPerRound = 40

type Keys = ReturnType<typeof testKeys>
type Served = { readonly selectMs: number; readonly serveMs: number; readonly cpuMs: number }

/** A case whose match code is about to be accepted. */
const makeCase = async (
  owner: Db,
  keys: Keys,
  tenantId: string,
  personId: string,
): Promise<{ ref: CaseRef; snapshot: Snapshot }> => {
  const rows = outsideTenants(owner)
  const phone = `+44770${String(9_000_000 + Math.floor(Math.random() * 900_000))}`
  const contact = await makeContact(rows, keys.worker, { tenant_id: tenantId, id: personId }, phone)
  const made = await makeVerification(rows, contact, { state: 'opened' })
  const at = made.created_at.toISOString()
  const ref: CaseRef = {
    ...{ tenantId, verificationId: made.id, personId, purpose: 'password_reset', tier: 'standard' },
    ...{ policyVersion: 1, referrer: { kind: 'agent', id: made.referrer_id }, ticket: null, createdAt: at },
    ...{ expiresAt: made.expires_at.toISOString(), run: { id: made.run_id, startedAt: at } },
  }
  const snapshot: Snapshot = {
    ...{ state: 'link_sent', outcome: null, decision: null, seq: 1, channel: 'sms', contactId: contact.id },
    ...{ contactMasked: contact.masked, linkOrdinal: 1, linkDeliveryId: '', portalSessionId: null },
  }
  return { ref, snapshot }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

type Scene = {
  readonly owner: Db
  readonly worker: Db
  readonly api: ReturnType<typeof apiDepsOver>
  readonly keys: Keys
  readonly tenantId: string
}

/** Plays one person to the first question. @throws when the person is asked nothing */
const serve = async (scene: Scene, personId: string): Promise<Served> => {
  const { owner, worker, api, keys, tenantId } = scene
  const { ref, snapshot } = await makeCase(owner, keys, tenantId, personId)
  const deps = { keys: keys.worker, textTools, factTools: createFactTools(null) }
  let route = ''
  const before = process.cpuUsage()
  const selectMs = await timed(() =>
    inTenant(worker, tenantId, async (tx) => {
      const plan = await choosePlan(deps, tx, ref, snapshot, await readPolicy(tx, 1))
      await storePlan(tx, deps.keys, ref.verificationId, plan)
      route = plan.route
    }),
  )
  if (route !== 'questions') throw new Error(`nobody would be asked: ${route}`)
  await inTenant(api.db, tenantId, (tx) => setGate(tx, ref.verificationId, 'open'))
  const caller: PortalCaller = {
    ...{ tenantId, verificationId: ref.verificationId, sessionId: randomUUID(), language: 'en' },
    ...{ personId, probeNonce: '', deviceKey: null, isLive: true, endReason: null },
  }
  const serveMs = await timed(async () => {
    await withQuestions(api, caller, begin)
    const { step } = await currentStep(api, caller)
    if (step.kind !== 'question') throw new Error(`no question is shown but ${step.kind}`)
  })
  const { user, system } = process.cpuUsage(before)
  return { selectMs, serveMs, cpuMs: (user + system) / 1000 }
}

const together = ({ selectMs, serveMs }: Served): number => selectMs + serveMs

/** Every case is of another person: nobody is asked twice within 30 days. */
const play = async (scene: Scene, participants: readonly string[]) => {
  const step = Math.floor(participants.length / ((rounds + 1) * casesPerRound))
  let next = 0
  const round = async (): Promise<readonly Served[]> => {
    const served: Served[] = []
    while (served.length < casesPerRound) served.push(await serve(scene, participants[step * next++] ?? ''))
    return served
  }
  const first = await serve(scene, participants[1] ?? '')
  // The first round teaches the compiler, and the planner of the database.
  await round()
  const all: (readonly Served[])[] = []
  while (all.length < rounds) all.push(await round())
  return { first, all }
}

const digestsOf = async (db: Db, keys: KeyRing, tenantId: string): Promise<ListDigests[]> => {
  const tools = { hmac: decoyDigest(keys, tenantId) }
  const lists = await inTenant(db, tenantId, (tx) => readBlocks(tx, keys))
  return lists.map(({ id, family, values }) => ({
    id,
    digests: values.map(({ value }) => valueDigest(family, value, tools)),
  }))
}

const measure = async (database: Database, owner: pg.Client) => {
  console.error(`filling ${String(people)} people`)
  const { tenantId, participants } = await fillPeople(owner, people)
  const open = (url: string): Db =>
    connect({ url, max: 4, applicationName: 'countersign-bench', statementTimeoutMs: 60_000 })
  const dbs = { owner: open(database.owner), worker: open(database.worker), api: open(database.api) }
  const keys = testKeys()
  const log = createLogger({ process: 'worker', level: 'silent' })
  try {
    const listsSeconds =
      (await timed(() =>
        keepLists({ db: dbs.worker, keys: keys.worker, textTools, log }, tenantId, new Date()),
      )) / 1000
    await fillShown(owner, tenantId, shownBefore, await digestsOf(dbs.worker, keys.worker, tenantId))
    const api = apiDepsOver(dbs.api, keys.api, {} as Verifications)
    const scene = { owner: dbs.owner, worker: dbs.worker, api, keys, tenantId }
    const ahead = { db: dbs.worker, keys: keys.worker, textTools }
    // The worker's loop does both before anybody needs it; the second time no row has changed.
    const counted = await blocking(() => countAhead(ahead, tenantId))
    const unchanged = await blocking(() => countAhead(ahead, tenantId, 0))
    return { listsSeconds, counted, unchanged, ...(await play(scene, participants)) }
  } finally {
    await Promise.all(Object.values(dbs).map((db) => db.close()))
  }
}

/** Milliseconds of one question with 30,000 people; `first` is the first after the tenant's facts were counted ahead. */
export const questioning = (): Promise<{ goals: readonly Goal[]; figures: unknown }> =>
  withDatabase(async (database) => {
    const owner = new pg.Client({ connectionString: database.owner })
    await owner.connect()
    const { listsSeconds, counted, unchanged, first, all } = await measure(database, owner).finally(() =>
      owner.end(),
    )
    const p50 = all.map((round) => median(round.map(together)))
    return {
      goals: [
        atMost('question.p50Ms', median(p50), 15),
        atMost('question.heldCpuMs', Math.max(counted.longestCpuMs, unchanged.longestCpuMs), 50),
      ],
      figures: {
        p50: spread(p50),
        p95: rounded(quantile(all.flat().map(together), 0.95)),
        selectP50: rounded(median(all.flat().map(({ selectMs }) => selectMs))),
        serveP50: rounded(median(all.flat().map(({ serveMs }) => serveMs))),
        // Processor time of worker and API, without the database: what a busy machine does not change.
        cpuP50: rounded(median(all.flat().map(({ cpuMs }) => cpuMs))),
        firstMs: rounded(together(first)),
        ahead: {
          seconds: rounded(counted.ms / 1000),
          heldMs: rounded(counted.longestMs),
          heldP99Ms: rounded(counted.p99Ms),
          heldCpuMs: rounded(counted.longestCpuMs),
          unchangedMs: rounded(unchanged.ms),
        },
        listsOfTenantSeconds: rounded(listsSeconds),
        ...{ people, shownBefore, cases: rounds * casesPerRound },
      },
    }
  })
