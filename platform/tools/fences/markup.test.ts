import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { listHref } from '#console/pages/Dashboard/list-href.ts'
import { viewHref } from '#console/pages/Verifications/view-href.ts'
import { payloads } from '#platform/ui/testing/payloads.ts'
import { filesBelow, textOf } from './sources.ts'

const isSource = (path: string): boolean =>
  /\.tsx?$/.test(path) && !/\.test\.tsx?$|\.e2e\.ts$|\/(testing|e2e)\//.test(path)

const sources = ['console', 'portal', 'platform/ui']
  .flatMap(filesBelow)
  .filter(isSource)
  .map((path) => ({ path, text: textOf(path) }))

/** Ways by which a browser takes text for markup or code. */
const sinks =
  /\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTML\w*|parseFromString|DOMParser|srcdoc)\b|document\s*\.\s*write|\beval\s*\(|new\s+Function\b|set(?:Timeout|Interval)\s*\(\s*['"`]/

/** `href={expression}` of a file, with braces inside the expression counted. */
const addressesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:href|src|action|formAction|formaction|xlink:href)=\{/g)].map(
    ({ index, 0: found }) => {
      const begin = index + found.length
      let depth = 1
      let end = begin
      while (depth > 0 && end < text.length) {
        if (text[end] === '{') depth += 1
        if (text[end] === '}') depth -= 1
        end += 1
      }
      return text.slice(begin, end - 1)
    },
  )

/** A path of our own, or a number to dial: what follows this beginning stays within it. */
const ownPath = /^[`'"](\/(?!\/)|tel:)/

/** Texts that are no literals, and the reason why each can be no address of another kind. */
const reviewed: Readonly<Record<string, string>> = {
  'report()': 'pathOf: a route of ours and the id of an import',
  'entry.href': 'the entries of the rail are constants',
  'href()': 'a constant path, or what listHref gave',
  href: 'what listHref gave, passed on',
  hrefOf: 'what listHref gave, passed on',
  'bar.href': 'what listHref gave, passed on',
  'url()': 'from the configuration, where it must be http(s)',
  'props.href': 'what listHref gave, passed on',
  'viewHref(props.view)': 'a path of the list with an encoded query: see below',
  "pathOf(consoleRoutes['console.exportVerifications'], { query: query() })":
    'the path of a route of our own; the query is encoded (api/contract/client.ts)',
  'places[place]': 'one of three paths written out beside it (console/pages/Policy/Tabs.tsx)',
  'props.panel.action': 'no address: a property of a component of ours',
}
const isPassedOn = (expression: string): boolean =>
  /^props\.(href|cellHref\??\.?)\(/.test(expression) || /^\(\w+\) => href\(\{ \w+ \}\)$/.test(expression)

describe('F13: pages take nothing for markup', () => {
  it('the compiled templates’ own file is the only one with a sink, and it takes no data', () => {
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.filter(({ text }) => sinks.test(text)).map(({ path }) => path)).toEqual([
      'platform/ui/trusted-template.ts',
    ])
  })

  it('every address is a path of our own or reviewed', () => {
    const open = sources.flatMap(({ path, text }) =>
      addressesIn(text)
        .map((expression) => expression.trim())
        .filter((expression) => !ownPath.test(expression) && !isPassedOn(expression))
        .filter((expression) => !Object.hasOwn(reviewed, expression))
        .map((expression) => `${path}: ${expression}`),
    )
    expect(open).toEqual([])
  })

  it('finds a planted one', () => {
    expect(addressesIn('<a href={`${props.url}`}>')).toEqual(['`${props.url}`'])
    expect(ownPath.test('`${props.url}`')).toBe(false)
    expect(ownPath.test('`//evil.example/${id}`')).toBe(false)
    for (const bad of ['el.innerHTML = x', 'document.write(x)', 'new Function(x)', 'setTimeout("x")'])
      expect(sinks.test(bad), bad).toBe(true)
  })

  it('an address of the list stays one, whatever it is made from', () => {
    for (const payload of payloads)
      for (const href of [
        listHref({ from: payload, to: payload }, { channel: payload }, { q: payload }),
        viewHref({ query: { [payload]: payload }, columns: null }),
      ]) {
        expect(href).toMatch(/^\/verifications\?/)
        expect(new URL(href, 'https://console.example').origin).toBe('https://console.example')
      }
  })

  it.each([
    ['solid-js', [1, 9, 15]],
    ['seroval', [1, 5, 3]],
  ] as const)('%s in the lock file is new enough, each copy of it', (name, atLeast) => {
    const lock = JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8')) as {
      packages: Record<string, { version: string }>
    }
    const versions = Object.entries(lock.packages)
      .filter(([path]) => path.endsWith(`node_modules/${name}`))
      .map(([, { version }]) => version.split('.').map(Number))
    expect(versions.length).toBeGreaterThan(0)
    for (const version of versions) {
      const [major = 0, minor = 0, patch = 0] = version
      expect(major * 1e6 + minor * 1e3 + patch, version.join('.')).toBeGreaterThanOrEqual(
        atLeast[0] * 1e6 + atLeast[1] * 1e3 + atLeast[2],
      )
    }
  })
})
