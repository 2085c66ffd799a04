import { createSignal, onCleanup, onMount, type Accessor } from 'solid-js'
import { listColumns, type ListColumn } from '#domain/verification/list-columns.ts'
import { useSession } from '../../session.tsx'
import type { FilterChange, ListFilters } from './query.ts'

/** Which widths leave out what, the widest first; styles/narrow.css has the same for everything around. */
const widths: readonly { readonly least: string; readonly without: readonly ListColumn[] }[] = [
  { least: '1401px', without: [] },
  { least: '1201px', without: ['feedback', 'completed'] },
  { least: '961px', without: ['feedback', 'completed', 'ticket', 'state'] },
  { least: '641px', without: ['feedback', 'completed', 'ticket', 'state', 'referrer', 'channel'] },
]
const onPhones: readonly ListColumn[] = ['participant', 'outcome', 'risk']
const besidePanel: readonly ListColumn[] = ['participant', 'outcome', 'risk', 'started']

/** Columns by their names, in the table's order; unknown names are left out, and the participant is always there. */
const columnsOf = (names: readonly string[]): readonly ListColumn[] =>
  listColumns.filter((column) => column === 'participant' || names.includes(column))

/** As many columns as the window has room for. */
const useFitting = (): Accessor<readonly ListColumn[]> => {
  const media = widths.map(({ least }) => matchMedia(`(min-width: ${least})`))
  const now = () => {
    const at = media.findIndex(({ matches }) => matches)
    const { without } = widths[at] ?? { without: listColumns.filter((column) => !onPhones.includes(column)) }
    return listColumns.filter((column) => !without.includes(column))
  }
  const [fitting, setFitting] = createSignal(now())
  const follow = () => setFitting(now())
  onMount(() => {
    for (const one of media) one.addEventListener('change', follow)
  })
  onCleanup(() => {
    for (const one of media) one.removeEventListener('change', follow)
  })
  return fitting
}

/** The columns that this member of staff chose in this browser, or null: a preference, nothing sensitive (F11). */
const useKept = () => {
  const session = useSession()
  const place = () => `countersign.columns.${session().staff.id}`
  const read = (): readonly ListColumn[] | null => {
    const text = localStorage.getItem(place())
    return text === null ? null : columnsOf(text.split(','))
  }
  const [kept, show] = createSignal(read())
  const keep = (columns: readonly ListColumn[] | null) => {
    if (columns === null) localStorage.removeItem(place())
    else localStorage.setItem(place(), columns.join(','))
    show(() => columns)
  }
  return { kept, keep }
}

/**
 * The columns of the table: those of the address (a view's), else those that the reader chose, else as many as fit. Beside
 * an open panel there is room for four of them.
 */
export const createColumns = (
  filters: Accessor<ListFilters>,
  set: (change: FilterChange) => void,
  isBesidePanel: Accessor<boolean>,
) => {
  const fitting = useFitting()
  const { kept, keep } = useKept()
  const ofAddress = () => {
    const text = filters().columns
    return text === undefined || text === '' ? null : columnsOf(text.split(','))
  }
  const chosen = () => ofAddress() ?? kept()
  const ticked = () => chosen() ?? fitting()
  const shown = () =>
    isBesidePanel() ? besidePanel.filter((column) => chosen()?.includes(column) ?? true) : ticked()
  const turn = (column: ListColumn) => {
    const next = ticked().includes(column)
      ? ticked().filter((one) => one !== column)
      : columnsOf([...ticked(), column])
    if (ofAddress() === null) keep(next)
    else set({ columns: next.join(',') })
  }
  const reset = () => {
    keep(null)
    set({ columns: null })
  }
  return { shown, ticked, chosen, turn, reset }
}

/** The state and the acts of `createColumns`. */
export type Columns = ReturnType<typeof createColumns>
