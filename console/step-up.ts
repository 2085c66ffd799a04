import { createSignal } from 'solid-js'

/** A call that waits for the person to confirm with a passkey. */
type Waiting = (isDone: boolean) => void

const [waiting, setWaiting] = createSignal<readonly Waiting[]>([])

/** True if the dialog is asked for. */
export const isStepUpAsked = (): boolean => waiting().length > 0

/** Asks the person to confirm with a passkey; true once they did, false when they closed the dialog. */
export const askStepUp = (): Promise<boolean> =>
  new Promise((resolve) => {
    setWaiting((known) => [...known, resolve])
  })

/** The dialog is over: every waiting call continues, or fails. */
export const endStepUp = (isDone: boolean): void => {
  const all = waiting()
  setWaiting([])
  for (const tell of all) tell(isDone)
}
