import { For, Show } from 'solid-js'
import { listColumns } from '#domain/verification/list-columns.ts'
import { useCopy } from '../../copy/index.ts'
import { closeOnLeave } from '../../lib/close-on-leave.ts'
import type { Columns } from './columns.ts'

/** Which columns the table shows. The participant stays: a row is opened by it. */
export const ColumnMenu = (props: { columns: Columns }) => {
  const copy = useCopy()
  return (
    <details class="menu" ref={closeOnLeave}>
      <summary class="button" classList={{ chosen: props.columns.chosen() !== null }}>
        {copy().list.columns} <span aria-hidden="true">▾</span>
      </summary>
      <div class="menu-body" role="group" aria-label={copy().list.columns}>
        <For each={listColumns}>
          {(column) => (
            <label class="check">
              <input
                type="checkbox"
                checked={props.columns.ticked().includes(column)}
                disabled={column === 'participant'}
                onChange={() => props.columns.turn(column)}
              />
              {copy().columns[column]}
            </label>
          )}
        </For>
        <Show
          when={props.columns.chosen() !== null}
          fallback={<p class="muted small">{copy().list.columnsHint}</p>}
        >
          <button type="button" onClick={() => props.columns.reset()}>
            {copy().list.columnsReset}
          </button>
        </Show>
      </div>
    </details>
  )
}
