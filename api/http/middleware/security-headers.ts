import type { Step } from '../state.ts'

/** Features that no page of ours uses. `ch-ua*` stays unlisted: listing it would take the hints away. */
const featuresOff = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'xr-spatial-tracking',
]

const permissionsPolicy = [
  ...featuresOff.map((feature) => `${feature}=()`),
  'publickey-credentials-get=(self)',
  'publickey-credentials-create=(self)',
].join(', ')

/** A page of ours may run these: hashes of its own inlined blocks, names of its Trusted Types policies. */
export type PagePolicy = {
  readonly scriptHashes: readonly string[]
  readonly styleHashes: readonly string[]
  readonly trustedTypes: readonly string[]
}

/** The policy of F9; inlined blocks are listed by hash, nothing is `unsafe-*`. */
export const contentSecurityPolicy = (page: PagePolicy): string => {
  const sources = (hashes: readonly string[]) => ["'self'", ...hashes.map((hash) => `'${hash}'`)].join(' ')
  return [
    "default-src 'none'",
    `script-src ${sources(page.scriptHashes)}`,
    `style-src ${sources(page.styleHashes)}`,
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${page.trustedTypes.join(' ') || "'none'"}`,
  ].join('; ')
}

/** Headers of every response, errors and files included (F9). No CORS header, ever (F14). */
export const fixedHeaders = (policy: string): Readonly<Record<string, string>> => ({
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': permissionsPolicy,
  'Cache-Control': 'no-store',
})

/** Sets them on whatever a surface answers. */
export const securityHeaders =
  (policy: string, more: Readonly<Record<string, string>> = {}): Step =>
  async (ctx, next) => {
    ctx.set({ ...fixedHeaders(policy), ...more })
    await next()
  }
