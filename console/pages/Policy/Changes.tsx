import { For, Show } from 'solid-js'
import type { PolicyChange, Weakened } from '#api/contract/console-policy.ts'
import { useCopy } from '../../copy/index.ts'
import { labelOf, valueOf } from './words.ts'

/** Shows the changes, field by field, and which of them weaken. */
export const Changes = (props: { changes: readonly PolicyChange[]; weakened: readonly Weakened[] }) => {
  const copy = useCopy()
  const weakenedBy = (path: string) => props.weakened.find((one) => one.path === path)?.by
  return (
    <div class="scroll-x" role="group" aria-label={copy().policy.changes} tabindex="0">
      <table class="policy-table">
        <thead>
          <tr>
            <th scope="col">{copy().policy.field}</th>
            <th scope="col">{copy().policy.before}</th>
            <th scope="col">{copy().policy.after}</th>
            <th scope="col">{copy().policy.effect}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.changes}>
            {({ path, before, after }) => (
              <tr>
                <th scope="row">{labelOf(copy(), path)}</th>
                <td>{valueOf(copy(), path, before)}</td>
                <td>{valueOf(copy(), path, after)}</td>
                <td>
                  <Show when={weakenedBy(path)}>
                    {(by) => (
                      <>
                        <span class="tag elevated">{copy().policy.weakens}</span>{' '}
                        <span class="muted small">{copy().policy.weakenedBy[by()]}</span>
                      </>
                    )}
                  </Show>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}
