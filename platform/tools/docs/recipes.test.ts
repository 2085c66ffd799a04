import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { textOf } from '../fences/sources.ts'
import { pathsIn, recipesIn } from './recipes.ts'

const recipes = recipesIn(textOf('CONTRIBUTING.md'))

/** Recipes that say why they take more files. */
const more: Readonly<Record<string, number>> = { 'A route': 7 }
const mostOf = (title: string): number => more[title] ?? (title === 'A purpose' ? 12 : 6)

describe('the recipes of CONTRIBUTING.md', () => {
  it('name files and folders that are there', () => {
    const paths = pathsIn(textOf('CONTRIBUTING.md'))
    expect(paths.length).toBeGreaterThan(80)
    expect(paths.filter((path) => !existsSync(path))).toEqual([])
  })

  it.each(recipes.map(({ title, files }) => [title, files] as const))(
    '%s touches %i files: a purpose twelve at most, anything else six',
    (title, files) => {
      expect(files).toBeGreaterThan(2)
      expect(files).toBeLessThanOrEqual(mostOf(title))
    },
  )

  it('say why, where they take more', () => {
    for (const title of Object.keys(more))
      expect(recipes.find((recipe) => recipe.title === title)?.text).toMatch(/\b(Seven|Eight) files, since /)
  })

  it('are read with both languages, and without what a reader fills in', () => {
    const text =
      '`api/before.ts`\n## Recipes\n`a/{en,de}/x.ts`, `b/<name>.ts`, `npm run c/d`, `phase`, `.env.example`'
    expect(pathsIn(text)).toEqual(['a/en/x.ts', 'a/de/x.ts', '.env.example'])
  })

  it('are counted with each file of a placeholder, one of two ways, and what has no place of its own', () => {
    const text =
      '\n## Recipes\n### One\n1. `a/{en,de}/<x>.ts`: words,\n   `b/c.ts` too.\n2. `d/e.ts`, else `f/g.ts`.\n3. The code.\n4. `npm run x`.\n\nOr:\n\n1. `h/i.ts`.\n### Two\nNo list.'
    expect(recipesIn(text).map(({ title, files }) => [title, files])).toEqual([
      ['One', 5],
      ['One', 1],
    ])
  })
})
