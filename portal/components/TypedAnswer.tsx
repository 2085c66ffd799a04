import { createSignal, For, Show } from 'solid-js'
import type { Step } from '#api/contract/portal.ts'
import { useLaterCopy } from '../copy/later.ts'

type Ask = Extract<Extract<Step, { kind: 'question' }>['ask'], { form: 'typed' }>

/** The field of a typed question; a month is asked in two fields, so that 03/04 cannot be misread. */
export const TypedAnswer = (props: { field: Ask['field']; onChange: (text: string) => void }) => {
  const later = useLaterCopy()
  const [month, setMonth] = createSignal('')
  const [year, setYear] = createSignal('')
  const changed = () =>
    props.onChange(month() !== '' && year().length === 4 ? `${year()}-${month().padStart(2, '0')}` : '')
  return (
    <Show
      when={props.field.kind === 'month'}
      fallback={
        <div class="field">
          <label for="reply">{later().question.answer}</label>
          <input
            id="reply"
            type="text"
            autocomplete="off"
            autocapitalize={props.field.kind === 'characters' ? 'characters' : 'words'}
            spellcheck={false}
            maxlength={props.field.maxLength}
            onInput={(event) => props.onChange(event.currentTarget.value)}
          />
        </div>
      }
    >
      <div class="field pair">
        <div>
          <label for="month">{later().question.month}</label>
          <select
            id="month"
            onChange={(event) => {
              setMonth(event.currentTarget.value)
              changed()
            }}
          >
            <option value="" />
            <For each={later().question.months}>
              {(name, index) => <option value={String(index() + 1)}>{name}</option>}
            </For>
          </select>
        </div>
        <div>
          <label for="year">{later().question.year}</label>
          <input
            id="year"
            type="text"
            inputmode="numeric"
            maxlength="4"
            autocomplete="off"
            onInput={(event) => {
              setYear(event.currentTarget.value.replace(/\D/g, ''))
              changed()
            }}
          />
        </div>
      </div>
    </Show>
  )
}
