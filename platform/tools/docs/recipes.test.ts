import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { textOf } from '../fences/sources.ts'
import { pathsIn } from './recipes.ts'

describe('the recipes of CONTRIBUTING.md', () => {
  it('name files and folders that are there', () => {
    const paths = pathsIn(textOf('CONTRIBUTING.md'))
    expect(paths.length).toBeGreaterThan(80)
    expect(paths.filter((path) => !existsSync(path))).toEqual([])
  })

  it('are read with both languages, and without what a reader fills in', () => {
    const text =
      '`api/before.ts`\n## Recipes\n`a/{en,de}/x.ts`, `b/<name>.ts`, `npm run c/d`, `phase`, `.env.example`'
    expect(pathsIn(text)).toEqual(['a/en/x.ts', 'a/de/x.ts', '.env.example'])
  })
})
