/** The project speaks in sentences with a subject, and names a thing by the field's word (docs/glossary.md). */
import { describe, expect, it } from 'vitest'
import { titlesIn } from './bars.ts'
import { filesBelow, textOf } from './sources.ts'

const own = 'platform/tools/fences/phrases.test.ts'
const files = filesBelow('.').filter((path) => path !== own && !path.startsWith('workflows/histories/'))
const code = files.filter((path) => /\.(tsx?|[cm]?js|sql)$/.test(path))
const documents = files.filter((path) => path.endsWith('.md'))
const isTest = (path: string): boolean => /\.(test\.tsx?|e2e(-\w+)?\.ts)$/.test(path)

/** Blocks of comments; lines that follow each other are one. */
const comment = /\/\*[^]*?\*\/|(?:^|(?<=\s))\/\/ .*(?:\n[ \t]*\/\/ .*)*|^[ \t]*-- .*(?:\n[ \t]*-- .*)*/gm

/** The text of each comment on one line, without its marks. */
const commentsOf = (text: string): readonly string[] =>
  [...text.matchAll(comment)].map(([block]) =>
    block
      .replace(/^\/\*\*?|\*\/$/g, '')
      .replace(/(^|\n)[ \t]*(?:\* ?|\/\/ |-- )/g, '$1')
      .replace(/\s+/g, ' ')
      .trim(),
  )

/** A beginning without subject and verb: "Whether it is on." */
const fragment = /^(?:What|Whether|Of|Who|Whose|Whoever|How|Why)\b/

/** Phrases that only their author understood, and the words to use. */
const old: readonly (readonly [phrase: RegExp, say: string, example: string])[] = [
  [/\bthe one of\b/i, 'the name of the thing', 'the one of the identity provider'],
  [/\bwhat came of\b/i, 'its result', 'records what came of it'],
  [/\btold (?:of|as)\b/i, 'who reports, shows or hears it', 'a failure is told as such'],
  [/\bstands? for good\b/i, 'that it is final', 'the answer stands for good'],
  [/\bword of the API\b|\bAPI['’]s word\b/i, 'attestation', 'without the word of the API'],
  [/\bopen it all the same\b/i, 'nothing of this kind', 'Open it all the same.'],
  [
    /\bown words (?:of|for) (?:a|its|the) messages?\b|\borgani[sz]ation['’]s own words for\b/i,
    'own text',
    'own words of a message',
  ],
]

/** Private words that named files before the glossary decided. */
const privateName =
  /^(?:telling|ground|stage|deeds?|bringer|settle|take-in|pieces|yielding|steady|held|standing|turns?)\b|^(?:floor|shown|word|said)\.|-(?:held|standing|turn|ground|stage)\b/i

/** A file of a capability is named by what its functions return. */
const nameless = /^services\/.+-(?:read|write)s?\.ts$/

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const spoken = [
  ...code.map((path) => ({
    path,
    texts: [...commentsOf(textOf(path)), ...(isTest(path) ? titlesIn(textOf(path)) : [])],
  })),
  ...documents.map((path) => ({ path, texts: [textOf(path).replace(/\s+/g, ' ')] })),
]

describe('phrases', () => {
  it('comments are sentences with a subject', () => {
    const fragments = code.flatMap((path) =>
      commentsOf(textOf(path))
        .filter((text) => fragment.test(text))
        .map((text) => `${path}: ${text.slice(0, 80)}`),
    )
    expect(code.length).toBeGreaterThan(1_500)
    expect(fragments).toEqual([])
  })

  it.each(old)('comments, titles and documents do not say %s', (phrase, say, example) => {
    expect(example).toMatch(phrase)
    const found = spoken.filter(({ texts }) => texts.some((text) => phrase.test(text)))
    expect(found.map(({ path }) => `${path}: say ${say}`)).toEqual([])
  })

  it('no file has a private word in its name', () => {
    expect(code.filter((path) => privateName.test(nameOf(path)) || nameless.test(path))).toEqual([])
  })

  it('would be caught: each kind of comment, and each form of a name', () => {
    const text =
      "/** Of the newest score. */\n// How far it came,\n// line by line.\n  -- Who asks.\nconst a = '// x'"
    expect(commentsOf(text).filter((one) => fragment.test(one))).toEqual([
      'Of the newest score.',
      'How far it came, line by line.',
      'Who asks.',
    ])
    expect(commentsOf('/** The band of the newest score. */').filter((one) => fragment.test(one))).toEqual([])
    for (const name of ['stage.ts', 'kill-turn.it.test.ts', 'Turn.tsx', 'take-in.ts'])
      expect(name).toMatch(privateName)
    for (const name of ['grounds-report.ts', 'shown-view.ts', 'staged.ts'])
      expect(name).not.toMatch(privateName)
    expect('services/people/people-read.ts').toMatch(nameless)
    expect('services/imports/read-rows.ts').not.toMatch(nameless)
  })
})
