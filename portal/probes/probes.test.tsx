import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProbeReportInput } from '#api/contract/probe.ts'
import { probedFonts, probeLimits } from '#domain/risk/probe.ts'
import { collect } from './collect.ts'
import { countDebuggerHits } from './debugger.ts'
import { findFonts } from './fonts.ts'
import { readHints } from './hints.ts'
import { readSurface } from './surface.ts'
import { findTampering } from './tamper.ts'

// The emulated document lacks these.
beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  vi.stubGlobal('CSS', { supports: () => false })
  Object.defineProperty(navigator, 'maxTouchPoints', { value: 0, configurable: true })
})
afterEach(() => {
  Reflect.deleteProperty(navigator, 'maxTouchPoints')
  Reflect.deleteProperty(navigator, 'userAgentData')
  Reflect.deleteProperty(navigator, 'platform')
})
const claim = (name: string, value: unknown) =>
  Object.defineProperty(navigator, name, { value, configurable: true })

describe('the report', () => {
  it('fits the contract, with nothing where a probe fails', async () => {
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(() => {
      throw new Error('no context')
    })
    vi.stubGlobal('indexedDB', undefined)
    vi.spyOn(console, 'debug').mockReturnValue()
    const report = await collect('nonce')
    expect(ProbeReportInput.parse(report)).toMatchObject({
      nonce: 'nonce',
      worker: null,
      graphics: null,
      device: null,
    })
    // Beacons of one visit have numbers of their own.
    expect((await collect('nonce')).sequence).toBe(report.sequence + 1)
  })

  it('does not wait for a storage that hangs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.spyOn(console, 'debug').mockReturnValue()
    // A request that nothing answers.
    const open = vi.fn(() => ({}))
    vi.stubGlobal('indexedDB', { open })
    const collecting = collect('nonce')
    await vi.advanceTimersByTimeAsync(5000)
    expect((await collecting).device).toBeNull()
    expect(open).toHaveBeenCalledOnce()
  })
})

describe('what the browser states', () => {
  it('is cut to what the API takes, however forged', async () => {
    const brand = { brand: 'B'.repeat(400), version: '1'.repeat(400) }
    claim('platform', 'P'.repeat(400))
    claim('userAgentData', {
      brands: Array.from({ length: 40 }, () => brand),
      mobile: false,
      platform: 'Q'.repeat(400),
      getHighEntropyValues: () => Promise.reject(new Error('refused')),
    })
    const surface = readSurface()
    expect(surface.platform).toHaveLength(probeLimits.textChars)
    expect(surface.brands).toHaveLength(probeLimits.listItems)
    expect(surface.brands?.[0]?.brand).toHaveLength(probeLimits.textChars)
    expect(await readHints()).toMatchObject({
      platformVersion: null,
      platform: 'Q'.repeat(probeLimits.textChars),
    })
  })

  it('is nothing where the browser has no such interface', async () => {
    expect(readSurface().brands).toBeNull()
    expect(await readHints()).toBeNull()
  })
})

describe('the debugger probe', () => {
  const hooked = Error as { prepareStackTrace?: unknown }

  it('puts the hook back, also when logging fails', () => {
    const before = () => 'mine'
    hooked.prepareStackTrace = before
    vi.spyOn(console, 'debug').mockImplementation(() => {
      throw new Error('no console')
    })
    expect(() => countDebuggerHits()).toThrow('no console')
    expect(hooked.prepareStackTrace).toBe(before)
    delete hooked.prepareStackTrace
  })

  it('counts a client that reads the stack, and nothing else', () => {
    const log = vi.spyOn(console, 'debug').mockImplementation((error: Error) => void error.stack)
    expect(countDebuggerHits()).toBe(1)
    log.mockReturnValue()
    expect(countDebuggerHits()).toBe(0)
    expect('prepareStackTrace' in hooked).toBe(false)
  })
})

describe('fonts', () => {
  afterEach(() => void Reflect.deleteProperty(globalThis, 'FontFace'))

  it('are those that the device has under their own name', async () => {
    const asked: string[] = []
    vi.stubGlobal(
      'FontFace',
      class {
        private readonly source: string
        constructor(_family: string, source: string) {
          this.source = source
          asked.push(source)
        }
        load = (): Promise<void> =>
          /Menlo|Helvetica/.test(this.source) ? Promise.resolve() : Promise.reject(new Error('not here'))
      },
    )
    expect(await findFonts()).toEqual(['Menlo', 'Helvetica Neue'])
    // Local names only: an address would be a request.
    expect(asked).toHaveLength(probedFonts.length)
    expect(asked.every((source) => /^local\("[A-Za-z ]+"\)$/.test(source))).toBe(true)
  })

  it('are not known to a browser that cannot tell', async () => {
    expect(await findFonts()).toBeNull()
  })
})

describe('tampering', () => {
  it('is found on the object and on its prototype', () => {
    const clean = findTampering()
    claim('platform', 'Win32')
    const own = Object.getOwnPropertyDescriptor(Navigator.prototype, 'language')
    Object.defineProperty(Navigator.prototype, 'language', { get: () => 'fr', configurable: true })
    const found = findTampering()
    if (own) Object.defineProperty(Navigator.prototype, 'language', own)
    expect(clean.ownProperties).not.toContain('platform')
    expect(found.ownProperties).toContain('platform')
    expect(found.foreignGetters).toContain('language')
    expect(found.iframeDiffers).toContain('platform')
    expect(document.querySelector('iframe')).toBeNull()
  })

  it('of the function that would tell is reported as well', () => {
    const own = Function.prototype.toString
    expect(findTampering().toStringPatched).toBe(false)
    Function.prototype.toString = function patched() {
      return 'function () { [native code] } // not quite'
    }
    const { toStringPatched } = findTampering()
    Function.prototype.toString = own
    expect(toStringPatched).toBe(true)
  })
})
