import { render } from '@solidjs/testing-library'
import { expect, it, vi } from 'vitest'
import { closeOnLeave } from './close-on-leave.ts'

/** A menu whose body ends at `right`, pixels from the left of a window of 1440. */
const menuEndingAt = (right: number): HTMLDetailsElement => {
  vi.spyOn(document.documentElement, 'clientWidth', 'get').mockReturnValue(1440)
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(right - 260, 0, 260, 100))
  const { container } = render(() => (
    <details class="menu" ref={closeOnLeave}>
      <summary>More</summary>
      <div class="menu-body">Filters</div>
    </details>
  ))
  const menu = container.querySelector('details')
  if (menu === null) throw new Error('the menu is there')
  return menu
}

const toggle = async (menu: HTMLDetailsElement, open: boolean): Promise<void> => {
  menu.open = open
  await new Promise((resolve) => setTimeout(resolve, 0))
}

it('a menu that would end outside the window opens to the other side, each time it is opened', async () => {
  const menu = menuEndingAt(1520)
  for (let time = 0; time < 2; time += 1) {
    await toggle(menu, true)
    expect(menu.classList.contains('end')).toBe(true)
    await toggle(menu, false)
    expect(menu.classList.contains('end')).toBe(false)
  }
})

it('a menu that fits stays on its side', async () => {
  const menu = menuEndingAt(1400)
  await toggle(menu, true)
  expect(menu.classList.contains('end')).toBe(false)
})
