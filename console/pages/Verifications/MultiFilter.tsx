import { For } from 'solid-js'
import { closeOnLeave } from '../../lib/close-on-leave.ts'

type Option = { value: string; name: string }

/** One filter with several values: a button that tells what is chosen, and check boxes below it. */
export const MultiFilter = (props: {
  label: string
  options: readonly Option[]
  value: string
  onChange: (value: string | null) => void
}) => {
  const chosen = () => props.value.split(',').filter((part) => part !== '')
  const summary = () => {
    const names = props.options
      .filter((option) => chosen().includes(option.value))
      .map((option) => option.name)
    if (chosen().length === 0) return props.label
    return names.length === 1 ? `${props.label}: ${names[0] ?? ''}` : `${props.label}: ${chosen().length}`
  }
  const turn = (value: string) => {
    const next = chosen().includes(value) ? chosen().filter((one) => one !== value) : [...chosen(), value]
    props.onChange(next.length === 0 ? null : next.join(','))
  }
  return (
    <details class="menu" ref={closeOnLeave}>
      <summary class="button" classList={{ chosen: chosen().length > 0 }}>
        {summary()} <span aria-hidden="true">▾</span>
      </summary>
      <div class="menu-body" role="group" aria-label={props.label}>
        <For each={props.options}>
          {(option) => (
            <label class="check">
              <input
                type="checkbox"
                checked={chosen().includes(option.value)}
                onChange={() => turn(option.value)}
              />
              {option.name}
            </label>
          )}
        </For>
      </div>
    </details>
  )
}
