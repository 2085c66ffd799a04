/** The twins' workflows: the same messages and activities, nothing decided, nothing stored. Sandbox code. */
import {
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import { effects } from '#workflows/effects.ts'
import { searchAttributes, taskQueues } from '#workflows/messages.ts'
import type { TwinActivities, TwinInput } from './activities.ts'

export const openUpdate = defineUpdate<string, []>('twin.open')
export const codeUpdate = defineUpdate<string, [string]>('twin.code')
export const answerUpdate = defineUpdate<string, [string]>('twin.answer')
export const decideUpdate = defineUpdate<string, [string]>('twin.decide')
export const completedSignal = defineSignal<[string]>('twin.completed')

const recording = proxyActivities<TwinActivities>(effects.record)
const deciding = proxyActivities<TwinActivities>(effects.decide)

const sendingOn = (queuePrefix: string): TwinActivities =>
  proxyActivities<TwinActivities>({ ...effects.send, taskQueue: taskQueues(queuePrefix).delivery })

/** Publishes the state of the case for operators: both sides do it at the same four points. */
const show = (state: string, band?: string): void => {
  upsertSearchAttributes([
    { key: searchAttributes.state, value: state },
    ...(band === undefined ? [] : [{ key: searchAttributes.band, value: band }]),
  ])
}

/** B2, our shape: three updates, one signal, five activities, one timer. */
export async function ours({ queuePrefix, seconds, load }: TwinInput): Promise<void> {
  const sending = sendingOn(queuePrefix)
  let isComplete = false
  let isDecided = false
  setHandler(openUpdate, async () => {
    await sending.effect(load)
    const answer = await recording.project(load)
    show('link_sent')
    return answer
  })
  setHandler(codeUpdate, async () => {
    const answer = await deciding.effect(load)
    show('answering')
    return answer
  })
  setHandler(completedSignal, () => {
    isComplete = true
  })
  setHandler(decideUpdate, async () => {
    const answer = await deciding.effect(load)
    isDecided = true
    return answer
  })
  void sleep(seconds * 1000).catch(() => undefined)
  await condition(() => isComplete)
  await deciding.score(load)
  show('awaiting_decision', 'low')
  await condition(() => isDecided)
  show('closed')
  await condition(allHandlersFinished)
}

/** B1, the naive shape: an activity per effect, a projection per transition, an update per answer. */
export async function naive({ queuePrefix, seconds, load, answers }: TwinInput): Promise<void> {
  const sending = sendingOn(queuePrefix)
  let given = 0
  let isDecided = false
  setHandler(openUpdate, async () => {
    await recording.project(load)
    await sending.effect(load)
    const answer = await recording.project(load)
    show('link_sent')
    return answer
  })
  setHandler(codeUpdate, async () => {
    await recording.project(load)
    const answer = await recording.project(load)
    show('answering')
    return answer
  })
  setHandler(answerUpdate, async () => {
    const answer = await recording.project(load)
    given += 1
    return answer
  })
  setHandler(decideUpdate, async () => {
    const answer = await recording.project(load)
    isDecided = true
    return answer
  })
  void sleep(seconds * 1000).catch(() => undefined)
  await condition(() => given === answers)
  await deciding.effect(load)
  await recording.score(load)
  show('awaiting_decision', 'low')
  await condition(() => isDecided)
  await recording.project(load)
  show('closed')
  await condition(allHandlersFinished)
}
