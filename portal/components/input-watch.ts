import { createSignal, onCleanup } from 'solid-js'
import { probeLimits, type InputReport } from '#domain/risk/probe.ts'
import { watchRhythm } from './key-rhythm.ts'
import { watchMouse } from './mouse-watch.ts'

/** Said once, kept for the questions that follow in this visit. */
const [usesAid, setAid] = createSignal(false)

/** Composition, autocorrect, dictation and autofill put text in without keys. */
const isAssisted = (event: Event): boolean => {
  const isText = event.target instanceof HTMLInputElement && event.target.type === 'text'
  const kind = (event as InputEvent).inputType ?? ''
  return isText && (kind === '' || /Composition|Replacement|Dictation/.test(kind))
}

const isPaste = (event: Event): boolean => /From(Paste|Drop)$/.test((event as InputEvent).inputType ?? '')

/** Counts absences of this page, by focus or by sight, each once, and the time it could not be seen. */
const watchPresence = () => {
  let absences = 0
  let isAway = false
  let hiddenMs = 0
  let hiddenSince: number | null = null
  const leave = () => {
    if (!isAway) absences += 1
    isAway = true
  }
  const back = () => {
    isAway = false
  }
  const look = () => {
    if (document.hidden) {
      leave()
      hiddenSince ??= performance.now()
      return
    }
    back()
    if (hiddenSince !== null) hiddenMs += performance.now() - hiddenSince
    hiddenSince = null
  }
  addEventListener('blur', leave)
  addEventListener('focus', back)
  document.addEventListener('visibilitychange', look)
  onCleanup(() => {
    removeEventListener('blur', leave)
    removeEventListener('focus', back)
    document.removeEventListener('visibilitychange', look)
  })
  return { absences: () => absences, hiddenMs: () => hiddenMs }
}

/**
 * Counts how an answer came into the page: numbers only, never which keys. The browser's clock measures
 * the visible time; the server's clock stays the one that decides.
 */
export const createInputWatch = () => {
  const counts = { keydowns: 0, inputs: 0, pastes: 0, assisted: 0 }
  const untrusted = new Set<string>()
  const startedAt = performance.now()
  const presence = watchPresence()
  const rhythm = watchRhythm()
  const mouse = watchMouse()

  /** Does `work` for an event of a person; one made by a script is only named. */
  const heard =
    <E extends Event>(work: (event: E) => void) =>
    (event: E) => {
      if (event.isTrusted) work(event)
      else untrusted.add(event.type)
    }
  /** The same for events whose forgery says no more than that of the click or key that follows. */
  const trusted =
    <E extends Event>(work: (event: E) => void) =>
    (event: E) => {
      if (event.isTrusted) work(event)
    }
  const onInput = (event: Event) => {
    counts.inputs += 1
    if (isPaste(event)) counts.pastes += 1
    else if (isAssisted(event)) counts.assisted += 1
  }
  /** Listens on the form that holds the answer. */
  const attach = (form: HTMLElement): void => {
    const onKey = (event: KeyboardEvent) => {
      counts.keydowns += 1
      rhythm.press(event)
    }
    form.addEventListener('keydown', heard(onKey))
    form.addEventListener('keyup', trusted(rhythm.release))
    form.addEventListener('input', heard(onInput))
    form.addEventListener('pointermove', trusted(mouse.move))
    form.addEventListener('pointerdown', trusted(mouse.press))
    form.addEventListener(
      'click',
      heard(() => undefined),
    )
  }
  const summary = (): InputReport => ({
    ...counts,
    untrusted: [...untrusted],
    visibleMs: Math.min(probeLimits.inputMs, Math.round(performance.now() - startedAt - presence.hiddenMs())),
    blurs: presence.absences(),
    accessibility: usesAid(),
    rhythm: rhythm.summary(),
    mouse: mouse.summary(),
  })
  return { attach, summary, usesAid, setAid }
}
