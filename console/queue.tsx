import { createContext, createSignal, onCleanup, Show, useContext, type Accessor, type JSX } from 'solid-js'
import type { Queue } from '#api/contract/console-queue.ts'
import { call, faultOf } from './api.ts'
import { useCopy } from './copy/index.ts'
import { useLive } from './lib/live.ts'
import { createNewest } from './lib/newest.ts'
import { useMay } from './session.tsx'
import type { Fault } from './copy/sentences.ts'

/** The queue is asked for again at most so often, milliseconds: every change of any case may concern it. */
const pauseMs = 1_000

/** The cases that wait for the member of staff who is signed in; the pill and the page show the same. */
type QueueState = {
  readonly queue: Accessor<Queue | null>
  readonly trouble: Accessor<Fault | null>
  readonly reload: () => void
}

const QueueContext = createContext<QueueState>()

/** The queue. Only inside `QueueProvider`. */
export const useQueue = (): QueueState => {
  const state = useContext(QueueContext)
  if (!state) throw new Error('useQueue needs a QueueProvider')
  return state
}

const createQueue = (isWanted: () => boolean): QueueState => {
  const [queue, setQueue] = createSignal<Queue | null>(null)
  // A reader who comes by a link gets the refusal that the server would give.
  const [trouble, setTrouble] = createSignal<Fault | null>(isWanted() ? null : { code: 'not_permitted' })
  const newest = createNewest<Queue>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const load = async () => {
    timer = undefined
    try {
      const loaded = await newest(() => call('console.queue', {}))
      if (loaded === null) return
      setQueue(loaded.answer)
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  const soon = () => {
    if (isWanted()) timer ??= setTimeout(() => void load(), pauseMs)
  }
  if (isWanted()) void load()
  useLive(soon, soon)
  onCleanup(() => clearTimeout(timer))
  return { queue, trouble, reload: () => void load() }
}

/** Follows the cases that wait for the reader, where their role decides at all. */
export const QueueProvider = (props: { children: JSX.Element }) => {
  const may = useMay()
  const state = createQueue(() => may('verifications.decide'))
  return <QueueContext.Provider value={state}>{props.children}</QueueContext.Provider>
}

/** Shows how many cases wait, beside the word in the rail. */
export const QueuePill = () => {
  const copy = useCopy()
  const { queue } = useQueue()
  const count = () => queue()?.items.length ?? 0
  const text = () => (queue()?.more === true ? `${String(count())}+` : String(count()))
  return (
    <Show when={count() > 0}>
      <span class="pill">
        <span aria-hidden="true">{text()}</span>
        <span class="sr">, {copy().queue.pill(text())}</span>
      </span>
    </Show>
  )
}
