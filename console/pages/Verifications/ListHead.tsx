import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import { pathOf } from '#api/contract/client.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { useMay } from '../../session.tsx'
import { ColumnMenu } from './ColumnMenu.tsx'
import type { Columns } from './columns.ts'
import type { List } from './list.ts'
import { queryOf, type ListFilters } from './query.ts'
import { ViewsMenu } from './ViewsMenu.tsx'

/** How many there are, views and columns, and what can be done with all of them. */
export const ListHead = (props: { list: List; filters: ListFilters; columns: Columns }) => {
  const copy = useCopy()
  const may = useMay()
  const format = useFormat()
  const count = () => {
    const head = props.list.head()
    return head ? `${format.whole(head.count.value)}${head.count.capped ? '+' : ''}` : ''
  }
  const csvPath = () =>
    pathOf(consoleRoutes['console.exportVerifications'], { query: queryOf(props.filters, null) })
  return (
    <header class="page-head">
      <div class="tools">
        <h1>
          {copy().rail.verifications} <span class="count">{count()}</span>
        </h1>
        <ViewsMenu filters={props.filters} columns={props.columns} />
      </div>
      <div class="tools">
        <ColumnMenu columns={props.columns} />
        <button type="button" onClick={() => void props.list.refresh()} disabled={props.list.isLoading()}>
          {copy().list.refresh}
        </button>
        <Show when={may('verifications.export')}>
          <a class="button" href={csvPath()} download="" rel="external">
            {copy().list.export}
          </a>
        </Show>
        <Show when={may('verifications.start')}>
          <A class="button main" href="/people">
            {copy().list.send}
          </A>
        </Show>
      </div>
    </header>
  )
}
