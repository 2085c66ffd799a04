import type { ProbeReport } from '#domain/risk/probe.ts'
import { countDebuggerHits } from './debugger.ts'
import { proveReport } from './device.ts'
import { findFonts } from './fonts.ts'
import { readGraphics } from './graphics.ts'
import { readHints } from './hints.ts'
import { wholeOrNull } from './limits.ts'
import { orNull } from './or-null.ts'
import { readSurface } from './surface.ts'
import { findTampering } from './tamper.ts'
import { readWorkerSurface } from './worker.ts'

let sequence = 0

const whole = (value: number | undefined): number => wholeOrNull(value) ?? 0

/** One look at this browser: facts as it states them, no judgement. Runs only after the participant's "Yes". */
export const collect = async (nonce: string): Promise<ProbeReport> => {
  const startedAt = performance.now()
  const [worker, hints, device, fonts] = await Promise.all([
    orNull(readWorkerSurface),
    orNull(readHints),
    orNull(() => proveReport(nonce)),
    orNull(findFonts),
  ])
  const tamper = await orNull(findTampering)
  const graphics = await orNull(readGraphics)
  const debuggerHits = await orNull(countDebuggerHits)
  return {
    v: 1,
    nonce,
    origin: location.origin,
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
