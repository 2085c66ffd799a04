import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { InputSummary } from '#api/contract/portal.ts'
import { createInputWatch } from './input-watch.ts'
import { createPressWatch } from './press-watch.ts'

type Listener = (event: unknown) => void

/** Something of which a test plays the browser: events of a document made by script are never trusted. */
const played = () => {
  const listeners = new Map<string, Listener>()
  const target = {
    addEventListener: (type: string, listener: Listener) => void listeners.set(type, listener),
  }
  const send = (type: string, more: object = {}) => listeners.get(type)?.({ type, isTrusted: true, ...more })
  return { target: target as unknown as HTMLElement & Document, send }
}

/** A page with a form, and the next one. */
const watched = () => {
  const page = played()
  const presses = createPressWatch(page.target)
  const open = () => {
    const form = played()
    const opened = createRoot((dispose) => ({ watch: createInputWatch(presses), dispose }))
    opened.watch.attach(form.target)
    return { ...opened, send: form.send }
  }
  return { ...open(), press: page.send, next: open }
}
const text = Object.assign(document.createElement('input'), { type: 'text' })
const radio = Object.assign(document.createElement('input'), { type: 'radio' })

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void setHidden(false))
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
      rhythm: null,
      mouse: { presses: 0, centred: 0 },
    })
  })

  it('names events that a script made, once each, and does not count them', () => {
    const { watch, send, press } = watched()
    press('click')
    for (const type of ['keydown', 'input', 'input', 'keyup']) send(type, { isTrusted: false, target: text })
    expect(watch.summary().untrusted).toEqual(['keydown', 'input'])
    press('click', { isTrusted: false })
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

describe('the rhythm of keys', () => {
  /** Presses at these times, each held so long; the last may be a key that repeats. */
  const type = (send: ReturnType<typeof watched>['send'], times: readonly number[], heldMs = 90) => {
    for (const timeStamp of times) {
      send('keydown', { code: 'KeyA', key: 'a', timeStamp, repeat: false })
      send('keyup', { code: 'KeyA', timeStamp: timeStamp + heldMs })
    }
  }

  it('leaves the page as means and spreads, never as times of single keys', () => {
    const { watch, send } = watched()
    type(send, [0, 80, 160, 240])
    expect(watch.summary().rhythm).toEqual({
      ...{ keys: 4, intervalMs: 80, intervalSdMs: 0, dwellMs: 90, dwellSdMs: 0 },
    })
    type(send, [400, 700])
    expect(watch.summary().rhythm).toMatchObject({ keys: 6, dwellSdMs: 0 })
    expect(watch.summary().rhythm?.intervalSdMs).toBeGreaterThan(60)
    expect(InputSummary.safeParse(watch.summary()).success).toBe(true)
  })

  it('leaves out a mean that would be the time of a single key', () => {
    const { watch, send } = watched()
    type(send, [0, 80, 160])
    expect(watch.summary().rhythm).toEqual({ keys: 3, intervalSdMs: 0, dwellSdMs: 0 })
    expect(JSON.stringify(watch.summary().rhythm)).not.toMatch(/intervalMs|dwellMs/)
  })

  it('has a mean that one long pause hardly moves', () => {
    const { watch, send } = watched()
    type(send, [0, 200, 400, 600, 800, 1000, 5000])
    expect(watch.summary().rhythm).toMatchObject({ keys: 7, intervalMs: 330 })
  })

  it('knows nothing of one key, of releases that were not seen, and of keys that are held', () => {
    const { watch, send } = watched()
    send('keydown', { code: 'KeyA', key: 'a', timeStamp: 0, repeat: false })
    send('keydown', { code: 'KeyA', key: 'a', timeStamp: 30, repeat: true })
    send('keydown', { code: 'KeyA', key: 'a', timeStamp: 60, repeat: true })
    send('keydown', { code: 'Enter', key: 'Enter', timeStamp: 90, repeat: false })
    expect(watch.summary().rhythm).toBeNull()
    send('keydown', { code: 'KeyB', key: 'b', timeStamp: 200, repeat: false })
    send('keydown', { code: 'KeyC', key: 'c', timeStamp: 500, repeat: false })
    expect(watch.summary().rhythm).toEqual({ keys: 3, intervalSdMs: 50, dwellSdMs: null })
  })
})

describe('presses of the mouse', () => {
  const button = document.createElement('button')
  button.getBoundingClientRect = () => new DOMRect(100, 50, 80, 20)
  const word = button.appendChild(document.createElement('span'))
  word.getBoundingClientRect = () => new DOMRect(110, 55, 20, 10)
  const at = (x: number, y: number, target: Element = button, pointerType = 'mouse') => ({
    clientX: x,
    clientY: y,
    target,
    pointerType,
    pressure: 0.5,
  })

  it('count as centred after one move at most, and within a pixel of the middle', () => {
    const { watch, press } = watched()
    press('pointermove', at(140, 60))
    press('pointerdown', at(140, 60))
    // The middle of the button, on the word inside it.
    press('pointerdown', at(141, 61, word))
    press('pointerdown', at(142, 60))
    for (const x of [120, 130, 140]) press('pointermove', at(x, 60))
    press('pointerdown', at(140, 60))
    expect(watch.summary().mouse).toEqual({ presses: 4, centred: 2 })
  })

  it('are those of a mouse alone, made by a person and not by an aid', () => {
    const { watch, press } = watched()
    for (let n = 0; n < 3; n += 1) press('pointermove', at(n, 60, button, 'touch'))
    press('pointerdown', at(140, 60, button, 'touch'))
    press('pointerdown', at(140, 60, button, 'pen'))
    for (let n = 0; n < 3; n += 1) press('pointermove', { ...at(n, 60), isTrusted: false })
    press('pointerdown', { ...at(140, 60), isTrusted: false })
    press('pointerdown', { ...at(140, 60), pressure: 0 })
    expect(watch.summary()).toMatchObject({ mouse: { presses: 0, centred: 0 }, untrusted: [] })
    press('pointerdown', at(140, 60))
    expect(watch.summary()).toMatchObject({ mouse: { presses: 1, centred: 1 } })
  })

  it('are told once: a form that was refused tells them again, and the next page only the later ones', () => {
    const { watch, dispose, press, next } = watched()
    press('pointerdown', at(140, 60))
    expect(watch.summary().mouse).toEqual({ presses: 1, centred: 1 })
    press('pointerdown', at(140, 60))
    expect(watch.summary().mouse).toEqual({ presses: 2, centred: 2 })
    // Pressed while the answer was under way.
    press('pointerdown', at(10, 60))
    dispose()
    const second = next()
    press('pointerdown', at(140, 60))
    expect(second.watch.summary().mouse).toEqual({ presses: 2, centred: 1 })
  })
})
