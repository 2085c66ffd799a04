import type { InputReport } from '#domain/risk/probe.ts'

/**
 * Counts how an answer came into the page: numbers only, never which keys (risk.md 5.4). The browser's clock measures
 * the visible time; the server's clock stays the one that decides.
 */
export const createInputWatch = () => {
  let keydowns = 0
  let inputs = 0
  let pastes = 0
  let assisted = 0
  let blurs = 0
  let hiddenMs = 0
  let hiddenSince: number | null = null
  const untrusted = new Set<string>()
  const startedAt = performance.now()

  const trusted = (event: Event): boolean => {
    if (!event.isTrusted) untrusted.add(event.type)
    return event.isTrusted
  }
  const onInput = (event: Event) => {
    if (!trusted(event)) return
    inputs += 1
    const kind = (event as InputEvent).inputType ?? ''
    if (kind === 'insertFromPaste' || kind === 'insertFromDrop') pastes += 1
    // Composition, autocorrect, dictation and autofill put text in without keys.
    else if (kind === '' || /Composition|Replacement|Dictation/.test(kind)) assisted += 1
  }
  const onVisibility = () => {
    if (document.hidden) {
      blurs += 1
      hiddenSince = performance.now()
    } else if (hiddenSince !== null) {
      hiddenMs += performance.now() - hiddenSince
      hiddenSince = null
    }
  }
  document.addEventListener('visibilitychange', onVisibility)

  const summary = (): InputReport => {
    document.removeEventListener('visibilitychange', onVisibility)
    return {
      keydowns,
      inputs,
      untrusted: [...untrusted],
      pastes,
      assisted,
      visibleMs: Math.round(performance.now() - startedAt - hiddenMs),
      blurs,
      accessibility: false,
    }
  }
  /** Listens on the form that holds the answer. */
  const attach = (form: HTMLElement): void => {
    form.addEventListener('keydown', (event) => {
      if (trusted(event)) keydowns += 1
    })
    form.addEventListener('input', onInput)
    form.addEventListener('click', trusted)
  }
  return { attach, summary }
}
