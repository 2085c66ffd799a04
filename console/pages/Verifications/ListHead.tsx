import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { pathOf } from '#api/contract/client.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { callForFile, faultOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useMay } from '../../session.tsx'
import { ColumnMenu } from './ColumnMenu.tsx'
import type { Columns } from './columns.ts'
import type { List } from './list.ts'
import { queryOf, type ListFilters } from './query.ts'
import { ViewsMenu } from './ViewsMenu.tsx'
import type { Fault } from '../../copy/sentences.ts'

/** Shows the number of rows, views and columns, and the acts on all rows. */
export const ListHead = (props: { list: List; filters: ListFilters; columns: Columns }) => {
  const copy = useCopy()
  const may = useMay()
  const format = useFormat()
  const count = () => {
    const head = props.list.head()
    return head ? `${format.whole(head.count.value)}${head.count.capped ? '+' : ''}` : ''
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
          <Export filters={props.filters} />
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

/** The list as a file. Fetched rather than followed as a link: a browser that only follows cannot be asked for a passkey. */
const Export = (props: { filters: ListFilters }) => {
  const copy = useCopy()
  const [isSaving, setSaving] = createSignal(false)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const query = () => queryOf(props.filters, null)
  const download = async (event: MouseEvent) => {
    event.preventDefault()
    if (isSaving()) return
    setTrouble(null)
    setSaving(true)
    try {
      const file = await callForFile('console.exportVerifications', { query: query() })
      saveFile(await file.blob(), 'verifications.csv')
    } catch (error) {
      setTrouble(faultOf(error))
    } finally {
      setSaving(false)
    }
  }
  return (
    <>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} />}</Show>
      <a
        class="button"
        href={pathOf(consoleRoutes['console.exportVerifications'], { query: query() })}
        download="verifications.csv"
        rel="external"
        aria-disabled={isSaving()}
        onClick={(event) => void download(event)}
      >
        {isSaving() ? copy().list.exporting : copy().list.export}
      </a>
    </>
  )
}
