import type { ProbeReport } from '#domain/risk/probe.ts'
import { countDebuggerHits } from './debugger.ts'
import { proveDevice } from './device.ts'
import { findFonts } from './fonts.ts'
import { readGraphics } from './graphics.ts'
import { readHints } from './hints.ts'
import { wholeOrNull } from './limits.ts'
import { readSurface } from './surface.ts'
import { findTampering } from './tamper.ts'
import { readWorkerSurface } from './worker.ts'

let sequence = 0

/** Storage of a browser can hang for ever; the others' facts are not lost for that. */
const limitMs = 4000

/** A probe that fails or hangs says nothing, rather than stopping the others. */
const orNull = async <T>(probe: () => T | Promise<T>): Promise<T | null> => {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), limitMs))
  try {
    return await Promise.race([probe(), late])
  } catch {
    return null
  }
}

const whole = (value: number | undefined): number => wholeOrNull(value) ?? 0

/** One look at this browser: facts as it states them, no judgement. Runs only after the participant's "Yes". */
export const collect = async (nonce: string): Promise<ProbeReport> => {
  const startedAt = performance.now()
  const [worker, hints, device, fonts] = await Promise.all([
    orNull(readWorkerSurface),
    orNull(readHints),
    orNull(() => proveDevice(nonce)),
    orNull(findFonts),
  ])
  const tamper = await orNull(findTampering)
  const graphics = await orNull(readGraphics)
  const debuggerHits = await orNull(countDebuggerHits)
  return {
    v: 1,
    nonce,
    sequence: sequence++,
    clockMs: Date.now(),
    offsetMinutes: -new Date().getTimezoneOffset(),
    page: readSurface(),
    worker,
    hints,
    webdriver: (navigator as { webdriver?: boolean }).webdriver ?? null,
    debuggerHits,
    tamper,
    graphics,
    screen: {
      width: whole(screen.width),
      height: whole(screen.height),
      outerHeight: whole(outerHeight),
      outerWidth: whole(outerWidth),
      innerHeight: whole(innerHeight),
      innerWidth: whole(innerWidth),
      colorDepth: whole(screen.colorDepth),
      isFullScreen: matchMedia('(display-mode: fullscreen)').matches,
    },
    fonts,
    touchPoints: whole(navigator.maxTouchPoints),
    canHover: matchMedia('(hover: hover)').matches,
    finePointer: matchMedia('(pointer: fine)').matches,
    device,
    tookMs: Math.round(performance.now() - startedAt),
  }
}
