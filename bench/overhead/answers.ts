/** Row 5, first half: how long a portal answer takes before its padding, beside Koa and one guarded UPDATE. */
import { openProduct, type Asked, type Product } from '../lib/product.ts'
import { json, post, postAnswer } from '../lib/post-answer.ts'
import { median } from '../lib/report.ts'
import type { Servers } from '../lib/servers.ts'
import { listenPlain, listenPortal } from './answer-listeners.ts'

/** Times of one round, milliseconds: ours and the plain listener's. */
export type AnswerRound = { readonly ours: number; readonly plain: number; readonly plainAgain: number }

/** Questions of each case; the last stays open, so that no workflow runs beside the measurement. */
const questions = 7
const casesPerRound = 8

/** Answers every question of a case but the last. */
const answerCase = async (product: Product, port: number, asked: Asked): Promise<number[]> => {
  const times: number[] = []
  for (let given = 1; given < questions; given += 1) {
    const right = await product.participant.rightOption(asked)
    times.push(await postAnswer(product, port, asked, right))
  }
  return times
}

const answerPlain = async (port: number, id: number): Promise<number[]> => {
  const times: number[] = []
  for (let position = 0; position < questions - 1; position += 1)
    times.push(await post({ port, path: '/', headers: json, body: { id, position } }))
  return times
}

/** Runs the cases one by one, or all at once. */
const over = async <Case>(
  cases: readonly Case[],
  isTogether: boolean,
  work: (item: Case) => Promise<number[]>,
): Promise<number> => {
  if (isTogether) return median((await Promise.all(cases.map(work))).flat())
  const times: number[] = []
  for (const item of cases) times.push(...(await work(item)))
  return median(times)
}

/** Alternates the plain listener, the portal, and the plain one again (the A/A control), one client or eight. */
export const measureAnswers = async (
  servers: Servers,
  rounds: number,
): Promise<{ one: AnswerRound[]; eight: AnswerRound[] }> => {
  const product = await openProduct(servers)
  const portal = await listenPortal(product.api)
  // Each round reads two sets of rows, for one client and for eight.
  const plain = await listenPlain(servers.database.owner, (rounds + 1) * 4 * casesPerRound)
  let nextRow = 1
  const rows = (): number[] => Array.from({ length: casesPerRound }, () => nextRow++)
  const round = async (isTogether: boolean): Promise<AnswerRound> => {
    await product.prepare(casesPerRound)
    const cases: Asked[] = []
    while (cases.length < casesPerRound) cases.push(await product.toQuestions(questions))
    const onPlain = () => over(rows(), isTogether, (id) => answerPlain(plain.port, id))
    const first = await onPlain()
    const ours = await over(cases, isTogether, (asked) => answerCase(product, portal.port, asked))
    return { plain: first, ours, plainAgain: await onPlain() }
  }
  const measured = { one: [] as AnswerRound[], eight: [] as AnswerRound[] }
  try {
    await round(false)
    await round(true)
    for (let done = 0; done < rounds; done += 1) {
      measured.one.push(await round(false))
      measured.eight.push(await round(true))
    }
  } finally {
    await portal.close()
    await plain.close()
    await product.close()
  }
  return measured
}
