import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')

type Colour = readonly [lightness: number, chroma: number, hue: number]

/** The colours of one theme by name; the dark one falls back on the light one. */
const coloursOf = (part: string): Readonly<Record<string, Colour>> =>
  Object.fromEntries(
    [...part.matchAll(/--([\w-]+): oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\);/g)].map(([, name, l, c, h]) => [
      name ?? '',
      [Number(l) / 100, Number(c), Number(h)] as const,
    ]),
  )
const themes = { light: coloursOf(light), dark: { ...coloursOf(light), ...coloursOf(dark) } }

/** Relative luminance (WCAG 2.2) by way of linear sRGB; the matrices are those of CSS Color 4. */
const luminance = ([lightness, chroma, hue]: Colour): number => {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (one: Colour, other: Colour): number => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const bands = ['low', 'guarded', 'elevated', 'high'] as const
const grounds = ['page', 'surface', 'raised'] as const
const readable: readonly (readonly [text: string, ground: string])[] = [
  ...grounds.flatMap((ground) =>
    ['text', 'muted', 'accent', ...bands].map((text) => [text, ground] as const),
  ),
  ...bands.flatMap((band) => [
    [band, `${band}-tint`] as const,
    ['text', `${band}-tint`] as const,
    ['muted', `${band}-tint`] as const,
  ]),
  ['accent', 'accent-tint'],
  ['text', 'accent-tint'],
  ['muted', 'accent-tint'],
  ['on-accent', 'accent'],
  // Tooltips turn page and text round.
  ['page', 'text'],
]
const visible = ['control-border', 'accent', 'reported', ...bands].flatMap((part) =>
  (['page', 'surface'] as const).map((ground) => [part, ground] as const),
)

describe.each(Object.entries(themes))('colours of the %s theme', (_, theme) => {
  const of = (pair: readonly [string, string]): number => {
    const [one, other] = [theme[pair[0]], theme[pair[1]]]
    if (!one || !other) throw new Error(`no such colour: ${pair.join(', ')}`)
    return contrast(one, other)
  }
  it.each(readable)('%s can be read on %s (4.5 : 1)', (text, ground) => {
    expect(of([text, ground])).toBeGreaterThanOrEqual(4.5)
  })
  it.each(visible)('%s can be seen on %s (3 : 1)', (part, ground) => {
    expect(of([part, ground])).toBeGreaterThanOrEqual(3)
  })
})

describe('the measure', () => {
  it('gives 21 for black on white and less for grey', () => {
    expect(contrast([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 1)
    expect(contrast([0.62, 0, 0], [1, 0, 0])).toBeLessThan(4.5)
  })
})
