import { createSignal, onCleanup } from 'solid-js'
import { probeLimits, type InputReport } from '#domain/risk/probe.ts'
import { watchRhythm } from './key-rhythm.ts'
import { pressWatch } from './press-watch.ts'

/** Said once, kept for the pages that follow in this visit. */
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
 * Counts how an answer or a code came into the page: numbers only, never which keys. The browser's clock measures
 * the visible time; the server's clock stays the one that decides.
 */
export const createInputWatch = (presses = pressWatch()) => {
  const counts = { keydowns: 0, inputs: 0, pastes: 0, assisted: 0 }
  const untrusted = new Set<string>()
  const startedAt = performance.now()
  const presence = watchPresence()
  const rhythm = watchRhythm()
  onCleanup(presses.leave)

  /** Does `work` for an event of a person; one made by a script is only named. */
  const heard =
    <E extends Event>(work: (event: E) => void) =>
    (event: E) => {
      if (event.isTrusted) work(event)
      else untrusted.add(event.type)
    }
  const onInput = (event: Event) => {
    counts.inputs += 1
    if (isPaste(event)) counts.pastes += 1
    else if (isAssisted(event)) counts.assisted += 1
  }
  /** Listens on the form that holds the field. */
  const attach = (form: HTMLElement): void => {
    const onKey = (event: KeyboardEvent) => {
      counts.keydowns += 1
      rhythm.press(event)
    }
    form.addEventListener('keydown', heard(onKey))
    // A forged release says no more than the forged press before it.
    form.addEventListener('keyup', (event) => {
      if (event.isTrusted) rhythm.release(event)
    })
    form.addEventListener('input', heard(onInput))
  }
  const summary = (): InputReport => ({
    ...counts,
    untrusted: [...untrusted, ...(presses.isScripted() ? ['click'] : [])],
    visibleMs: Math.min(probeLimits.inputMs, Math.round(performance.now() - startedAt - presence.hiddenMs())),
    blurs: presence.absences(),
    accessibility: usesAid(),
    rhythm: rhythm.summary(),
    mouse: presses.summary(),
  })
  return { attach, summary }
}

/** "I dictate, or an aid types for me", as said on any page of this visit. */
export const aid = { isUsed: usesAid, set: setAid }
