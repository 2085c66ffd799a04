import { onCleanup, onMount } from 'solid-js'

/** A menu that would end outside the window opens to the other side of its button. */
const keepInWindow = (menu: HTMLDetailsElement): void => {
  const body = menu.querySelector('.menu-body')
  if (!menu.open || body === null || menu.classList.contains('end')) return
  if (body.getBoundingClientRect().right <= document.documentElement.clientWidth) return
  menu.classList.add('end')
  menu.addEventListener('toggle', () => menu.classList.remove('end'), { once: true })
}

/**
 * Closes a `<details>` menu when one clicks elsewhere, moves the focus out, or presses Escape, and keeps it inside the
 * window while it is open.
 */
export const closeOnLeave = (menu: HTMLDetailsElement): void => {
  const close = (event: Event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.open) return
    event.stopPropagation()
    menu.open = false
    menu.querySelector('summary')?.focus()
  }
  onMount(() => {
    document.addEventListener('pointerdown', close)
    document.addEventListener('focusin', close)
    menu.addEventListener('keydown', onKey)
    menu.addEventListener('toggle', () => {
      keepInWindow(menu)
    })
  })
  onCleanup(() => {
    document.removeEventListener('pointerdown', close)
    document.removeEventListener('focusin', close)
  })
}
