import type { Step } from '#api/contract/portal.ts'
import { useLaterCopy } from '../copy/later.ts'
import { Each } from './Each.tsx'
import type { AnswerReply } from './reply.ts'

type Ask = Extract<Extract<Step, { kind: 'question' }>['ask'], { form: 'choice' }>

/** Whole rows to choose from; "I don't know" is one of them. */
export const ChoiceAnswer = (props: { options: Ask['options']; onChange: (reply: AnswerReply) => void }) => {
  const later = useLaterCopy()
  const words = () => later().question
  return (
    <div role="radiogroup" aria-labelledby="heading">
      <Each of={props.options}>
        {(option) => (
          <label class="option">
            <input
              type="radio"
              name="answer"
              onChange={() => props.onChange({ kind: 'option', optionId: option.id })}
            />
            <span>{words().option(option.label)}</span>
          </label>
        )}
      </Each>
      <label class="option">
        <input type="radio" name="answer" onChange={() => props.onChange({ kind: 'dont_know' })} />
        <span class="muted">{words().dontKnow}</span>
      </label>
    </div>
  )
}
