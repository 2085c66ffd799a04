/** A participant in the portal: reads the page, and answers as the person would. */
import { expect, type Page, type Response } from '@playwright/test'
import { type Knowledge, Question, replyTo } from '#dev/smoke/answers.ts'
import { demoPeople } from '#dev/seeds/answers.ts'
import type { Hands } from './hands.ts'
import { portalWords, type Language } from './words.ts'

type Shown = {
  readonly kind: string
  readonly number?: number
  readonly ending?: string
  readonly for?: string
}

const shownIn = async (response: Response): Promise<Shown | undefined> => {
  const isStep = /\/api\/(portal|public)\//.test(response.url()) && response.status() === 200
  if (!isStep) return undefined
  const json = (await response.json().catch(() => ({}))) as { step?: Shown; answer?: { step?: Shown } }
  return json.step ?? json.answer?.step
}

/** The replies to type or choose. */
export type Replies = 'right' | 'wrong'

/** A wrong answer of the same kind: another year, other digits, another person's name. Small slips are forgiven. */
const wrong = (text: string): string => {
  if (/^\d{4}-\d\d$/.test(text)) return `1999${text.slice(4)}`
  return /^\d+$/.test(text) ? text.replace(/\d/g, (digit) => String((Number(digit) + 3) % 10)) : 'Ada Lindt'
}

type View = ReturnType<typeof createView>

/** Reads what the page shows, and what the server said is to be shown. */
const createView = (page: Page, language: Language) => {
  let shown: Shown | null = null
  page.on('response', (response) => {
    void shownIn(response).then((step) => (shown = step ?? shown))
  })
  const kindIs = async (...kinds: readonly string[]): Promise<Shown> => {
    await expect
      .poll(() => shown?.kind, { timeout: 30_000, intervals: [50, 100, 200] })
      .toMatch(new RegExp(`^(${kinds.join('|')})$`))
    return shown as unknown as Shown
  }
  /** The step after the questions; while the case is weighed, the page waits as well, for nobody. */
  const weighed = async (): Promise<Shown> => {
    const isWeighed = () => shown?.kind === 'second_code' || shown?.for === 'decision'
    await expect.poll(isWeighed, { timeout: 60_000, intervals: [50, 100, 200] }).toBe(true)
    return shown as unknown as Shown
  }
  /** The question on the page, once the page shows the one that the server sent last. */
  const question = async (): Promise<Question> => {
    const step = await kindIs('question')
    await expect(page.locator('.count')).toContainText(new RegExp(`\\b${String(step.number)}\\b`))
    return Question.parse(step)
  }
  return {
    page,
    words: portalWords[language],
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    heading: (name: string | RegExp) => page.getByRole('heading', { level: 1, name }),
    kindIs,
    weighed,
    question,
    /** True if something else than this question is shown. */
    isPast: (position: number): boolean =>
      shown?.kind !== 'question' || (shown as unknown as Question).position !== position,
  }
}

const choose = async ({ page }: View, hands: Hands, options: number, index: number): Promise<void> => {
  // The list of the question before is gone once the number fits; every list has "I don't know" at its end.
  await expect(page.getByRole('radio')).toHaveCount(options + 1)
  await hands.choose(page.getByRole('radio').nth(index))
}

const fill = async ({ page }: View, hands: Hands, text: string): Promise<void> => {
  const [, year, month] = /^(\d{4})-(\d\d)$/.exec(text) ?? []
  if (year === undefined) {
    await hands.type(page.locator('#reply'), text)
    return
  }
  await hands.select(page.locator('#month'), String(Number(month)))
  await hands.type(page.locator('#year'), year)
}

const dayMs = 24 * 3600 * 1000

/**
 * The option of a colleague in lab, or else the one after the right one. A value that was true of nobody for years weighs
 * more than a mistake (CHA_CANARY), and the page does not show which it is.
 */
const mistaken = (asked: Question, ids: readonly string[], at: number): number => {
  const said = demoPeople('lab').map((person) => {
    const hiredOn = new Date(Date.now() - person.hiredDaysAgo * dayMs).toISOString().slice(0, 10)
    const theirs = replyTo(asked, { ...person, hiredOn })
    return theirs.kind === 'option' ? ids.indexOf(theirs.optionId) : -1
  })
  return said.find((index) => index >= 0 && index !== at) ?? (at + 1) % ids.length
}

const reply = async (view: View, hands: Hands, asked: Question, known: Knowledge, how: Replies) => {
  const right = replyTo(asked, known)
  if (asked.ask.form === 'choice') {
    const { options } = asked.ask
    const at = right.kind === 'option' ? options.findIndex(({ id }) => id === right.optionId) : options.length
    const ids = options.map(({ id }) => id)
    await choose(view, hands, options.length, how === 'right' ? at : mistaken(asked, ids, at))
  } else if (right.kind === 'text') await fill(view, hands, how === 'right' ? right.text : wrong(right.text))
}

/** Opens a page for a participant. Steps are read from what the server sends, so that no language matters. */
export const createParticipant = (page: Page, hands: Hands, language: Language) => {
  const view = createView(page, language)
  const { words, button, kindIs, question } = view
  /** Answers the question on the page; a wrong answer is another option, or other characters. */
  const answer = async (known: Knowledge, how: Replies = 'right'): Promise<void> => {
    const asked = await question()
    await reply(view, hands, asked, known, how)
    await hands.press(button(words.goOn))
    await expect.poll(() => view.isPast(asked.position)).toBe(true)
  }
  return {
    ...view,
    answer,
    open: async (link: string): Promise<void> => {
      await page.goto(link)
      await expect(page.locator('#match-code')).toBeVisible()
      await expect.poll(() => new URL(page.url()).hash, 'C9: the token leaves the address').toBe('')
    },
    typeCode: async (code: string): Promise<void> => {
      const field = page.locator('#match-code, #second-code')
      await field.fill('')
      await hands.type(field, code)
      await hands.press(button(words.goOn))
    },
    /** Answers until nothing is asked any more. Returns how many questions there were. */
    answerAll: async (known: Knowledge, wrongAnswers = 0): Promise<number> => {
      for (let count = 0; ; count += 1) {
        const { kind } = await kindIs('question', 'waiting', 'second_code', 'passkey', 'ended')
        if (kind !== 'question') return count
        await answer(known, count < wrongAnswers ? 'wrong' : 'right')
      }
    },
    /** Types the two digits that the page shows; `how`: whether they are the ones. */
    confirmNo: async (how: Replies = 'right'): Promise<void> => {
      const label = (await page.locator('label[for=no-digits]').textContent()) ?? ''
      const digits = /\d\d/.exec(label)?.[0] ?? ''
      const other = digits === '00' ? '01' : '00'
      await page.locator('#no-digits').fill('')
      await hands.type(page.locator('#no-digits'), how === 'right' ? digits : other)
      await hands.press(button(words.stop))
    },
    setPassword: async (password: string): Promise<void> => {
      await kindIs('new_password')
      await page.locator('#password').fill('')
      await hands.type(page.locator('#password'), password)
      await hands.press(button(words.setPassword))
    },
  }
}

/** A participant at work. */
export type Participant = ReturnType<typeof createParticipant>
