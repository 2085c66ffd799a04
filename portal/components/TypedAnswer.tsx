import { Show } from 'solid-js'
import type { Step } from '#api/contract/portal.ts'
import { useLaterCopy } from '../copy/later.ts'
import { AidLine } from './AidLine.tsx'
import { MonthField } from './MonthField.tsx'
import type { AnswerReply } from './reply.ts'

type Ask = Extract<Extract<Step, { kind: 'question' }>['ask'], { form: 'typed' }>

const replyOf = (text: string): AnswerReply | null =>
  text.trim() === '' ? null : { kind: 'text', text: text.trim() }

/** The field of a typed question. */
export const TypedAnswer = (props: {
  field: Ask['field']
  onChange: (reply: AnswerReply | null) => void
}) => {
  const later = useLaterCopy()
  const isYear = () => props.field.kind === 'year'
  const changed = (text: string) => props.onChange(replyOf(text))
  return (
    <>
      <Show when={props.field.kind !== 'month'} fallback={<MonthField onChange={changed} />}>
        <div class="field">
          <label for="reply">{isYear() ? later().question.year : later().question.answer}</label>
          <input
            id="reply"
            type="text"
            inputmode={isYear() ? 'numeric' : 'text'}
            aria-describedby="heading"
            autocomplete="off"
            autocapitalize={props.field.kind === 'characters' ? 'characters' : 'words'}
            spellcheck={false}
            maxlength={props.field.maxLength}
            onInput={(event) => changed(event.currentTarget.value)}
          />
        </div>
      </Show>
      <AidLine />
    </>
  )
}
