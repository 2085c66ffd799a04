import { createEffect, createSignal, on, type Accessor } from 'solid-js'
import type { VerificationList, VerificationRow } from '#api/contract/console-verifications.ts'
import { call, codeOf } from '../../api.ts'
import { queryOf, type ListFilters } from './query.ts'

/** Rows kept in the page at most; older ones are a search or a filter away. */
const mostRows = 2000

/** Loads the list page by page, keeps it fresh, and tells of new rows without moving what is being read. */
export const createList = (filters: Accessor<ListFilters>) => {
  const [rows, setRows] = createSignal<readonly VerificationRow[]>([])
  const [head, setHead] = createSignal<Omit<VerificationList, 'rows'> | null>(null)
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [isLoading, setLoading] = createSignal(false)
  const [newCount, setNewCount] = createSignal(0)
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
      if (turn === current) setTrouble(codeOf(error))
      return null
    } finally {
      if (turn === current) setLoading(false)
    }
  }

  const refresh = async () => {
    const page = await fetchPage(null)
    if (!page) return
    const { rows: first, ...rest } = page
    setRows(first)
    setHead(rest)
    setNewCount(0)
  }

  const more = async () => {
    const cursor = head()?.nextCursor ?? null
    if (cursor === null || isLoading() || rows().length >= mostRows) return
    const page = await fetchPage(cursor)
    if (!page) return
    const { rows: next, ...rest } = page
    setRows([...rows(), ...next])
    setHead(rest)
  }

  /** Rows in view are fetched again; others are counted and shown when the reader asks. */
  const changed = async (ids: readonly string[], isAtTop: boolean) => {
    const shown = new Set(rows().map((row) => row.id))
    const unseen = ids.filter((id) => !shown.has(id)).length
    if (isAtTop) return refresh()
    setNewCount(newCount() + unseen)
    if (unseen < ids.length) await refreshShown()
    return undefined
  }

  /** Brings the first page up to date in place, without adding rows above what is being read. */
  const refreshShown = async () => {
    const page = await fetchPage(null)
    if (!page) return
    const fresh = new Map(page.rows.map((row) => [row.id, row]))
    setRows(rows().map((row) => fresh.get(row.id) ?? row))
  }

  const key = () => JSON.stringify(queryOf(filters(), null))
  createEffect(on(key, () => void refresh()))

  return { rows, head, trouble, isLoading, newCount, refresh, more, changed }
}

/** What `createList` gives. */
export type List = ReturnType<typeof createList>
