import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { InputSummary } from '#api/contract/portal.ts'
import { createInputWatch } from './input-watch.ts'

type Listener = (event: unknown) => void

/** A form of which a test plays the browser: events of a document made by script are never trusted. */
const watched = () => {
  const listeners = new Map<string, Listener>()
  const form = { addEventListener: (type: string, listener: Listener) => void listeners.set(type, listener) }
  const { watch, dispose } = createRoot((end) => ({ watch: createInputWatch(), dispose: end }))
  watch.attach(form as unknown as HTMLElement)
  const send = (type: string, more: object = {}) => listeners.get(type)?.({ type, isTrusted: true, ...more })
  return { watch, send, dispose }
}
const text = Object.assign(document.createElement('input'), { type: 'text' })
const radio = Object.assign(document.createElement('input'), { type: 'radio' })

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => {
  vi.useRealTimers()
  setHidden(false)
})
const setHidden = (hidden: boolean) =>
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })

describe('how an answer was entered', () => {
  it('is counted, never what', () => {
    const { watch, send } = watched()
    send('keydown', { key: 'a' })
    send('input', { inputType: 'insertText', target: text })
    send('input', { inputType: 'insertFromPaste', target: text })
    send('input', { inputType: 'insertFromDrop', target: text })
    send('input', { inputType: 'insertReplacementText', target: text })
    send('input', { inputType: 'insertCompositionText', target: text })
    // Autofill comes without a type; so does a choice from a list, which is no help.
    send('input', { target: text })
    send('input', { target: radio })
    expect(watch.summary()).toEqual({
      keydowns: 1,
      inputs: 7,
      pastes: 2,
      assisted: 3,
      untrusted: [],
      visibleMs: 0,
      blurs: 0,
      accessibility: false,
    })
  })

  it('names events that a script made, once each, and does not count them', () => {
    const { watch, send } = watched()
    for (const type of ['keydown', 'input', 'input', 'click']) send(type, { isTrusted: false, target: text })
    send('click')
    expect(watch.summary()).toMatchObject({
      keydowns: 0,
      inputs: 0,
      untrusted: ['keydown', 'input', 'click'],
    })
  })

  it('measures the time in sight, and counts each absence once', () => {
    const { watch } = watched()
    vi.advanceTimersByTime(1000)
    dispatchEvent(new Event('blur'))
    setHidden(true)
    document.dispatchEvent(new Event('visibilitychange'))
    vi.advanceTimersByTime(5000)
    setHidden(false)
    document.dispatchEvent(new Event('visibilitychange'))
    vi.advanceTimersByTime(500)
    dispatchEvent(new Event('blur'))
    dispatchEvent(new Event('focus'))
    expect(watch.summary()).toMatchObject({ visibleMs: 1500, blurs: 2 })
  })

  it('fits the contract however long it took, and stops with its question', () => {
    const { watch, dispose } = watched()
    vi.advanceTimersByTime(90_000_000)
    expect(InputSummary.safeParse(watch.summary()).success).toBe(true)
    dispose()
    dispatchEvent(new Event('blur'))
    expect(watch.summary().blurs).toBe(0)
  })
})
