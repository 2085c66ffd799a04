import { createSignal, onMount } from 'solid-js'
import type { SavedView } from '#api/contract/console-views.ts'
import { call, faultOf } from '../../api.ts'
import { queryText, type ListFilters } from './query.ts'
import type { View } from './view-href.ts'
import type { Fault } from '../../copy/sentences.ts'

/** Views that everybody has; they are not stored. Agents see no reports (B9). */
export const builtInViews: readonly {
  readonly name: 'waiting' | 'failed_this_week' | 'reported'
  readonly query: Record<string, string>
}[] = [
  { name: 'waiting', query: { state: 'awaiting_decision', order: 'asc' } },
  { name: 'failed_this_week', query: { outcome: 'failed', days: '7' } },
  { name: 'reported', query: { outcome: 'reported' } },
]

const usual: Readonly<Record<string, string>> = { sort: 'started', order: 'desc' }

/** True if the list shows exactly this view. */
export const isShown = (filters: ListFilters, { query, columns }: View): boolean => {
  const told = (text: Readonly<Record<string, string>>) =>
    Object.entries(text)
      .filter(([key, value]) => usual[key] !== value)
      .map((entry) => entry.join('='))
      .sort()
      .join('&')
  return told(queryText(filters)) === told(query) && (filters.columns ?? '') === (columns?.join(',') ?? '')
}

const byName = (one: SavedView, other: SavedView): number => one.name.localeCompare(other.name)

/** The reader's own views, and their last act on them. */
export const createViews = () => {
  const [views, setViews] = createSignal<readonly SavedView[]>([])
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  /** The last act, which the page shows and may undo. */
  const [done, setDone] = createSignal<{ what: 'saved' | 'deleted'; view: SavedView } | null>(null)

  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    setTrouble(null)
    try {
      await work()
      return true
    } catch (error) {
      setTrouble(faultOf(error))
      return false
    }
  }
  const load = () =>
    attempt(async () => {
      setViews((await call('console.savedViews', {})).views)
    })
  const save = (name: string, { query, columns }: View) =>
    attempt(async () => {
      const view = await call('console.saveView', { body: { name, query, columns } })
      setViews([...views().filter(({ id }) => id !== view.id), view].sort(byName))
      setDone({ what: 'saved', view })
    })
  const remove = (view: SavedView) =>
    attempt(async () => {
      await call('console.deleteView', { params: { viewId: view.id }, body: {} })
      setViews(views().filter(({ id }) => id !== view.id))
      setDone({ what: 'deleted', view })
    })
  onMount(() => void load())
  return { views, trouble, done, load, save, remove }
}

/** The state and the acts of `createViews`. */
export type Views = ReturnType<typeof createViews>
