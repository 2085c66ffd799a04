import { createEffect, Show } from 'solid-js'

/** One real input for digits: numeric keyboard, and no autofill but for codes that come by a message. */
export const DigitsField = (props: {
  id: string
  label: string
  length: number
  value: string
  error: string | null
  autocomplete?: 'off' | 'one-time-code'
  onInput: (digits: string) => void
}) => {
  let field: HTMLInputElement | undefined
  createEffect(() => {
    if (props.error !== null) field?.focus()
  })
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <input
        ref={field}
        id={props.id}
        class="digits"
        type="text"
        inputmode="numeric"
        autocomplete={props.autocomplete ?? 'off'}
        style={{ '--length': props.length }}
        value={props.value}
        aria-invalid={props.error !== null}
        aria-describedby={props.error === null ? undefined : `${props.id}-error`}
        onInput={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, props.length)
          // The field itself must follow when a letter was refused.
          event.currentTarget.value = digits
          props.onInput(digits)
        }}
      />
      <Show when={props.error}>
        {(error) => (
          <p id={`${props.id}-error`} class="error" role="alert">
            {error()}
          </p>
        )}
      </Show>
    </div>
  )
}
