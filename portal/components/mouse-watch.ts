import type { InputReport } from '#domain/risk/probe.ts'

/** A program hits the centre to the pixel, after one move at most. */
const centrePx = 1
const fewMoves = 1

const isCentre = (element: Element, x: number, y: number): boolean => {
  const { left, top, width, height } = element.getBoundingClientRect()
  const far = Math.max(Math.abs(left + width / 2 - x), Math.abs(top + height / 2 - y))
  return width > 0 && far <= centrePx
}

/** True if the click hit the centre of the element itself, or of the label or button that it is part of. */
const hitsCentre = ({ target, clientX, clientY }: PointerEvent): boolean => {
  if (!(target instanceof Element)) return false
  const whole = target.closest('label, button')
  return [target, whole].some((element) => element !== null && isCentre(element, clientX, clientY))
}

/** Counts presses of a mouse, and those that hit a centre without a way there. Where the mouse was leaves no trace. */
export const watchMouse = () => {
  let moves = 0
  const counts = { presses: 0, centred: 0 }

  const move = ({ pointerType }: PointerEvent): void => {
    if (pointerType === 'mouse') moves += 1
  }
  const press = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse') return
    counts.presses += 1
    if (moves <= fewMoves && hitsCentre(event)) counts.centred += 1
    moves = 0
  }
  const summary = (): InputReport['mouse'] => ({ ...counts })
  return { move, press, summary }
}
