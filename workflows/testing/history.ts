/** Histories as files, and the commands in them in a form that can be compared. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import type { WorkflowHandle } from '@temporalio/client'
import { createCodec, createDataConverter, type CodecKeys } from '#platform/temporal/codec.ts'

/** The type of a history as the server gives it. */
export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>

const folder = fileURLToPath(new URL('../histories/', import.meta.url))

/** The one key of all recorded histories. They hold nothing but the stories' own made-up values. */
export const historyKeys: CodecKeys = {
  currentId: 'histories',
  keyFor: (keyId) => (keyId === 'histories' ? new Uint8Array(32).fill(7) : undefined),
}

/** The data converter that histories were recorded with. */
export const historyConverter = createDataConverter(historyKeys)

const fileOf = (story: string, kind: 'json' | 'commands.json'): string => join(folder, `${story}.${kind}`)

/** Names of all recorded histories, `type/story`. */
export const recordedStories = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json') && !path.endsWith('.commands.json'))
    .map((path) => path.replaceAll('\\', '/').replace(/\.json$/, ''))
    .sort()

/** Reads a recorded history, complete JSON only: one built by hand replays green with a wrong activity (trap 15). */
export const readHistory = (story: string): History =>
  historyFromJSON(JSON.parse(readFileSync(fileOf(story, 'json'), 'utf8')))

/** Writes a history and its commands, replacing the older ones. */
export const writeHistory = (story: string, history: History, commands: unknown): void => {
  const path = fileOf(story, 'json')
  mkdirSync(dirname(path), { recursive: true })
  // The process, host and person that ran it are nobody's business.
  const scrubbed = historyToJSON(history)
    .replace(/"identity": ?"[^"]*"/g, '"identity": "recorded"')
    .replaceAll(`@${hostname()}`, '@recorded')
  writeFileSync(path, `${JSON.stringify(JSON.parse(scrubbed))}\n`)
  writeFileSync(fileOf(story, 'commands.json'), `${JSON.stringify(commands, null, 1)}\n`)
}

/** The commands a story is known to give; undefined when it was never recorded. */
export const readCommands = (story: string): unknown => {
  const path = fileOf(story, 'commands.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

const codec = createCodec(historyKeys)

const opened = async (payloads: readonly Payload[] | null | undefined): Promise<unknown[]> =>
  (await codec.decode([...(payloads ?? [])])).map((payload) =>
    defaultPayloadConverter.fromPayload<unknown>(payload),
  )

const seconds = (duration: { seconds?: unknown; nanos?: number | null } | null | undefined): number =>
  Number(duration?.seconds ?? 0) + (duration?.nanos ?? 0) / 1e9

/** Ids and moments differ from run to run; their places do not. */
const withNamedIds = (value: unknown, ids: Readonly<Record<string, string>>): unknown => {
  let text = JSON.stringify(value ?? null)
  for (const [id, name] of Object.entries(ids)) if (id !== '') text = text.replaceAll(id, name)
  return JSON.parse(text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME'))
}

type Event = NonNullable<History['events']>[number]

const ofActivity = async (event: Event): Promise<unknown> => {
  const activity = event.activityTaskScheduledEventAttributes
  if (!activity) return undefined
  const { retryPolicy: retry } = activity
  return {
    activity: activity.activityType?.name,
    queue: activity.taskQueue?.name,
    input: await opened(activity.input?.payloads),
    startToClose: seconds(activity.startToCloseTimeout),
    ...(seconds(activity.heartbeatTimeout) === 0 ? {} : { heartbeat: seconds(activity.heartbeatTimeout) }),
    retry: {
      initial: seconds(retry?.initialInterval),
      backoff: retry?.backoffCoefficient,
      most: seconds(retry?.maximumInterval),
      attempts: retry?.maximumAttempts,
    },
  }
}

/**
 * A run that took over waits for what is left of a deadline, and how long the run before took is the machine's affair: its long
 * timers count in whole minutes. All others are held to the second.
 */
const ofTimer = ({ timerStartedEventAttributes: timer }: Event, tookOver: boolean): unknown => {
  if (!timer) return undefined
  const exact = seconds(timer.startToFireTimeout)
  return { timer: tookOver && exact >= 600 ? Math.round(exact / 60) * 60 : Math.round(exact) }
}

const ofChild = async (event: Event): Promise<unknown> => {
  const child = event.startChildWorkflowExecutionInitiatedEventAttributes
  if (!child) return undefined
  return {
    child: child.workflowType?.name,
    id: child.workflowId,
    parentClose: child.parentClosePolicy,
    idReuse: child.workflowIdReusePolicy,
    attributes: attributesIn(child.searchAttributes?.indexedFields),
    input: await opened(child.input?.payloads),
  }
}

/** Search attributes are the one kind of payload that the codec leaves alone: the server must read them. */
const attributesIn = (fields: Readonly<Record<string, Payload>> | null | undefined): unknown =>
  Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, payload]) => [
      name,
      defaultPayloadConverter.fromPayload(payload),
    ]),
  )

const ofUpsert = ({ upsertWorkflowSearchAttributesEventAttributes: upsert }: Event): unknown =>
  upsert ? { attributes: attributesIn(upsert.searchAttributes?.indexedFields) } : undefined

const ofHandover = async ({
  workflowExecutionContinuedAsNewEventAttributes: handover,
}: Event): Promise<unknown> =>
  handover ? { continuedAsNew: await opened(handover.input?.payloads) } : undefined

const ofAnswer = async ({
  workflowExecutionUpdateCompletedEventAttributes: update,
}: Event): Promise<unknown> =>
  update ? { answer: await opened(update.outcome?.success?.payloads) } : undefined

/**
 * The commands of a workflow: activities with input, queue, timeouts and retries, timers, children, search attributes,
 * what it handed over, results. Replay sees only the sequence of these; this sees their content.
 */
export const commandsOf = async (
  history: History,
  ids: Readonly<Record<string, string>>,
): Promise<unknown[]> => {
  const commands: unknown[] = []
  const [first] = history.events ?? []
  const tookOver = Boolean(first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId)
  for (const event of history.events ?? []) {
    const all = [
      await ofActivity(event),
      ofTimer(event, tookOver),
      await ofChild(event),
      await ofAnswer(event),
      ofUpsert(event),
      await ofHandover(event),
    ]
    commands.push(...all.filter((command) => command !== undefined))
  }
  return withNamedIds(commands, ids) as unknown[]
}

/** Everything readable in a history: what the server stores, and what our key opens. */
export const textOf = async (history: History, keys: CodecKeys): Promise<string> => {
  const own = createCodec(keys)
  const found: string[] = [historyToJSON(history)]
  const walk = async (value: unknown): Promise<void> => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
    const { metadata, data } = value as Payload
    if (metadata && data) {
      const [payload] = await own.decode([value])
      found.push(Buffer.from(payload?.data ?? []).toString('utf8'))
    }
    for (const inner of Object.values(value)) await walk(inner)
  }
  await walk(history)
  return found.join('\n')
}
