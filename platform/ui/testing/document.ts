/**
 * Set-up of every component test. Files share modules and one emulated document, so each test leaves both as it found
 * them: nothing mounted, nothing stubbed, no pretended time.
 */
import { cleanup, configure } from '@solidjs/testing-library'
import { afterEach, vi } from 'vitest'

// The first page of a run is compiled while a test waits for it.
configure({ asyncUtilTimeout: 8000 })

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

afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  document.documentElement.removeAttribute('style')
})
