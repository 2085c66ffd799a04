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
  const onKey = (event: KeyboardEvent) => {
    if (!isPlain(event) || isTyping(event.target) || document.querySelector('dialog[open]')) return
    const isOnRow = document.activeElement?.hasAttribute('data-row') === true
    if (event.key === 'Escape' && options.openId() !== null) options.open(null)
    else if (event.key === 'j' || (event.key === 'ArrowDown' && isOnRow)) move(1)
    else if (event.key === 'k' || (event.key === 'ArrowUp' && isOnRow)) move(-1)
    else return
    event.preventDefault()
  }
  onMount(() => document.addEventListener('keydown', onKey))
  onCleanup(() => document.removeEventListener('keydown', onKey))
}
