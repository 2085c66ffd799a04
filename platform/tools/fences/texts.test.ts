import { describe, expect, it } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

const textual =
  /\.(ts|tsx|js|mjs|cjs|json|jsonc|md|css|html|yml|yaml|sql|txt|mermaid)$|(^|\/)(run|Dockerfile|LICENSE|NOTICE)$/
const files = filesBelow('.').filter((path) => textual.test(path))

/** A text of the project never says these; each has an example that the pattern must catch. */
const never: readonly (readonly [what: string, pattern: RegExp, example: string])[] = [
  [
    'a home folder of some machine',
    /(^|[^\w.])\/(home|Users|root)\/[\w.]/,
    ['see ', 'home', 'ada', 'notes'].join('/'),
  ],
  ['an unresolved merge', /^(<{7}|>{7}) /m, `${'<'.repeat(7)} ours`],
  ['a private key', /-----BEGIN (EC |RSA |OPENSSH )?PRIVATE KEY-----/, `-----BEGIN ${'PRIVATE'} KEY-----`],
  ['a token of a known form', /\b(ghp|gho|npm|sk_live|xox[abp])[_-]\w{20,}/, `npm_${'a1'.repeat(12)}`],
]

describe('texts of the project', () => {
  it.each(never)('L6: hold no trace of %s', (_what, pattern, example) => {
    expect(example).toMatch(pattern)
    expect(files.length).toBeGreaterThan(100)
    expect(files.filter((path) => pattern.test(textOf(path)))).toEqual([])
  })

  it('README shows the two commands that a newcomer needs', () => {
    expect(textOf('README.md')).toMatch(/```sh\nnpm start\nnpm test\n```/)
  })

  it('every link between documents leads somewhere', () => {
    const all = new Set(filesBelow('.'))
    const documents = [...all].filter((path) => path.endsWith('.md'))
    const dead = documents.flatMap((path) => {
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
      return [...textOf(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map(([, target = '']) => new URL(target, `file:///${folder}`).pathname.slice(1))
        .filter((target) => !all.has(target) && ![...all].some((one) => one.startsWith(target)))
        .map((target) => `${path} → ${target}`)
    })
    expect(dead).toEqual([])
  })
})
