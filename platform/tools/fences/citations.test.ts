import { describe, expect, it } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

const all = new Set(filesBelow('.'))
// Tests of the fences name documents that are not there.
const code = [...all].filter(
  (path) =>
    /\.(tsx?|[cm]?js|sh|sql|css|ya?ml|py)$/.test(path) &&
    !/^platform\/tools\/fences\/.+\.test\.ts$|^workflows\/histories\//.test(path),
)

/** Documents as code cites them: by their path from the root. A piece of a pattern or of an address is none. */
const citedIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w./*-])(?<!\]\()((?:\w[\w.-]*\/)*[\w-]+\.md)\b/g)].map(([, path = '']) => path)

describe('documents that code cites', () => {
  it('are part of the project, by their path from its root', () => {
    const missing = code.flatMap((path) =>
      citedIn(textOf(path))
        .filter((document) => !all.has(document))
        .map((document) => `${path} cites ${document}`),
    )
    expect(code.length).toBeGreaterThan(1000)
    expect(missing).toEqual([])
  })

  it('are found in a comment, in a title and at the end of a sentence', () => {
    expect(citedIn('/** As docs/risk.md says (SECURITY.md section 3). See `plan.md`. */')).toEqual([
      'docs/risk.md',
      'SECURITY.md',
      'plan.md',
    ])
    expect(citedIn("glob('**/*.md') new URL('./x.md')")).toEqual([])
  })
})
