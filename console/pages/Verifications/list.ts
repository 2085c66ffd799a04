import { createEffect, createSignal, on, type Accessor } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import type { VerificationList, VerificationRow } from '#api/contract/console-verifications.ts'
import { call, faultOf } from '../../api.ts'
import { queryOf, type ListFilters } from './query.ts'
import type { Fault } from '../../copy/sentences.ts'

/** Rows kept in the page at most; older ones are a search or a filter away. */
export const mostRows = 2000
/** Rows fetched one by one after a change; more than that come with the next refresh. */
const mostAtOnce = 10

/** Fetches pages of the list; an answer that a later question overtook is dropped. */
const createPages = (filters: Accessor<ListFilters>) => {
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isLoading, setLoading] = createSignal(false)
  const [isFirst, setFirst] = createSignal(true)
  let current = 0
  const fetchPage = async (cursor: string | null): Promise<VerificationList | null> => {
    const turn = ++current
    setLoading(true)
    try {
      const page = await call('console.listVerifications', { query: queryOf(filters(), cursor) })
      if (turn !== current) return null
      setTrouble(null)
      return page
    } catch (error) {
      if (turn === current) setTrouble(faultOf(error))
      return null
    } finally {
      if (turn === current) {
        setLoading(false)
        setFirst(false)
      }
    }
  }
  return { fetchPage, trouble, isLoading, isFirst }
}

/** The rows on the screen. By id and in place: rows that stay keep their elements, and with them the focus. */
const createRows = () => {
  const [store, setStore] = createStore<{ rows: VerificationRow[] }>({ rows: [] })
  const rows: Accessor<readonly VerificationRow[]> = () => store.rows
  const setRows = (next: readonly VerificationRow[]) =>
    setStore('rows', reconcile([...next], { key: 'id', merge: true }))
  /** Brings one row up to date, without moving what is being read. */
  const refreshRow = async (id: string) => {
    const panel = await call('console.verification', { params: { verificationId: id } }).catch(() => null)
    if (panel) setStore('rows', (row) => row.id === id, panel.row)
  }
  return { rows, setRows, refreshRow }
}

/** The first rows of the list, `least` of them where there are as many; null where a page did not come. */
const firstRows = async (
  fetchPage: (cursor: string | null) => Promise<VerificationList | null>,
  least: number,
): Promise<VerificationList | null> => {
  let all = await fetchPage(null)
  while (all !== null && all.nextCursor !== null && all.rows.length < least) {
    const next = await fetchPage(all.nextCursor)
    all = next && { ...next, rows: [...all.rows, ...next.rows] }
  }
  return all
}

/** Loads the list page by page, keeps it fresh, and announces new rows without moving what is being read. */
export const createList = (filters: Accessor<ListFilters>) => {
  const { rows, setRows, refreshRow } = createRows()
  const { fetchPage, ...status } = createPages(filters)
  const [head, setHead] = createSignal<Omit<VerificationList, 'rows'> | null>(null)
  /** Not shown yet; each move of a case arrives, and the case counts once. */
  const [unseen, setUnseen] = createSignal<ReadonlySet<string>>(new Set())

  const refresh = async () => {
    const page = await fetchPage(null)
    if (!page) return
    const { rows: first, ...rest } = page
    setRows(first)
    setHead(rest)
    setUnseen(new Set<string>())
  }
  const more = async () => {
    const cursor = head()?.nextCursor ?? null
    if (cursor === null || status.isLoading() || rows().length >= mostRows) return
    const page = await fetchPage(cursor)
    if (!page) return
    const { rows: next, ...rest } = page
    const known = new Set(rows().map(({ id }) => id))
    setRows([...rows(), ...next.filter(({ id }) => !known.has(id))])
    setHead(rest)
  }
  /** Rows in view are fetched again; others are counted and shown when the reader asks. */
  const changed = async (ids: readonly string[], isAtTop: boolean) => {
    if (isAtTop) return refresh()
    const shown = new Set(rows().map(({ id }) => id))
    setUnseen(new Set([...unseen(), ...ids].filter((id) => !shown.has(id))))
    const inView = ids.filter((id) => shown.has(id))
    await Promise.all(inView.slice(0, mostAtOnce).map(refreshRow))
    return undefined
  }

  /**
   * Changes may have been missed. A reader who has scrolled keeps the rows they read, brought up to date in place; new cases
   * are announced above the list.
   */
  const catchUp = async (isAtTop: boolean) => {
    const shown = new Set(rows().map(({ id }) => id))
    if (isAtTop || shown.size === 0) return refresh()
    const all = await firstRows(fetchPage, Math.min(mostRows, shown.size))
    if (!all) return undefined
    const { rows: found, ...rest } = all
    setHead(rest)
    setRows(found.filter(({ id }) => shown.has(id)))
    setUnseen(new Set(found.flatMap(({ id }) => (shown.has(id) ? [] : [id]))))
    return undefined
  }

  const key = () => JSON.stringify(queryOf(filters(), null))
  createEffect(on(key, () => void refresh()))
  const newCount = () => unseen().size
  return { rows, head, newCount, ...status, refresh, more, changed, catchUp }
}

/** The state and the acts of `createList`. */
export type List = ReturnType<typeof createList>
