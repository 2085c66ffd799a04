/**
 * The report of the portal's collector: facts as the browser states them, no judgement. Every text comes from the
 * participant's side and may be forged; the API checks shape and size (`probeLimits`) before it is stored.
 */

/** Values that must be the same in the page and inside a Worker of the same browser. */
export type SurfaceValues = {
  /** `navigator.userAgent` */
  userAgent: string
  /** `navigator.platform` */
  platform: string
  /** `navigator.languages`, in order */
  languages: readonly string[]
  /** `navigator.hardwareConcurrency`; null where the browser does not tell */
  cores: number | null
  /** `Intl.DateTimeFormat().resolvedOptions().timeZone`; null where the browser does not tell */
  timeZone: string | null
  /** Brands of `navigator.userAgentData`; null where the browser has none */
  brands: readonly BrandVersion[] | null
}

export type BrandVersion = { brand: string; version: string }

/** `navigator.userAgentData` with the high-entropy values the browser agreed to give. */
export type ScriptHints = {
  brands: readonly BrandVersion[]
  mobile: boolean
  /** As the browser says it: `Windows`, `macOS`, `Android`, `Linux`, `Chrome OS` ... */
  platform: string
  platformVersion: string | null
}

/** The findings of the look at property descriptors; empty lists mean that all is as the browser ships it. */
export type TamperFindings = {
  /** Own properties on `navigator` (a clean browser has none) */
  ownProperties: readonly string[]
  /** Getters of `Navigator.prototype` without native source or with a wrong name */
  foreignGetters: readonly string[]
  /** `Function.prototype.toString` is not the engine's own */
  toStringPatched: boolean
  /** Values that differ in a fresh same-origin iframe */
  iframeDiffers: readonly string[]
  /** The browser resists fingerprinting by design, which explains altered values */
  shield: 'brave' | 'firefox_resist_fingerprinting' | null
}

/** Proof of the device key: P-256 public key and signature, both base64url without padding (device-proof.ts). */
export type DeviceProof = {
  /** Uncompressed point, 65 bytes */
  publicKey: string
  /** IEEE P1363 signature (r || s), 64 bytes, SHA-256, over the UTF-8 bytes of the text */
  signature: string
}

/** Fonts that tell operating systems apart (END_FONT_OS): four of Windows, two of macOS, three of others. */
export const probedFonts = [
  'Segoe UI',
  'Calibri',
  'Consolas',
  'Arial',
  'Menlo',
  'Helvetica Neue',
  'DejaVu Sans',
  'Liberation Sans',
  'Roboto',
] as const
export type ProbedFont = (typeof probedFonts)[number]

/** One beacon for each run of the collector. */
export type ProbeReport = {
  /** Version of this shape */
  v: 1
  /** The nonce the server issued for this portal session, sent back unchanged */
  nonce: string
  /** `location.origin` of the page that reports */
  origin: string
  /** 0 for the first beacon of the portal session, then one more each time */
  sequence: number
  /** The browser's `Date.now()` when sending, epoch ms */
  clockMs: number
  /** `Date.prototype.getTimezoneOffset()` with the sign turned: minutes east of UTC */
  offsetMinutes: number
  page: SurfaceValues
  /** The same values from inside a Worker; null when no Worker could be started */
  worker: SurfaceValues | null
  /** null where the browser has no such API */
  hints: ScriptHints | null
  /** `navigator.webdriver`; null where undefined */
  webdriver: boolean | null
  /** The number of times that a debugging client called the stack-formatting hook; null where the engine has no hook */
  debuggerHits: number | null
  /** null when the look failed */
  tamper: TamperFindings | null
  /** Unmasked WebGL strings; `renderer` null means no WebGL at all; whole field null means the look failed */
  graphics: { vendor: string | null; renderer: string | null } | null
  screen: {
    width: number
    height: number
    outerHeight: number
    outerWidth: number
    innerHeight: number
    innerWidth: number
    colorDepth: number
    /** `matchMedia('(display-mode: fullscreen)')`: F11 and kiosks, where outer and inner size are one */
    isFullScreen: boolean
  }
  /** Which of `probedFonts` are installed; null when the browser has no way to ask */
  fonts: readonly ProbedFont[] | null
  /** `navigator.maxTouchPoints` */
  touchPoints: number
  /** `matchMedia('(hover: hover)')` */
  canHover: boolean
  /** `matchMedia('(pointer: fine)')` */
  finePointer: boolean
  /** null where the browser cannot keep a key */
  device: DeviceProof | null
  /** The time that collecting took, ms */
  tookMs: number
}

/** The manner in which an answer or a code was entered; sent with it. Counts and times only, never what was typed. */
export type InputReport = {
  /** `keydown` events */
  keydowns: number
  /** `input` events that were trusted */
  inputs: number
  /** Events with `isTrusted` false, by name */
  untrusted: readonly string[]
  /** `insertFromPaste` and `insertFromDrop` */
  pastes: number
  /** Composition (IME), replacement (autocorrect, speech) and autofill inputs */
  assisted: number
  /** From the page in sight to what was sent, ms, without the time the page was hidden */
  visibleMs: number
  /** Times the page lost focus or was hidden */
  blurs: number
  /** The participant switched accessibility mode on (no reason is asked) */
  accessibility: boolean
  /** Keys that enter a character, pressed one by one; held keys left out; null: fewer than two */
  rhythm: KeyRhythm | null
  /** Presses of a mouse anywhere on the page since the last form was sent; touch, pen and keyboard are left out */
  mouse: { presses: number; centred: number }
}

/** The pace and evenness of the typing: means and spreads, never a time of a single key. */
export type KeyRhythm = {
  keys: number
  /** Geometric means of the intervals and of how long keys were down, ms; absent below `fewestMeasuredKeys` */
  intervalMs?: number | undefined
  dwellMs?: number | undefined
  /** Standard deviation of the intervals between key presses, ms */
  intervalSdMs: number
  /** The same of how long keys were down; null where releases were not seen */
  dwellSdMs: number | null
}

/** The mean of fewer keys would be close to the time of a single one, so the page does not send it. */
export const fewestMeasuredKeys = 4

/** Sizes the API refuses to go beyond; a whole beacon is far smaller. */
export const probeLimits = {
  /** Bytes of one beacon as JSON */
  bodyBytes: 16_384,
  /** Characters of a user agent */
  userAgentChars: 512,
  /** Characters of any other text */
  textChars: 160,
  /** Entries of any list */
  listItems: 24,
  /** Characters of a base64url public key (65 bytes) and signature (64 bytes) */
  publicKeyChars: 87,
  signatureChars: 86,
  /** Characters of an origin: a host name has 253 at most */
  originChars: 280,
  /** Characters of a nonce */
  nonceChars: 64,
  /** Beacons stored for each portal session */
  beaconsPerSession: 8,
  /** Largest count and time (ms) in an `InputReport` */
  inputCount: 100_000,
  inputMs: 86_400_000,
} as const
