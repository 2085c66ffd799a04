import { onCleanup, onMount, type Accessor } from 'solid-js'

const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, dialog, [contenteditable]') !== null

/** `j` and `k` (or the arrow keys on a row) walk the rows; the panel follows when it is open, Escape closes it. */
export const createRowKeys = (options: {
  rows: Accessor<readonly { readonly id: string }[]>
  openId: Accessor<string | null>
  open: (id: string | null) => void
}): void => {
  const move = (by: number) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-row]')]
    const at = links.findIndex((link) => link === document.activeElement)
    const next = links[Math.min(links.length - 1, Math.max(0, at + by))]
    next?.focus()
    const id = next?.dataset['row']
    if (id !== undefined && options.openId() !== null) options.open(id)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isElsewhere(event.target)) return
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
