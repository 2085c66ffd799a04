/** A journey operates a page by pointer, or by keyboard alone. */
import { expect, type Locator, type Page } from '@playwright/test'

/** Both ways can do this. Every action waits for its element as a person would. */
export type Hands = {
  readonly press: (target: Locator) => Promise<void>
  readonly type: (target: Locator, text: string) => Promise<void>
  /** One radio of a group. */
  readonly choose: (target: Locator) => Promise<void>
  readonly select: (target: Locator, value: string) => Promise<void>
}

/** Pointer or finger. */
export const pointer: Hands = {
  press: (target) => target.click(),
  type: async (target, text) => {
    await target.click()
    await target.pressSequentially(text)
  },
  choose: (target) => target.check(),
  select: async (target, value) => {
    await target.selectOption(value)
  },
}

const mostTabs = 150

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement)

/** Moves on with the Tab key until the element has the focus; fails when it cannot be reached. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < mostTabs; presses += 1) {
    if (await hasFocus(target)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${String(target)}.`)
}

/** Radios are one stop for Tab; arrows go through the group. */
const arrowTo = async (page: Page, target: Locator): Promise<void> => {
  await expect(target).toBeVisible()
  const group = await target.getAttribute('name')
  for (let presses = 0; presses < mostTabs; presses += 1) {
    const [isInGroup, isChosen] = await target.evaluate(
      (element: HTMLInputElement, name) => [
        document.activeElement instanceof HTMLInputElement && document.activeElement.name === name,
        element.checked,
      ],
      group,
    )
    if (isInGroup && isChosen) return
    if (isInGroup && (await hasFocus(target))) await page.keyboard.press('Space')
    else await page.keyboard.press(isInGroup ? 'ArrowDown' : 'Tab')
  }
  throw new Error(`The keyboard does not reach ${String(target)}.`)
}

/** Tab, arrows, Enter and Space; no pointer. */
export const keyboard: Hands = {
  press: async (target) => {
    await tabTo(target.page(), target)
    await target.page().keyboard.press('Enter')
  },
  type: async (target, text) => {
    await tabTo(target.page(), target)
    await target.page().keyboard.type(text)
  },
  choose: (target) => arrowTo(target.page(), target),
  select: async (target, value) => {
    await tabTo(target.page(), target)
    const label = await target.locator(`option[value="${value}"]`).textContent()
    await target.page().keyboard.type(label ?? '')
    await expect(target).toHaveValue(value)
  },
}
