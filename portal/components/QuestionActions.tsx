import { Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'
import { useLaterCopy } from '../copy/later.ts'

/** Going on, not knowing, and more time. A list has "I don't know" as one of its rows already. */
export const QuestionActions = (props: {
  isTyped: boolean
  isWorking: boolean
  onDontKnow: () => void
  onMoreTime: () => void
}) => {
  const copy = useCopy()
  const later = useLaterCopy()
  return (
    <>
      <button class="main" disabled={props.isWorking}>
        {copy().goOn}
      </button>
      <Show when={props.isTyped}>
        <button type="button" disabled={props.isWorking} onClick={() => props.onDontKnow()}>
          {later().question.dontKnow}
        </button>
      </Show>
      <button type="button" class="link" onClick={() => props.onMoreTime()}>
        {later().question.more}
      </button>
    </>
  )
}
