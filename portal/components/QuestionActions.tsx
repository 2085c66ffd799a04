import { Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'
import { useLaterCopy } from '../copy/later.ts'
import { Trouble } from './Trouble.tsx'
import type { Visit } from '../visit.ts'

/** Going on, not knowing, and more time. A list has "I don't know" as one of its rows already. */
export const QuestionActions = (props: {
  isTyped: boolean
  visit: Pick<Visit, 'isWorking' | 'trouble'>
  onDontKnow: () => void
  onMoreTime: () => void
}) => {
  const copy = useCopy()
  const later = useLaterCopy()
  return (
    <>
      <Trouble visit={props.visit} />
      <button class="main" aria-disabled={props.visit.isWorking()}>
        {copy().goOn}
      </button>
      <Show when={props.isTyped}>
        <button type="button" aria-disabled={props.visit.isWorking()} onClick={() => props.onDontKnow()}>
          {later().question.dontKnow}
        </button>
      </Show>
      <button type="button" class="link" onClick={() => props.onMoreTime()}>
        {later().question.more}
      </button>
    </>
  )
}
