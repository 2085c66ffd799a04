import { useNavigate } from '@solidjs/router'
import { createSignal, onCleanup, onMount, Show, type Accessor } from 'solid-js'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useLive } from '../../lib/live.ts'
import { VerificationPanelLoader } from '../Verification/index.tsx'
import { createColumns, type Columns } from './columns.ts'
import { Filters } from './Filters.tsx'
import { ListHead } from './ListHead.tsx'
import { createList, mostRows, type List } from './list.ts'
import { isFiltered, useFilters, type ListFilters } from './query.ts'
import { createRowKeys } from './row-keys.ts'
import { VerificationsTable } from './VerificationsTable.tsx'

/** From here on a verification opens beside the list. */
const wide = '(min-width: 1200px)'
/** As styles/list.css has it. */
const rowHeight = 44

/** True if there is room beside the list. Paper is narrower than the window: the side panel is printed all the same. */
const useIsWide = (): Accessor<boolean> => {
  const media = matchMedia(wide)
  const [isWide, setWide] = createSignal(media.matches)
  const paper = matchMedia('print')
  const follow = () => {
    if (!paper.matches) setWide(media.matches)
  }
  onMount(() => media.addEventListener('change', follow))
  onCleanup(() => media.removeEventListener('change', follow))
  return isWide
}

/** The list of verifications, with the open one beside it. */
export const VerificationsPage = () => {
  const copy = useCopy()
  const navigate = useNavigate()
  const { filters, set, reset } = useFilters()
  const list = createList(filters)
  const isWide = useIsWide()
  let scroller: HTMLDivElement | undefined

  const isAtTop = () => (scroller?.scrollTop ?? 0) < rowHeight
  useLive(
    (ids) => void list.changed(ids, isAtTop()),
    () => void list.catchUp(isAtTop()),
  )
  const open = (id: string | null) => {
    if (id !== null && !isWide()) navigate(`/verifications/${id}`)
    else set({ open: id })
  }
  const openId = () => filters().open ?? null
  const isBesidePanel = () => isWide() && openId() !== null
  const columns = createColumns(filters, set, isBesidePanel)
  createRowKeys({ openId, open })
  return (
    <div class="split" classList={{ open: isBesidePanel() }}>
      <section class="list" aria-label={copy().rail.verifications}>
        <ListHead list={list} filters={filters()} columns={columns} />
        <Filters
          filters={filters()}
          referrers={list.head()?.referrers ?? []}
          personName={list.rows()[0]?.participant.name}
          onChange={set}
          onReset={reset}
        />
        <Notes list={list} />
        <div class="scroller" ref={scroller}>
          <Rows
            list={list}
            columns={columns}
            filters={filters()}
            onChange={set}
            onOpen={open}
            onReset={reset}
          />
        </div>
      </section>
      <Show when={isWide() ? openId() : null} keyed>
        {(id) => (
          <aside class="side" aria-label={copy().panel.label}>
            <VerificationPanelLoader verificationId={id} onClose={() => open(null)} />
          </aside>
        )}
      </Show>
    </div>
  )
}

const Notes = (props: { list: List }) => {
  const copy = useCopy()
  return (
    <>
      <Show when={props.list.trouble()}>
        {(fault) => (
          <div class="inset">
            <Trouble fault={fault()} onRetry={() => void props.list.refresh()} />
          </div>
        )}
      </Show>
      <Show when={props.list.head()?.searchCapped}>
        <p class="muted small inset">{copy().list.searchCapped}</p>
      </Show>
    </>
  )
}

const Rows = (props: {
  list: List
  columns: Columns
  filters: ListFilters
  onChange: (change: { sort: string; order: string }) => void
  onOpen: (id: string) => void
  onReset: () => void
}) => {
  const copy = useCopy()
  const showNew = (event: MouseEvent & { currentTarget: HTMLElement }) => {
    event.currentTarget.parentElement?.scrollTo({ top: 0 })
    void props.list.refresh()
  }
  return (
    <>
      <Show when={props.list.newCount() > 0}>
        <button type="button" class="pill" onClick={showNew}>
          {copy().list.fresh(props.list.newCount())}
        </button>
      </Show>
      <VerificationsTable
        columns={props.columns.shown()}
        hasChosen={props.columns.chosen() !== null}
        rows={props.list.rows()}
        openId={props.filters.open ?? null}
        isLoading={props.list.isLoading()}
        isFirst={props.list.isFirst()}
        hasTrouble={props.list.trouble() !== null}
        hasFilters={isFiltered(props.filters)}
        sort={props.filters.sort ?? 'started'}
        order={props.filters.order === 'asc' ? 'asc' : 'desc'}
        onSort={(sort, order) => props.onChange({ sort, order })}
        onOpen={props.onOpen}
        onReset={props.onReset}
      />
      <More list={props.list} />
    </>
  )
}

const More = (props: { list: List }) => {
  const copy = useCopy()
  return (
    <Show when={props.list.head()?.nextCursor}>
      <Show
        when={props.list.rows().length < mostRows}
        fallback={<p class="muted more">{copy().list.atMost}</p>}
      >
        <button
          type="button"
          class="more"
          disabled={props.list.isLoading()}
          onClick={() => void props.list.more()}
        >
          {copy().list.more}
        </button>
      </Show>
    </Show>
  )
}
