import { z } from 'zod'
import type { PageProof } from '#domain/risk/device-proof.ts'
import { probedFonts, probeLimits, type ProbeReport } from '#domain/risk/probe.ts'

const short = z.string().max(probeLimits.textChars)
const list = <T extends z.ZodType>(item: T) => z.array(item).max(probeLimits.listItems).readonly()
const whole = z.int().min(-1_000_000).max(1_000_000)
const count = z.int().min(0).max(probeLimits.inputCount)
const base64url = (characters: number) =>
  z
    .string()
    .length(characters)
    .regex(/^[A-Za-z0-9_-]+$/)

/** One line of what a URL may hold, so that it cannot run into the text beside it. */
const Origin = z
  .string()
  .max(probeLimits.originChars)
  .regex(/^[\x21-\x7e]+$/)
const Device = z.strictObject({
  publicKey: base64url(probeLimits.publicKeyChars),
  signature: base64url(probeLimits.signatureChars),
})
/** The page's statement about itself, with the code (domain `PageProof`). */
export const PageProofInput = z.strictObject({
  origin: Origin,
  device: Device.nullable(),
}) satisfies z.ZodType<PageProof>

const Brand = z.strictObject({ brand: short, version: short })
const Surface = z.strictObject({
  userAgent: z.string().max(probeLimits.userAgentChars),
  platform: short,
  languages: list(short),
  cores: whole.nullable(),
  timeZone: short.nullable(),
  brands: list(Brand).nullable(),
})

/** Facts as the participant's browser states them; the shape of `domain/risk/probe.ts`, sizes from its limits. */
export const ProbeReportInput = z
  .strictObject({
    v: z.literal(1),
    nonce: z.string().max(probeLimits.nonceChars),
    origin: Origin,
    sequence: count,
    clockMs: z.number().min(0).max(8.64e15),
    offsetMinutes: z.int().min(-1_440).max(1_440),
    page: Surface,
    worker: Surface.nullable(),
    hints: z
      .strictObject({
        brands: list(Brand),
        mobile: z.boolean(),
        platform: short,
        platformVersion: short.nullable(),
      })
      .nullable(),
    webdriver: z.boolean().nullable(),
    debuggerHits: count.nullable(),
    tamper: z
      .strictObject({
        ownProperties: list(short),
        foreignGetters: list(short),
        toStringPatched: z.boolean(),
        iframeDiffers: list(short),
        shield: z.enum(['brave', 'firefox_resist_fingerprinting']).nullable(),
      })
      .nullable(),
    graphics: z.strictObject({ vendor: short.nullable(), renderer: short.nullable() }).nullable(),
    screen: z.strictObject({
      width: whole,
      height: whole,
      outerHeight: whole,
      outerWidth: whole,
      innerHeight: whole,
      innerWidth: whole,
      colorDepth: whole,
      isFullScreen: z.boolean(),
    }),
    fonts: list(z.enum(probedFonts)).nullable(),
    touchPoints: whole,
    canHover: z.boolean(),
    finePointer: z.boolean(),
    device: Device.nullable(),
    tookMs: z.number().min(0).max(probeLimits.inputMs),
  })
  .meta({ id: 'ProbeReport' })

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
/** Does not compile when schema and domain type drift apart. */
const isSameShape: Same<z.infer<typeof ProbeReportInput>, ProbeReport> = true
void isSameShape

/** `report`: null when the collector could not run within its ten seconds. */
export const ChecksInput = z.strictObject({
  report: ProbeReportInput.nullable().refine(
    // Each field is within its own limits; all of them at their limits are no browser.
    (report) => JSON.stringify(report).length <= probeLimits.bodyBytes,
    `at most ${String(probeLimits.bodyBytes)} bytes`,
  ),
})
