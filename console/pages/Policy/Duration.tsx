import { createSignal, For } from 'solid-js'
import { useCopy } from '../../copy/index.ts'

/** Seconds of a unit, the largest first. */
const units = { days: 86_400, hours: 3600, minutes: 60 } as const
type Unit = keyof typeof units

/** The smallest first, as people choose. */
const choices: readonly Unit[] = ['minutes', 'hours', 'days']

/** The largest unit in which the time is a whole number; nothing yet is most often some hours. */
const unitOf = (seconds: number): Unit =>
  seconds === 0
    ? 'hours'
    : ((Object.keys(units) as Unit[]).find((unit) => seconds % units[unit] === 0) ?? 'minutes')

/** A time of any length, typed as a number and its unit; `value` is in seconds. */
export const Duration = (props: { label: string; value: number; onChange: (seconds: number) => void }) => {
  const copy = useCopy()
  // eslint-disable-next-line solid/reactivity -- what is chosen later is the reader's, whatever the value has become
  const [unit, setUnit] = createSignal<Unit>(unitOf(props.value))
  const shown = () => Math.round((props.value / units[unit()]) * 100) / 100
  const change = (count: number) => {
    if (Number.isFinite(count) && count >= 0) props.onChange(Math.round(count * units[unit()]))
  }
  return (
    <span class="unit">
      <input
        type="number"
        class="number"
        min="0"
        step="any"
        aria-label={props.label}
        value={shown()}
        onChange={(event) => {
          change(event.currentTarget.valueAsNumber)
        }}
      />
      <select
        aria-label={copy().policy.unitOf(props.label)}
        value={unit()}
        onChange={(event) => {
          const count = shown()
          setUnit(event.currentTarget.value as Unit)
          change(count)
        }}
      >
        <For each={choices}>{(choice) => <option value={choice}>{copy().policy.units[choice]}</option>}</For>
      </select>
    </span>
  )
}
