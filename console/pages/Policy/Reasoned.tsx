import { createEffect, createSignal, createUniqueId, For, on, Show } from 'solid-js'
import { codeOf, newKey } from '../../api.ts'
import { useCopy } from '../../copy/index.ts'

type Action = {
  readonly word: string
  readonly isMain?: boolean
  readonly act: (reason: string, key: string) => Promise<unknown>
}

type Props = {
  label: string
  actions: readonly Action[]
  /** It can be done without words. */
  isOptional?: boolean
  onDone: () => void
}

/** A reason, and the things that may be done with it. */
export const Reasoned = (props: Props) => {
  const copy = useCopy()
  const id = createUniqueId()
  const [reason, setReason] = createSignal('')
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  let key = newKey()
  createEffect(on(reason, () => (key = newKey())))
  const perform = async (action: Action) => {
    setWorking(true)
    setTrouble(null)
    try {
      await action.act(reason().trim(), key)
      props.onDone()
    } catch (error) {
      key = newKey()
      setTrouble(codeOf(error))
    } finally {
      setWorking(false)
    }
  }
  return (
    <div class="policy-reasoned">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="text"
        maxlength="500"
        value={reason()}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <div class="tools">
        <For each={props.actions}>
          {(action) => (
            <button
              type="button"
              classList={{ main: action.isMain === true }}
              disabled={isWorking() || (reason().trim() === '' && props.isOptional !== true)}
              onClick={() => void perform(action)}
            >
              {action.word}
            </button>
          )}
        </For>
      </div>
      <Show when={trouble()}>
        {(code) => (
          <p class="error" role="alert">
            {copy().problem(code())}
          </p>
        )}
      </Show>
    </div>
  )
}
