import { createSignal } from 'solid-js'
import type { CodeAnswer, StepAnswer } from '#api/contract/portal.ts'
import type { Tab } from './tab.ts'

/** The page shows these besides a step: no way in, or trouble that may pass. */
export type Trouble = 'dead_link' | 'no_session' | 'offline' | 'busy'

const stepAnswerIn = (value: unknown): StepAnswer | null => {
  const found = value as StepAnswer | CodeAnswer | object | undefined
  if (!found) return null
  if ('step' in found) return found
  return 'answer' in found ? found.answer : null
}

/** The state of a visit; calls change it, components read it. */
export const createView = (tab: Tab) => {
  const [answer, setAnswer] = createSignal<StepAnswer | null>(null)
  const [brand, showBrand] = createSignal(tab.brand())
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  /** True if this browser has shown a session of its own; without one there is nothing to resume or to rate. */
  const [hasSession, setSession] = createSignal(false)

  const setBrand = (found: StepAnswer['brand']): void => {
    tab.keepBrand(found)
    showBrand(found)
  }
  /** Shows what a call brought: the next step, if it holds one. */
  const show = (route: string, result: unknown): void => {
    setTrouble(null)
    if (route.startsWith('portal')) setSession(true)
    const next = stepAnswerIn(result)
    if (!next) return
    // The link is used: a session took its place, or its end.
    if (hasSession() || next.nonce !== undefined) tab.forget()
    else if (route === 'public.declineLink' && next.step.kind === 'ended') tab.finish(next.step.ending)
    setBrand(next.brand)
    setAnswer(next)
  }
  return {
    read: { answer, brand, trouble, isWorking, hasSession },
    show,
    setBrand,
    setTrouble,
    setWorking,
  }
}
