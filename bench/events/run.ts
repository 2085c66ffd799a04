/**
 * `events` (docs/performance.md, rows 1 and 2): history events and durable writes of one verification from start to
 * decision, counted in real histories, for three and eight questions, against the naive shape; and the round trips to the
 * database of one with four.
 *
 * Trips are those of the answers over HTTP (session, limit, answer, and the step that comes next), of the API's functions below
 * HTTP for everything else, and of all activities of the workflow, from the start to its end. Not counted: the requests of the
 * console around its functions (session, limits, key); the worker's loops, which run anyway; the plan, which the bench puts in
 * place; messages to other people (B12), which a loop sends.
 */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { postAnswer } from '../lib/post-answer.ts'
import { openProduct, type Product } from '../lib/product.ts'
import { atMost, circumstances, type Report } from '../lib/report.ts'
import { withServers } from '../lib/servers.ts'
import type { FlowOptions, Side } from '../lib/side.ts'
import { byStep, createTripCounter, type Sent, type StepTrips, type TripCounter } from '../lib/trips.ts'
import { listenPortal } from '../overhead/answer-listeners.ts'
import { openTwin } from '../twins/twin.ts'

/** Flows counted at each size; they must all agree for the count to be exact. */
const flows = 3
/** Long enough that no two messages share a workflow task, which would lower a count by chance. Milliseconds. */
const settleMs = 250

/** The number of events of each type, and their cost to the server by rule. */
export type Count = {
  readonly events: number
  readonly writes: number
  readonly bytes: number
  readonly byType: Readonly<Record<string, number>>
}

/** Durable writes by rule: 3 + 4 for each activity + 1 for each update + 3 for each signal. */
const writesOf = (byType: Readonly<Record<string, number>>): number =>
  3 +
  4 * (byType['ACTIVITY_TASK_SCHEDULED'] ?? 0) +
  (byType['WORKFLOW_EXECUTION_UPDATE_ACCEPTED'] ?? 0) +
  3 * (byType['WORKFLOW_EXECUTION_SIGNALED'] ?? 0)

/** Fetches a history and counts it. */
export const countHistory = async (side: Pick<Side, 'client'>, workflowId: string): Promise<Count> => {
  const handle = side.client.workflow.getHandle(workflowId)
  // The closing task follows the last answer.
  await handle.result()
  const { events } = JSON.parse(historyToJSON(await handle.fetchHistory())) as {
    events: readonly { readonly eventType: string }[]
  }
  const byType: Record<string, number> = {}
  for (const { eventType } of events) {
    const name = eventType.replace('EVENT_TYPE_', '')
    byType[name] = (byType[name] ?? 0) + 1
  }
  const { raw } = await handle.describe()
  const bytes = Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0)
  return { events: events.length, writes: writesOf(byType), bytes, byType }
}

const countSide = async (side: Side, answers: number): Promise<readonly Count[]> => {
  await side.prepare(flows)
  const counts: Count[] = []
  for (let played = 0; played < flows; played += 1) {
    const { workflowId } = await side.flow({ answers, settleMs })
    counts.push(await countHistory(side, workflowId))
  }
  return counts
}

/** The largest of each figure: a run that coalesced by chance must not flatter. */
const largest = (counts: readonly Count[]): Count =>
  counts.reduce((most, count) => (count.events > most.events ? count : most))

const sameShape = (a: Count, b: Count): boolean => {
  const types = new Set([...Object.keys(a.byType), ...Object.keys(b.byType)])
  return [...types].every((type) => a.byType[type] === b.byType[type])
}

/** Runs the bench. */
export const run = (): Promise<Report> =>
  withServers(async (servers) => {
    const trips = createTripCounter()
    const product = await openProduct(servers, { trips })
    const naive = await openTwin('naive', servers.temporal)
    const ours = await openTwin('ours', servers.temporal)
    try {
      const at3 = await countAll([product, naive, ours], 3)
      const at8 = await countAll([product, naive, ours], 8)
      return report(at3, at8, await countTrips(product, trips))
    } finally {
      for (const side of [ours, naive, product]) await side.close()
    }
  })

type Trips = {
  readonly all: number
  readonly statements: number
  readonly steps: Readonly<Record<string, StepTrips>>
  readonly isExact: boolean
}

/** Prints the trips of each step, and with SHOW_TRIPS=yes every statement, those that begin a trip marked. */
const show = (sent: readonly Sent[]): void => {
  if (process.env['SHOW_TRIPS'] === 'yes')
    for (const { step, process: by, isTrip, sql } of sent)
      console.error(
        [step, by, isTrip ? '*' : ' ', sql.replaceAll(/\s+/g, ' ').trim().slice(0, 150)].join('\t'),
      )
  for (const [step, { api, worker }] of Object.entries(byStep(sent)))
    console.error(
      `trips to the database, ${step}: ${String(api)} of the API, ${String(worker)} of the worker`,
    )
}

/** Trips of verifications with four answers, played one after the other; the most of them, should they differ. */
const countTrips = async (product: Product, counter: TripCounter): Promise<Trips> => {
  await product.prepare(flows)
  const portal = await listenPortal(product.api)
  counter.taken()
  const counts: Trips[] = []
  const answerBy: FlowOptions['answerBy'] = async (asked) => {
    // The bench looks up the right answer.
    const right = await counter.aside(() => product.participant.rightOption(asked))
    await postAnswer(product, portal.port, asked, right)
  }
  for (let played = 0; played < flows; played += 1) {
    const { workflowId } = await product.flow({ answers: 4, settleMs, answerBy })
    // The last record follows the answer to the decision.
    await product.client.workflow.getHandle(workflowId).result()
    const sent = counter.taken()
    if (played === 0) show(sent)
    const all = sent.filter(({ isTrip }) => isTrip).length
    counts.push({ all, statements: sent.length, steps: byStep(sent), isExact: false })
  }
  await portal.close()
  const [most] = counts.toSorted((a, b) => b.all - a.all)
  if (most === undefined) throw new Error('nothing was played')
  return { ...most, isExact: counts.every(({ all }) => all === most.all) }
}

type Counts = {
  readonly product: Count
  readonly naive: Count
  readonly ours: Count
  readonly isExact: boolean
}

const countAll = async (sides: readonly [Side, Side, Side], answers: number): Promise<Counts> => {
  const [product, naive, ours] = sides
  const counted = {
    product: await countSide(product, answers),
    naive: await countSide(naive, answers),
    ours: await countSide(ours, answers),
  }
  const isExact = Object.values(counted).every((counts) =>
    counts.every(({ events }) => events === counts[0]?.events),
  )
  return {
    product: largest(counted.product),
    naive: largest(counted.naive),
    ours: largest(counted.ours),
    isExact,
  }
}

const report = (at3: Counts, at8: Counts, trips: Trips): Report => ({
  name: 'events',
  goals: [
    atMost('events at N=3, of the naive twin', at3.product.events / at3.naive.events, 0.55),
    atMost('events at N=8, of the naive twin', at8.product.events / at8.naive.events, 0.37),
    atMost('events at most', Math.max(at3.product.events, at8.product.events), 56),
    atMost('writes at N=3, of the naive twin', at3.product.writes / at3.naive.writes, 0.55),
    atMost('writes at N=8, of the naive twin', at8.product.writes / at8.naive.writes, 0.4),
    atMost('trips to the database with four answers', trips.all, 90),
  ],
  rounds: flows,
  ...circumstances(),
  server: 'Temporal development server, in memory; messages 250 ms apart',
  repeatsExactly: at3.isExact && at8.isExact && trips.isExact,
  bareTwinHasTheSameEvents: sameShape(at3.product, at3.ours) && sameShape(at8.product, at8.ours),
  at3,
  at8,
  trips,
})
