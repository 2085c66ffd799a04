import { For, Show } from 'solid-js'
import { evidenceKinds, lockings } from '#domain/policy/policy.ts'
import { numberDoubts } from '#domain/policy/number-check.ts'
import { asksFor } from '#domain/risk/check.ts'
import { channels } from '#domain/verification/verification.ts'
import { useCopy } from '../../copy/index.ts'
import type { Value } from './draft.ts'
import { Duration } from './Duration.tsx'
import { isWait, valueOf } from './words.ts'

type Cap = { max: number; seconds: number }
type Props<T> = { path: string; label: string; value: T; onChange: (value: T) => void }

const choices: Readonly<Record<string, readonly string[]>> = {
  deciders: ['supervisor', 'agent', 'auto'],
  lockAccount: lockings,
  mode: ['live', 'shadow', 'off'],
  classesRequired: evidenceKinds,
  channels,
  numbersNotAlone: numberDoubts,
  numbersRefused: numberDoubts,
}

const choicesOf = (path: string): readonly string[] | undefined => {
  const [name = '', check = ''] = path.split('.').reverse()
  return name === 'asks' ? asksFor(check) : choices[name]
}

const isCaps = (value: Value): value is readonly Cap[] =>
  typeof value === 'object' && value.some((item) => typeof item === 'object')

/** The control of one field: by what it holds. */
export const Control = (props: Props<Value>) => {
  const copy = useCopy()
  return (
    <>
      <Show when={typeof props.value === 'boolean'}>
        <input
          type="checkbox"
          aria-label={props.label}
          checked={props.value === true}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
      </Show>
      <Show when={typeof props.value === 'number' && !isWait(props.path)}>
        <NumberControl {...(props as Props<number>)} />
      </Show>
      <Show when={isWait(props.path)}>
        <Duration {...(props as Props<number>)} />
      </Show>
      <Show when={typeof props.value === 'string'}>
        <select
          aria-label={props.label}
          value={props.value as string}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          <For each={choicesOf(props.path) ?? []}>
            {(choice) => <option value={choice}>{valueOf(copy(), props.path, choice)}</option>}
          </For>
        </select>
      </Show>
      <Show when={isCaps(props.value)}>
        <Caps {...(props as Props<readonly Cap[]>)} />
      </Show>
      <Show when={typeof props.value === 'object' && !isCaps(props.value)}>
        <List {...(props as Props<readonly string[]>)} />
      </Show>
    </>
  )
}

/** Lifetimes are edited in minutes, everything else as it is. */
const NumberControl = (props: Props<number>) => {
  const copy = useCopy()
  const isTime = () => props.path.startsWith('lifetimes.')
  const unit = () => (isTime() ? 60 : 1)
  return (
    <span class="unit">
      <input
        type="number"
        class="number"
        aria-label={isTime() ? `${props.label}, ${copy().policy.minutes}` : props.label}
        step={props.path.startsWith('score.') || /At$/.test(props.path) ? '0.1' : '1'}
        value={props.value / unit()}
        onChange={(event) => {
          const value = event.currentTarget.valueAsNumber * unit()
          if (Number.isFinite(value)) props.onChange(Math.round(value * 1000) / 1000)
        }}
      />
      <Show when={isTime()}>
        <span class="muted small">{copy().policy.minutes}</span>
      </Show>
    </span>
  )
}

const isCountries = (path: string): boolean => path.endsWith('Countries')

const List = (props: Props<readonly string[]>) => {
  const copy = useCopy()
  const known = () => choicesOf(props.path)
  return (
    <Show
      when={known()}
      fallback={
        <input
          type="text"
          class="wide"
          aria-label={`${props.label}. ${isCountries(props.path) ? copy().policy.countriesHint : copy().policy.valuesHint}`}
          value={props.value.join(', ')}
          onChange={(event) => {
            const { value } = event.currentTarget
            const typed = isCountries(props.path) ? value.toUpperCase() : value
            props.onChange(typed.split(/[\s,;]+/).filter(Boolean))
          }}
        />
      }
    >
      {(all) => (
        <fieldset class="tools" aria-label={props.label}>
          <For each={all()}>
            {(choice) => (
              <label class="check">
                <input
                  type="checkbox"
                  checked={props.value.includes(choice)}
                  onChange={(event) => {
                    const others = props.value.filter((value) => value !== choice)
                    props.onChange(event.currentTarget.checked ? [...others, choice] : others)
                  }}
                />
                {valueOf(copy(), props.path, [choice])}
              </label>
            )}
          </For>
        </fieldset>
      )}
    </Show>
  )
}

const Caps = (props: Props<readonly Cap[]>) => {
  const copy = useCopy()
  const replace = (at: number, cap: Cap) =>
    props.onChange(props.value.map((one, index) => (index === at ? cap : one)))
  const whole = (input: HTMLInputElement, or: number) =>
    Number.isFinite(input.valueAsNumber) ? Math.round(input.valueAsNumber) : or
  return (
    <ul class="plain" aria-label={props.label}>
      <For each={props.value.map((_, index) => index)}>
        {(at) => {
          const cap = () => props.value[at] ?? { max: 1, seconds: 60 }
          return (
            <li class="tools">
              <input
                type="number"
                class="number"
                min="1"
                aria-label={`${props.label}: ${copy().policy.atMost}`}
                value={cap().max}
                onChange={(event) => replace(at, { ...cap(), max: whole(event.currentTarget, cap().max) })}
              />
              <span class="muted small">{copy().policy.within}</span>
              <input
                type="number"
                class="number"
                min="1"
                aria-label={`${props.label}: ${copy().policy.within}, ${copy().policy.minutes}`}
                value={cap().seconds / 60}
                onChange={(event) =>
                  replace(at, { ...cap(), seconds: whole(event.currentTarget, cap().seconds / 60) * 60 })
                }
              />
              <span class="muted small">{copy().policy.minutes}</span>
              <Show when={props.value.length > 1}>
                <button
                  type="button"
                  class="quiet"
                  onClick={() => props.onChange(props.value.filter((_, index) => index !== at))}
                >
                  {copy().policy.removeLimit}
                </button>
              </Show>
            </li>
          )
        }}
      </For>
      <Show when={props.value.length < 4}>
        <li>
          <button
            type="button"
            class="quiet"
            onClick={() => props.onChange([...props.value, props.value.at(-1) ?? { max: 1, seconds: 60 }])}
          >
            {copy().policy.addLimit}
          </button>
        </li>
      </Show>
    </ul>
  )
}
