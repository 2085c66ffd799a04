/** Draws the curves as one SVG file for the docs. */
import type { Point } from './figures.ts'

type Curve = { readonly name: string; readonly curve: readonly Point[] }

const size = 320
const edge = 48
/** Told apart without colour vision, and in print by their dashes. */
const strokes = [
  ['#0072b2', ''],
  ['#d55e00', '6 3'],
  ['#009e73', '2 3'],
  ['#cc79a7', '8 3 2 3'],
  ['#e69f00', '12 4'],
  ['#56b4e9', '4 4'],
] as const

const at = (share: number): number => Math.round(share * size * 10) / 10

const lineOf = (curve: readonly Point[]): string =>
  [{ genuine: 0, attackers: 0 }, ...curve]
    .map(({ genuine, attackers }) => `${String(edge + at(genuine))},${String(edge + size - at(attackers))}`)
    .join(' ')

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${String(x)}" y="${String(y)}" ${more}>${words}</text>`

/** `100`: per cent of genuine people to the right, of attackers upwards. */
export const plotOf = (curves: readonly Curve[]): string => {
  const end = edge + size
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    text(edge + at(share), end + 16, String(share * 100), 'text-anchor="middle"'),
    text(edge - 6, end - at(share) + 4, String(share * 100), 'text-anchor="end"'),
  ])
  const lines = curves.flatMap(({ name, curve }, index) => {
    const [colour, dash] = strokes[index % strokes.length] ?? strokes[0]
    const stroke = `fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"`
    const y = edge + 12 + index * 20
    return [
      `<polyline points="${lineOf(curve)}" ${stroke}/>`,
      `<path d="M${String(end + 20)} ${String(y - 4)} h28" ${stroke}/>`,
      text(end + 56, y, name),
    ]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 ${String(end + 48)}" font-family="system-ui, sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<rect x="${String(edge)}" y="${String(edge)}" width="${String(size)}" height="${String(size)}" fill="none" stroke="#777"/>`,
    `<path d="M${String(edge)} ${String(end)} L${String(end)} ${String(edge)}" stroke="#bbb" stroke-dasharray="3 3"/>`,
    ...ticks,
    text(edge + size / 2, end + 36, 'genuine people above the threshold, %', 'text-anchor="middle"'),
    text(
      16,
      edge + size / 2,
      'attackers above the threshold, %',
      `text-anchor="middle" transform="rotate(-90 16 ${String(edge + size / 2)})"`,
    ),
    ...lines,
    '</svg>',
    '',
  ].join('\n')
}
