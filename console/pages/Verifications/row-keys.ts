import { onCleanup, onMount, type Accessor } from 'solid-js'
import { isPlain, isTyping } from '../../lib/typing.ts'

/** `j` and `k` (or the arrow keys on a row) walk the rows; the panel follows when it is open, Escape closes it. */
export const createRowKeys = (options: {
  openId: Accessor<string | null>
  open: (id: string | null) => void
}): void => {
  const move = (by: number) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-row]')]
    const open = options.openId()
    const focused = links.findIndex((link) => link === document.activeElement)
    // With the focus in the panel, the open row is where one is.
    const at = focused >= 0 ? focused : links.findIndex((link) => link.dataset['row'] === open)
    const next = links[Math.min(links.length - 1, Math.max(0, at + by))]
    next?.focus()
    const id = next?.dataset['row']
    if (id !== undefined && open !== null) options.open(id)
  }
  const actOf = (key: string): (() => void) | undefined => {
    const isOnRow = document.activeElement?.hasAttribute('data-row') === true
    const steps: Readonly<Record<string, number>> = isOnRow
      ? { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }
      : { j: 1, k: -1 }
    const by = steps[key]
    if (by !== undefined) return () => move(by)
    return key === 'Escape' && options.openId() !== null ? () => options.open(null) : undefined
  }
  const onKey = (event: KeyboardEvent) => {
    if (!isPlain(event) || isTyping(event.target) || document.querySelector('dialog[open]')) return
    const act = actOf(event.key)
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  onMount(() => document.addEventListener('keydown', onKey))
  onCleanup(() => document.removeEventListener('keydown', onKey))
}
