import { describe, expect, it } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

interface Banned {
  readonly words: readonly string[]
  readonly say: string
  readonly exempt: readonly RegExp[]
}

const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '')

/** The table "Words we do not use" of the glossary. */
const banned: readonly Banned[] = textOf('docs/glossary.md')
  .replace(/^[^]*## Words we do not use/, '')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, words = '', say = '', exempt = ''] = line.split('|')
    const patterns = quoted(exempt).map((name) => new RegExp(`^${name.replaceAll('*', '\\w*')}$`))
    return { words: quoted(words), say: say.trim(), exempt: patterns }
  })

/** `StaffCaller` → staff, caller; plurals count as well. */
function wordsOf(name: string): readonly string[] {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_]+/)
  return words.flatMap((word) => [word, word.replace(/s$/, '')])
}

/** The word to say instead, or `undefined` where the name is fine. */
function complaint(name: string): string | undefined {
  const words = wordsOf(name)
  const found = banned.find(({ words: bad, exempt }) => {
    return bad.some((word) => words.includes(word)) && !exempt.some((pattern) => pattern.test(name))
  })
  return found && `${name}: say ${found.say}`
}

const folders = [
  'domain',
  'workflows',
  'activities',
  'api',
  'console',
  'portal',
  'analytics',
  'services',
  'platform',
  'cli',
]
const exported = /^export (?:declare )?(?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm

function namesOf(path: string): readonly string[] {
  return [...textOf(path).matchAll(exported)].map(([, name]) => name ?? '')
}

describe('words', () => {
  const files = folders
    .flatMap(filesBelow)
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && !path.includes('/testing/'))

  it('exported names use none of the words that the glossary bans', () => {
    expect(files.length).toBeGreaterThan(50)
    const complaints = files.flatMap((path) => {
      return namesOf(path).flatMap((name) => complaint(name)?.concat(` (${path})`) ?? [])
    })
    expect(complaints).toEqual([])
  })

  it('would be caught: a banned word alone, in a compound and in the plural', () => {
    expect(complaint('user')).toBe('user: say agent, participant, person')
    expect(complaint('loadCallers')).toBe('loadCallers: say participant')
    expect(complaint('DestinationPicker')).toBe('DestinationPicker: say contact')
  })

  it('leaves alone what the last column of the table names, and words that only look alike', () => {
    expect(complaint('UserAgentFacts')).toBeUndefined()
    expect(complaint('readUserAgent')).toBeUndefined()
    expect(complaint('reportedSignal')).toBeUndefined()
    expect(complaint('pinned')).toBeUndefined()
  })
})
