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

/**
 * Counts presses of a mouse anywhere on the page, those that hit a centre without a way there, and notes whether a script
 * clicked. Where the mouse was leaves no trace.
 */
export const createPressWatch = (page: Pick<Document, 'addEventListener'>) => {
  let moves = 0
  let isScripted = false
  const total = { presses: 0, centred: 0 }
  let told = { ...total }
  let left = { ...total }

  const press = (event: PointerEvent): void => {
    // Screen readers and switch access press by the accessibility interface: on the centre, and without pressure.
    if (!event.isTrusted || event.pointerType !== 'mouse' || event.pressure === 0) return
    total.presses += 1
    if (moves <= fewMoves && hitsCentre(event)) total.centred += 1
    moves = 0
  }
  page.addEventListener(
    'pointermove',
    ({ isTrusted, pointerType }) => {
      if (isTrusted && pointerType === 'mouse') moves += 1
    },
    { capture: true, passive: true },
  )
  page.addEventListener('pointerdown', press, { capture: true, passive: true })
  page.addEventListener(
    'click',
    ({ isTrusted }) => {
      if (!isTrusted) isScripted = true
    },
    true,
  )
  return {
    isScripted: () => isScripted,
    /** The presses that no earlier form has told. */
    summary: (): InputReport['mouse'] => {
      told = { ...total }
      return { presses: total.presses - left.presses, centred: total.centred - left.centred }
    },
    /** The form leaves the page: what it told last was taken. */
    leave: (): void => {
      left = told
    },
  }
}

let watch: ReturnType<typeof createPressWatch> | undefined

/** One watch for the whole visit, from the moment the later steps are there. */
export const pressWatch = () => (watch ??= createPressWatch(document))
