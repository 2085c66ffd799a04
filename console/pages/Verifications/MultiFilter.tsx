import { createUniqueId, For, Show, type JSX } from 'solid-js'
import { useCopy } from '../../copy/index.ts'
import { closeOnLeave } from '../../lib/close-on-leave.ts'

/** A value to choose; a group's name is above the first of its options. */
export type Option = { readonly value: string; readonly name: string; readonly group?: string }

type Props = {
  label: string
  options: readonly Option[]
  /** Values chosen, comma-separated. */
  value: string
  /** One value at most. */
  isSingle?: boolean
  onChange: (value: string | null) => void
}

const chosenOf = (value: string): readonly string[] => value.split(',').filter((part) => part !== '')

/** The choice in words: the one name, or the number. */
const wordsOf = ({ label, options, value }: Pick<Props, 'label' | 'options' | 'value'>): string => {
  const chosen = chosenOf(value)
  if (chosen.length === 0) return label
  const [first = ''] = chosen
  const name = options.find((option) => option.value === first)?.name ?? first
  return chosen.length === 1 ? `${label}: ${name}` : `${label}: ${chosen.length}`
}

/** A filter that is set, with the button that takes it away. */
export const Pill = (props: {
  label: string
  isSet: boolean
  onClear: () => void
  children: JSX.Element
}) => {
  const copy = useCopy()
  return (
    <span class="filter" classList={{ set: props.isSet }}>
      {props.children}
      <Show when={props.isSet}>
        <button
          type="button"
          class="clear"
          aria-label={copy().list.clear(props.label)}
          title={copy().list.clear(props.label)}
          onClick={() => props.onClear()}
        >
          <span aria-hidden="true">×</span>
        </button>
      </Show>
    </span>
  )
}

/** One filter with known values: a button that shows the choice, and check boxes below it. */
export const MultiFilter = (props: Props) => (
  <Pill label={props.label} isSet={props.value !== ''} onClear={() => props.onChange(null)}>
    <details class="menu" ref={closeOnLeave}>
      <summary class="button" classList={{ chosen: props.value !== '' }}>
        {wordsOf(props)} <span aria-hidden="true">▾</span>
      </summary>
      <div class="menu-body" role="group" aria-label={props.label}>
        <Options {...props} />
      </div>
    </details>
  </Pill>
)

/** The same inside another menu: it opens in place. */
export const NestedFilter = (props: Props) => (
  <details class="nested">
    <summary>
      {wordsOf(props)} <span aria-hidden="true">▾</span>
    </summary>
    <div class="options" role="group" aria-label={props.label}>
      <Options {...props} />
    </div>
  </details>
)

const Options = (props: Props) => {
  // The page may show the same filter twice; its radio buttons are then two groups.
  const group = createUniqueId()
  const chosen = () => chosenOf(props.value)
  const turn = (value: string) => {
    const isChosen = chosen().includes(value)
    if (props.isSingle) return props.onChange(isChosen ? null : value)
    const next = isChosen ? chosen().filter((one) => one !== value) : [...chosen(), value]
    return props.onChange(next.length === 0 ? null : next.join(','))
  }
  const isFirstOfGroup = (index: number) =>
    props.options[index]?.group !== undefined &&
    props.options[index]?.group !== props.options[index - 1]?.group
  return (
    <For each={props.options}>
      {(option, index) => (
        <>
          <Show when={isFirstOfGroup(index())}>
            <span class="muted small group">{option.group}</span>
          </Show>
          <label class="check">
            <input
              type={props.isSingle ? 'radio' : 'checkbox'}
              name={props.isSingle ? group : undefined}
              checked={chosen().includes(option.value)}
              onChange={() => turn(option.value)}
            />
            {option.name}
          </label>
        </>
      )}
    </For>
  )
}
