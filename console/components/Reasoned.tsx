import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from 'solid-js'
import { ProblemError } from '#api/contract/client.ts'
import { faultOf, newKey } from '../api.ts'
import { useCopy } from '../copy/index.ts'
import type { Fault } from '../copy/sentences.ts'

type Action = {
  readonly word: string
  readonly isMain?: boolean
  /** `key`: of this intention; another reason is another one, since the same key with another body is refused. */
  readonly act: (reason: string, key: string) => Promise<unknown>
}

type Props = {
  /** The label of the field for the reason; null: none is asked. */
  label: string | null
  /** The first is done by Enter as well. */
  actions: readonly Action[]
  /** It can be done without words. */
  isOptional?: boolean
  /** The consequences, said before anything is asked. */
  children?: JSX.Element
  class?: string
  onBack?: () => void
  onDone: () => void
}

/** A reason, and the things that may be done with it: each once, and what goes wrong is said beside them. */
export const Reasoned = (props: Props) => {
  const copy = useCopy()
  const [reason, setReason] = createSignal('')
  const deed = createDeed(reason, () => props.onDone())
  // Read in handlers: a prop that is chosen between two would make a computation there each time, and none would end.
  const isAsked = createMemo(() => props.label !== null)
  const isReady = () => !isAsked() || props.isOptional === true || reason().trim() !== ''
  const perform = (action: Action | undefined) => {
    if (action !== undefined && isReady() && !deed.isWorking()) void deed.perform(action)
  }
  return (
    <form
      class={props.class ?? 'reasoned'}
      onSubmit={(event) => {
        event.preventDefault()
        perform(props.actions[0])
      }}
    >
      {props.children}
      <Show when={props.label}>
        {(label) => (
          <label>
            {label()}
            <textarea
              rows="2"
              required={props.isOptional !== true}
              maxlength="500"
              value={reason()}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </label>
        )}
      </Show>
      <Show when={deed.trouble()}>
        {(fault) => (
          <p class="error" role="alert">
            {copy().problem(fault())}
          </p>
        )}
      </Show>
      <Buttons
        actions={props.actions}
        isReady={isReady() && !deed.isWorking()}
        onBack={props.onBack}
        onAct={perform}
      />
    </form>
  )
}

const createDeed = (reason: () => string, onDone: () => void) => {
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  let key = newKey()
  createEffect(on(reason, () => (key = newKey())))
  const perform = async (action: Action) => {
    setWorking(true)
    setTrouble(null)
    try {
      await action.act(reason().trim(), key)
      onDone()
    } catch (error) {
      // A refused act is kept under its key; an act without an answer is asked for once more under the same.
      if (error instanceof ProblemError && error.problem.status < 500) key = newKey()
      setTrouble(faultOf(error))
    } finally {
      setWorking(false)
    }
  }
  return { trouble, isWorking, perform }
}

type ButtonsProps = {
  actions: readonly Action[]
  isReady: boolean
  onBack: (() => void) | undefined
  onAct: (action: Action) => void
}

const Buttons = (props: ButtonsProps) => {
  const copy = useCopy()
  return (
    <div class="tools">
      <Show when={props.onBack}>
        {(back) => (
          <button type="button" onClick={() => back()()}>
            {copy().confirm.back}
          </button>
        )}
      </Show>
      <For each={props.actions}>
        {(action, index) => (
          <button
            type={index() === 0 ? 'submit' : 'button'}
            classList={{ main: action.isMain === true }}
            disabled={!props.isReady}
            onClick={() => {
              if (index() > 0) props.onAct(action)
            }}
          >
            {action.word}
          </button>
        )}
      </For>
    </div>
  )
}
