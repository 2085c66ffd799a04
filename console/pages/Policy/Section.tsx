import { Show, type JSX } from 'solid-js'
import type { Policy, PolicyPage } from '#api/contract/console-policy.ts'
import { useCopy } from '../../copy/index.ts'
import { Control } from './Control.tsx'
import { withField, type Value } from './draft.ts'
import { labelOf, valueOf } from './words.ts'

/** A policy that is read, or edited where `onChange` is given. */
export type Shown = {
  readonly policy: Policy
  readonly checks: PolicyPage['checks']
  readonly onChange?: ((policy: Policy) => void) | undefined
}

/** Keys of a section, typed. */
export const keysOf = <T extends object>(value: T): (keyof T & string)[] =>
  Object.keys(value) as (keyof T & string)[]

/** Sections of the page. */
export type SectionName =
  | 'rules'
  | 'thresholds'
  | 'onlyRecorded'
  | 'checks'
  | 'questions'
  | 'limits'
  | 'contacts'
  | 'lifetimes'
  | 'reports'
  | 'signIn'

/** A card with a heading and a sentence. */
export const Section = (props: { name: SectionName; children: JSX.Element }) => {
  const copy = useCopy()
  const id = () => `policy-${props.name}`
  return (
    <section class="card policy-section" aria-labelledby={id()}>
      <h2 id={id()}>{copy().policy.sections[props.name]}</h2>
      <p class="muted">{copy().policy.notes[props.name]}</p>
      {props.children}
    </section>
  )
}

/** One field: its words, or its control. */
export const Cell = (props: Shown & { path: string; value: Value }) => {
  const copy = useCopy()
  return (
    <Show when={props.onChange} fallback={valueOf(copy(), props.path, props.value)}>
      {(change) => (
        <Control
          path={props.path}
          label={labelOf(copy(), props.path)}
          value={props.value}
          onChange={(value) => change()(withField(props.policy, props.path, value))}
        />
      )}
    </Show>
  )
}
