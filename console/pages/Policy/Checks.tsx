import { For, Show } from 'solid-js'
import type { PolicyPage } from '#api/contract/console-policy.ts'
import { useCopy } from '../../copy/index.ts'
import { Control } from './Control.tsx'
import { withWeight } from './draft.ts'
import { Cell, keysOf, Section, type Shown } from './Section.tsx'
import { labelOf } from './words.ts'

const strongest = (weights: Readonly<Record<string, number>>): number =>
  Math.max(0, ...Object.values(weights).map(Math.abs))

/** Modes and weights of the silent checks, and what a hit asks for, by category. */
export const Checks = (props: Shown) => {
  const copy = useCopy()
  return (
    <Section name="checks">
      <div class="scroll-x" role="group" aria-label={copy().policy.sections.checks} tabindex="0">
        <table class="policy-table">
          <thead>
            <tr>
              <th scope="col">{copy().policy.check}</th>
              <th scope="col">{copy().policy.fields['mode']}</th>
              <th scope="col">{copy().policy.fields['asks']}</th>
              <th scope="col" class="number">
                {copy().policy.fields['weight']}
              </th>
            </tr>
          </thead>
          <For each={keysOf(copy().categories)}>
            {(category) => (
              <tbody>
                <tr>
                  <th scope="rowgroup" colspan="4" class="muted">
                    {copy().categories[category]}
                  </th>
                </tr>
                <For each={props.checks.filter((check) => check.category === category)}>
                  {(check) => <CheckRow {...props} check={check} />}
                </For>
              </tbody>
            )}
          </For>
        </table>
      </div>
    </Section>
  )
}

const CheckRow = (props: Shown & { check: PolicyPage['checks'][number] }) => {
  const copy = useCopy()
  const place = () => `score.checks.${props.check.code}`
  const setting = () => props.policy.score.checks[props.check.code]
  const weight = () => setting()?.weight ?? strongest({ ...props.check.weights, ...setting()?.weights })
  return (
    <tr>
      <th scope="row">
        {copy().checkName(props.check.code)} <code class="muted">{props.check.code}</code>
      </th>
      <td>
        <Cell {...props} path={`${place()}.mode`} value={setting()?.mode ?? props.check.mode} />
      </td>
      <td class="asks">
        <Cell {...props} path={`${place()}.asks`} value={setting()?.asks ?? props.check.asks} />
      </td>
      <td class="number">
        <Show when={strongest(props.check.weights) > 0 && props.onChange} fallback={weight() || '–'}>
          {(change) => (
            <Control
              path={`${place()}.weight`}
              label={labelOf(copy(), `${place()}.weight`)}
              value={weight()}
              onChange={(value) => change()(withWeight(props.policy, props.check.code, Number(value)))}
            />
          )}
        </Show>
      </td>
    </tr>
  )
}
