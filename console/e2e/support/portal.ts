/** A participant in the portal: reads the page, and answers as the person would. */
import { expect, type Page, type Response } from '@playwright/test'
import { type Knowledge, Question, replyTo } from '#platform/server/cli/smoke-answers.ts'
import type { Hands } from './hands.ts'
import { portalWords, type Language } from './words.ts'

type Shown = { readonly kind: string; readonly number?: number; readonly ending?: string }

const shownIn = async (response: Response): Promise<Shown | undefined> => {
  const isStep = /\/api\/(portal|public)\//.test(response.url()) && response.status() === 200
  if (!isStep) return undefined
  const json = (await response.json().catch(() => ({}))) as { step?: Shown; answer?: { step?: Shown } }
  return json.step ?? json.answer?.step
}

/** Whether anything was typed, chosen or only looked at. */
export type Replies = 'right' | 'wrong'

/** Opens a page for a participant. Steps are read from what the server sends, so that no language matters. */
export const createParticipant = (page: Page, hands: Hands, language: Language) => {
  const words = portalWords[language]
  let shown: Shown | null = null
  page.on('response', (response) => {
    void shownIn(response).then((step) => (shown = step ?? shown))
  })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })
  const kindIs = async (...kinds: readonly string[]): Promise<Shown> => {
    await expect
      .poll(() => shown?.kind, { timeout: 30_000, intervals: [50, 100, 200] })
      .toMatch(new RegExp(`^(${kinds.join('|')})$`))
    return shown as unknown as Shown
  }

  const open = async (link: string): Promise<void> => {
    await page.goto(link)
    await expect(heading(words.whoAsks)).toBeVisible()
    expect(new URL(page.url()).hash).toBe('')
  }
  const sayYes = async (): Promise<void> => {
    await hands.press(button(words.yes))
    await expect(heading(words.typeCode)).toBeVisible()
  }
  const typeCode = async (code: string): Promise<void> => {
    const field = page.locator('#match-code, #second-code')
    await field.fill('')
    await hands.type(field, code)
    await hands.press(button(words.goOn))
  }
  /** The question on the page, once the page shows the one that the server sent last. */
  const question = async (): Promise<Question> => {
    const step = await kindIs('question')
    await expect(page.locator('.count')).toContainText(new RegExp(`\\b${String(step.number)}\\b`))
    return Question.parse(step)
  }
  const choose = async (asked: Question, index: number): Promise<void> => {
    if (asked.ask.form !== 'choice') return
    await expect(page.getByRole('radio')).toHaveCount(asked.ask.options.length + 1)
    await hands.choose(page.getByRole('radio').nth(index))
  }
  const fill = async (asked: Question, text: string): Promise<void> => {
    if (!asked.text.key.startsWith('question.start_month')) {
      await hands.type(page.locator('#reply'), text)
      return
    }
    const [year = '', month = ''] = text.split('-')
    await hands.select(page.locator('#month'), String(Number(month)))
    await hands.type(page.locator('#year'), year)
  }
  /** Answers the question on the page; a wrong answer is another option, or other characters. */
  const answer = async (known: Knowledge, how: Replies = 'right'): Promise<void> => {
    const asked = await question()
    const reply = replyTo(asked, known)
    if (asked.ask.form === 'choice') {
      const { options } = asked.ask
      const right =
        reply.kind === 'option' ? options.findIndex(({ id }) => id === reply.optionId) : options.length
      await choose(asked, how === 'right' ? right : (right + 1) % options.length)
    } else if (reply.kind === 'text')
      await fill(asked, how === 'right' ? reply.text : reply.text.replace(/.$/, 'Q'))
    const before = asked.position
    await hands.press(button(words.goOn))
    await expect
      .poll(() => shown?.kind !== 'question' || (shown as unknown as Question).position !== before)
      .toBe(true)
  }
  /** Answers until nothing is asked any more. */
  const answerAll = async (known: Knowledge, how: Replies = 'right'): Promise<number> => {
    for (let count = 0; ; count += 1) {
      const step = await kindIs('question', 'waiting', 'ended', 'new_password')
      if (step.kind !== 'question') return count
      await answer(known, how)
    }
  }
  const setPassword = async (password: string): Promise<void> => {
    await kindIs('new_password')
    await hands.type(page.locator('#password'), password)
    await hands.press(button(words.setPassword))
  }
  return {
    page,
    words,
    button,
    heading,
    kindIs,
    open,
    sayYes,
    typeCode,
    question,
    answer,
    answerAll,
    setPassword,
  }
}

/** A participant at work. */
export type Participant = ReturnType<typeof createParticipant>
