import { createSignal } from 'solid-js'
import type { CodeAnswer, StepAnswer } from '#api/contract/portal.ts'

/** The page shows these besides a step: no way in, or trouble that may pass. */
export type Trouble = 'dead_link' | 'no_session' | 'offline' | 'busy'

const stepAnswerIn = (value: unknown): StepAnswer | null => {
  const found = value as StepAnswer | CodeAnswer | object | undefined
  if (!found) return null
  if ('step' in found) return found
  return 'answer' in found ? found.answer : null
}

/** The state of a visit; calls change it, components read it. */
export const createView = () => {
  const [answer, setAnswer] = createSignal<StepAnswer | null>(null)
  const [brand, setBrand] = createSignal<StepAnswer['brand'] | null>(null)
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  /** True if this browser has shown a session of its own; without one there is nothing to resume or to rate. */
  const [hasSession, setSession] = createSignal(false)
  /** The digits that the first page showed, for a "No" on the page of the match code, which has none. */
  let declineDigits: string | null = null

  /** Shows what a call brought: the next step, if it holds one. */
  const show = (route: string, result: unknown): void => {
    setTrouble(null)
    if (route.startsWith('portal')) setSession(true)
    const next = stepAnswerIn(result)
    if (!next) return
    if (next.step.kind === 'who_asks') declineDigits = next.step.declineDigits
    setBrand(next.brand)
    setAnswer(next)
  }
  return {
    read: { answer, brand, trouble, isWorking, hasSession, declineDigits: () => declineDigits },
    show,
    setBrand,
    setTrouble,
    setWorking,
  }
}
