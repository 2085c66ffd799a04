import { probeLimits, type TamperFindings } from '#domain/risk/probe.ts'

type AnyFunction = (this: void) => unknown

/** The page's own `toString` of functions, patched or not: asked about itself, a patched one gives itself away. */
const toSource = (): AnyFunction => {
  const source: AnyFunction = Reflect.get(Function.prototype, 'toString')
  return source
}

const isNative = (fn: AnyFunction): boolean =>
  /\{\s*\[native code\]\s*\}\s*$/.test(String(Reflect.apply(toSource(), fn, [])))

const getterIsForeign = (name: string, descriptor: PropertyDescriptor): boolean => {
  const getter = Reflect.get(descriptor, 'get') as AnyFunction | undefined
  if (!getter) return false
  return !isNative(getter) || getter.name !== `get ${name}`
}

const compared = ['userAgent', 'platform', 'hardwareConcurrency', 'webdriver', 'language'] as const

/** Values of a fresh frame of this origin that differ from the page's. */
const differingInFrame = (): string[] => {
  const frame = document.createElement('iframe')
  frame.hidden = true
  document.body.append(frame)
  const fresh = frame.contentWindow?.navigator
  const found = fresh ? compared.filter((name) => fresh[name] !== navigator[name]) : []
  frame.remove()
  return found
}

const shieldOf = (): TamperFindings['shield'] => {
  if ('brave' in navigator) return 'brave'
  const isGecko = CSS.supports('-moz-appearance', 'none')
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return isGecko && (zone === 'UTC' || zone === 'Atlantic/Reykjavik') ? 'firefox_resist_fingerprinting' : null
}

/** Looks at property descriptors for values put in place of the browser's own. */
export const findTampering = (): TamperFindings => {
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Navigator.prototype))
  return {
    ownProperties: Object.getOwnPropertyNames(navigator).slice(0, probeLimits.listItems),
    foreignGetters: getters
      .filter(([name, descriptor]) => getterIsForeign(name, descriptor))
      .map(([name]) => name)
      .slice(0, probeLimits.listItems),
    toStringPatched: !isNative(toSource()),
    iframeDiffers: differingInFrame(),
    shield: shieldOf(),
  }
}
