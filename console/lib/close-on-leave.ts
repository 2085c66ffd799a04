import { onCleanup, onMount } from 'solid-js'

/** Closes a `<details>` menu when one clicks elsewhere, moves the focus out, or presses Escape. */
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
  })
  onCleanup(() => {
    document.removeEventListener('pointerdown', close)
    document.removeEventListener('focusin', close)
  })
}
