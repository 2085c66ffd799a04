import { A, useNavigate } from '@solidjs/router'
import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import { pathOf } from '#api/contract/client.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { useLive } from '../../lib/live.ts'
import { useMay } from '../../session.tsx'
import { VerificationPanelLoader } from '../Verification/index.tsx'
import { Filters } from './Filters.tsx'
import { createList, mostRows } from './list.ts'
import { queryOf, useFilters } from './query.ts'
import { createRowKeys } from './row-keys.ts'
import { VerificationsTable } from './VerificationsTable.tsx'

/** From here on a verification opens beside the list. */
const wide = '(min-width: 1200px)'
/** As console.css has it. */
const rowHeight = 44

/** The list of verifications, with the open one beside it. */
export const VerificationsPage = () => {
  const copy = useCopy()
  const may = useMay()
  const navigate = useNavigate()
  const { filters, set, reset } = useFilters()
  const list = createList(filters)
  const format = useFormat()
  const [isWide, setWide] = createSignal(matchMedia(wide).matches)
  let scroller: HTMLDivElement | undefined

  const media = matchMedia(wide)
  const follow = () => setWide(media.matches)
  onMount(() => media.addEventListener('change', follow))
  onCleanup(() => media.removeEventListener('change', follow))

  const isAtTop = () => (scroller?.scrollTop ?? 0) < rowHeight
  useLive(
    (ids) => void list.changed(ids, isAtTop()),
    () => void list.refresh(),
  )
  const open = (id: string | null) => {
    if (id !== null && !isWide()) navigate(`/verifications/${id}`)
    else set({ open: id })
  }
  createRowKeys({ openId: () => filters().open ?? null, open })
  const csvPath = () =>
    pathOf(consoleRoutes['console.exportVerifications'], { query: queryOf(filters(), null) })
  const count = () => {
    const head = list.head()
    if (!head) return ''
    return `${format.whole(head.count.value)}${head.count.capped ? '+' : ''}`
  }
  const showNew = () => {
    scroller?.scrollTo({ top: 0 })
    void list.refresh()
  }

  return (
    <div class="split" classList={{ open: isWide() && filters().open !== undefined }}>
      <section class="list" aria-label={copy().rail.verifications}>
        <header class="page-head">
          <h1>
            {copy().rail.verifications} <span class="count">{count()}</span>
          </h1>
          <div class="tools">
            <button type="button" onClick={() => void list.refresh()} disabled={list.isLoading()}>
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
        <Filters
          filters={filters()}
          referrers={list.head()?.referrers ?? []}
          onChange={set}
          onReset={reset}
        />
        <Show when={list.trouble()}>
          {(code) => (
            <div class="inset">
              <Trouble code={code()} onRetry={() => void list.refresh()} />
            </div>
          )}
        </Show>
        <Show when={list.head()?.searchCapped}>
          <p class="muted small inset">{copy().list.searchCapped}</p>
        </Show>
        <div class="scroller" ref={scroller}>
          <Show when={list.newCount() > 0}>
            <button type="button" class="pill" onClick={showNew}>
              {copy().list.fresh(list.newCount())}
            </button>
          </Show>
          <VerificationsTable
            rows={list.rows()}
            openId={filters().open ?? null}
            isLoading={list.isLoading()}
            isFirst={list.isFirst()}
            hasFilters={Object.keys(queryOf({ ...filters(), sort: '', order: '' }, null)).length > 0}
            sort={filters().sort ?? 'started'}
            order={filters().order === 'asc' ? 'asc' : 'desc'}
            onSort={(sort, order) => set({ sort, order })}
            onOpen={open}
            onReset={reset}
          />
          <Show when={list.head()?.nextCursor}>
            <Show
              when={list.rows().length < mostRows}
              fallback={<p class="muted more">{copy().list.atMost}</p>}
            >
              <button type="button" class="more" disabled={list.isLoading()} onClick={() => void list.more()}>
                {copy().list.more}
              </button>
            </Show>
          </Show>
        </div>
      </section>
      <Show when={isWide() ? filters().open : undefined} keyed>
        {(id) => (
          <aside class="side" aria-label={copy().panel.label}>
            <VerificationPanelLoader verificationId={id} onClose={() => open(null)} />
          </aside>
        )}
      </Show>
    </div>
  )
}
