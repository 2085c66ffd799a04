import { createSignal } from 'solid-js'

/** Room that a tip takes at most, CSS pixels; wider ones wrap (ui.css). */
const widest = 290

/** Where a tip has no room to the end of the line it grows towards the beginning: `place` looks when it is about to show. */
export const createTip = () => {
  const [isAtEnd, setAtEnd] = createSignal(false)
  const place = (event: { currentTarget: HTMLElement }) =>
    setAtEnd(event.currentTarget.getBoundingClientRect().left > innerWidth - widest)
  return { isAtEnd, place }
}
