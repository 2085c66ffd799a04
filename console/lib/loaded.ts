import { createSignal, onMount } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { faultOf } from '../api.ts'
import { useLiveSettings } from './live.ts'
import { createNewest } from './newest.ts'
import type { Fault } from '../copy/sentences.ts'

/**
 * The data of a page: asked for when it opens, again with `load`, and whenever the organisation's settings change. Rows are
 * kept by id, so that a reason that the reader is typing stays. A failure is a code beside the last answer; of two answers on
 * their way the newer one counts.
 */
export const createLoaded = <T extends object>(ask: () => Promise<T>) => {
  const [store, setStore] = createStore<{ page: T | null }>({ page: null })
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const newest = createNewest<T>()
  const load = async (): Promise<void> => {
    try {
      const loaded = await newest(ask)
      if (loaded === null) return
      setStore('page', reconcile<T | null, T | null>(loaded.answer, { key: 'id' }))
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  onMount(() => void load())
  useLiveSettings(() => void load())
  return { page: () => store.page, trouble, load }
}
