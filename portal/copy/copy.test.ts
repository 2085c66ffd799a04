import { describe, expect, it } from 'vitest'
import { languages } from '#domain/languages.ts'
import { habitDays } from '#domain/risk/habit.ts'
import { words as en } from './en/index.ts'
import { later as enLater } from './en/later.ts'
import { pages as enPages } from './en/pages.ts'
import { load } from './index.ts'
import { loadLater } from './later.ts'
import { loadPages } from './pages.ts'

/** Every text of a copy by its path; slots of sentences are filled with the path. */
const textsOf = (value: unknown, path = ''): [string, string][] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function')
    return [[path, String((value as (...slots: unknown[]) => unknown)(...slots(path)))]]
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is no text`)
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, `${path}.${key}`))
}
const slots = (path: string): unknown[] => {
  if (path.endsWith('question.text')) return [{ key: 'question.manager.choice' }]
  if (path.endsWith('question.option')) return [{ kind: 'weekday', weekday: 1 }]
  if (path.endsWith('who.story')) return [{ agentName: 'Maria' }, 'p', 't']
  return [1, 2, 3]
}

const others = languages.filter((language) => language !== 'en')
const pairs = await Promise.all(
  others.flatMap((language) => [
    load(language).then((words) => ['first page', language, en, words] as const),
    loadLater(language).then((words) => ['later steps', language, enLater, words] as const),
    loadPages(language).then((words) => ['other pages', language, enPages, words] as const),
  ]),
)
const laters = await Promise.all(languages.map(loadLater))

describe('the words', () => {
  it.each(pairs)(
    'of the %s are complete in %s, and none is left untranslated',
    (_name, _language, english, translated) => {
      const ours = new Map(textsOf(english))
      const theirs = new Map(textsOf(translated))
      expect([...theirs.keys()]).toEqual([...ours.keys()])
      for (const [path, text] of theirs) {
        expect(text.trim(), path).not.toBe('')
        if (!/ticket|months|organisation/.test(path)) expect(text, path).not.toBe(ours.get(path))
      }
    },
  )

  it('ask every question in every language, with its slots', () => {
    const asked = [
      { key: 'question.manager.choice' },
      { key: 'question.manager.typed' },
      { key: 'question.team_mate.choice' },
      { key: 'question.office.choice' },
      { key: 'question.group.choice' },
      { key: 'question.sign_in_change.choice', what: 'password' },
      { key: 'question.sign_in_change.choice', what: 'second_step' },
      { key: 'question.free_weekday.choice' },
      { key: 'question.meeting_slot.choice', zone: 'Europe/Berlin' },
      { key: 'question.meeting_slot.choice', zone: null },
      { key: 'question.meeting_organiser.choice' },
      { key: 'question.start_month.choice' },
      { key: 'question.start_month.typed' },
      { key: 'question.start_month.year' },
      { key: 'question.device_model.choice', device: 'desktop' },
      { key: 'question.ticket_category.choice' },
      { key: 'question.asset_tag.typed', device: 'other', characters: 5 },
    ] as const
    for (const { question } of laters) {
      const sentences = asked.map((text) => question.text(text))
      expect(new Set(sentences).size).toBe(asked.length)
      expect(sentences.every((sentence) => /\?/.test(sentence))).toBe(true)
      expect(sentences.at(-1)).toContain('5')
    }
  })

  it('spell every kind of option', async () => {
    const labels = [
      { kind: 'text', text: 'Chess evening' },
      { kind: 'quarter', year: 2019, quarter: 2 },
      { kind: 'month', year: 2026, month: 3 },
      { kind: 'weekday', weekday: 2 },
      { kind: 'slot', weekday: 4, hour: 9 },
    ] as const
    const german = await loadLater('de')
    const wireless = { kind: 'text', text: 'Wireless', names: { de: 'Funknetz' } } as const
    expect([enLater, german].map(({ question }) => question.option(wireless))).toEqual([
      'Wireless',
      'Funknetz',
    ])
    expect(labels.map((label) => enLater.question.option(label))).toEqual([
      'Chess evening',
      'April to June 2019',
      'March 2026',
      'Tuesday',
      'Thursday at 9:00',
    ])
    expect(labels.map((label) => german.question.option(label))).toEqual([
      'Chess evening',
      'April bis Juni 2019',
      'März 2026',
      'Dienstag',
      'Donnerstag um 9 Uhr',
    ])
  })

  it('never speak of risk, score or failure to a participant', () => {
    const all = pairs.flatMap(([, , english, translated]) => [...textsOf(english), ...textsOf(translated)])
    const texts = all.map(([, text]) => text).join('\n')
    expect(texts).not.toMatch(/\b(risk|score|suspicious|fraud|Risiko|verdächtig|Betrug)\b/i)
  })

  it.each(languages)(
    'of the first page say for how long the numbers of typing are kept: %s',
    async (language) => {
      expect((await load(language)).who.kept(30)).toMatch(new RegExp(`\\b${String(habitDays)}\\b`))
    },
  )
})
