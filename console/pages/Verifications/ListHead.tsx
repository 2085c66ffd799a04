import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import { pathOf } from '#api/contract/client.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { call } from '../../api.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { useMay } from '../../session.tsx'
import { askStepUp } from '../../step-up.ts'
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
  /** A browser that follows a link cannot be asked for a passkey on the way, so it is asked before. */
  const download = async (event: MouseEvent & { currentTarget: HTMLAnchorElement }) => {
    event.preventDefault()
    const { href } = event.currentTarget
    const session = await call('console.session', {}).catch(() => null)
    if (session === null || !session.asksStepUp || (await askStepUp())) location.assign(href)
  }
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
          <a
            class="button"
            href={csvPath()}
            download=""
            rel="external"
            onClick={(event) => void download(event)}
          >
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
