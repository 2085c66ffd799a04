import { createSignal, onCleanup } from 'solid-js'
import type { PeopleFound } from '#api/contract/console.ts'
import { call, faultOf } from '../../api.ts'
import type { Fault } from '../../copy/sentences.ts'

const typingPauseMs = 250
/** Characters that a search needs (D9). */
const least = 3

/** The people who were found, and the words that were searched for. */
export type Result = PeopleFound & { readonly q: string }

/** Searches while one types; an answer that a later letter overtook is dropped. */
export const createSearch = () => {
  const [text, setText] = createSignal('')
  const [found, setFound] = createSignal<Result | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const wanted = () => text().trim()
  const search = async (q = wanted()) => {
    try {
      const result = await call('console.searchPeople', { body: { q } })
      if (q !== wanted()) return
      setFound({ ...result, q })
      setTrouble(null)
    } catch (error) {
      if (q !== wanted()) return
      // People who were found for other words are no answer to these.
      setFound(null)
      setTrouble(faultOf(error))
    }
  }
  const typed = (value: string) => {
    setText(value)
    clearTimeout(timer)
    if (wanted().length < least) setFound(null)
    else timer = setTimeout(() => void search(), typingPauseMs)
  }
  return { text, found, trouble, typed, search, isShort: () => wanted().length < least }
}
