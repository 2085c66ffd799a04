import { Show } from 'solid-js'

/** One real input for digits: numeric keyboard, no autofill, since the digits are read by voice or shown here. */
export const DigitsField = (props: {
  id: string
  label: string
  length: number
  value: string
  error: string | null
  onInput: (digits: string) => void
}) => (
  <div class="field">
    <label for={props.id}>{props.label}</label>
    <input
      id={props.id}
      class="digits"
      classList={{ short: props.length < 6 }}
      type="text"
      inputmode="numeric"
      autocomplete="off"
      maxlength={props.length + 2}
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
