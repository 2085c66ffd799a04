/**
 * Set-up of every component test. Files share modules and one emulated document, so each test leaves both as it found
 * them: nothing mounted, nothing stubbed, no pretended time.
 */
import { cleanup, configure, getConfig } from '@solidjs/testing-library'
import { afterEach, vi } from 'vitest'

// The first page of a run is compiled while a test waits for it.
configure({ asyncUtilTimeout: 8000 })

/*
 * A look that waits fails at every change of the page until it succeeds; its message is read once it has given up, and is
 * made anew then. To print the page into each of the messages before took a twelfth of the time of all tests.
 */
const { getElementError } = getConfig()
const isWaiting = () =>
  (getConfig() as { _disableExpensiveErrorDiagnostics?: boolean })._disableExpensiveErrorDiagnostics === true
configure({
  getElementError: (message, container) =>
    isWaiting()
      ? Object.assign(new Error(message ?? ''), { name: 'TestingLibraryElementError' })
      : getElementError(message, container),
})

// The emulated document knows neither constructed style sheets nor modal dialogs.
class Sheet {
  replaceSync(): void {}
}
Object.assign(globalThis, { CSSStyleSheet: Sheet })
Object.defineProperty(document, 'adoptedStyleSheets', { value: [], configurable: true })
HTMLDialogElement.prototype.showModal = function () {
  this.open = true
}
HTMLDialogElement.prototype.close = function () {
  this.open = false
}

/*
 * Each look by role asks for every element of a page if it is hidden. No style sheet is loaded here, so an element's
 * own attributes say it; to compare the browser's whole sheet with each took a quarter of the time of all tests.
 */
const computedStyle = window.getComputedStyle.bind(window)
const displays = new Map<string, string>()
const displayOf = (element: Element): string => {
  const attributes = ['hidden', 'open', 'type'].map((name) => element.getAttribute(name))
  const key = [element.tagName, ...attributes].join('|')
  const known = displays.get(key) ?? computedStyle(element).display
  displays.set(key, known)
  return known
}
window.getComputedStyle = (element, pseudo) => {
  const own = element.getAttribute('style')
  // Components set custom properties alone; whatever else one sets is worked out in full.
  if (own !== null && /(^|;)\s*(?!\s|--|$)/.test(own)) return computedStyle(element, pseudo)
  const values: Readonly<Record<string, string>> = {
    display: displayOf(element),
    visibility: 'visible',
    pointerEvents: 'auto',
    content: '',
  }
  return {
    ...values,
    getPropertyValue: (name: string) => values[name] ?? '',
  } as unknown as CSSStyleDeclaration
}

// Solid tells of what it can never end: in a page that stays open all day, each is one more for ever.
const endless: string[] = []
const log = window.console
const warn = log.warn.bind(log)
log.warn = (...said: unknown[]) => {
  const words = String(said[0])
  if (/^(computations|cleanups) created outside/.test(words)) endless.push(new Error(words).stack ?? words)
  else warn(...said)
}

afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  document.documentElement.removeAttribute('style')
  const found = endless.splice(0)
  if (found.length > 0) throw new Error(found.join('\n'))
})
