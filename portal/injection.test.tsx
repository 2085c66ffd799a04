import { cleanup, screen } from '@solidjs/testing-library'
import { beforeAll, describe, expect, it } from 'vitest'
import { payloads } from '#platform/ui/testing/payloads.ts'
import { runningIn, shapeOf } from '#platform/ui/testing/markup.ts'
import type { Step } from '#api/contract/portal.ts'
import { answerWith, questions, steps } from './testing/answers.ts'
import { showStep } from './testing/show-step.tsx'

const harmless = 'Plain words of a person'

/** Steps that carry words of people, tickets and directories. */
const stepsWith = (words: string): readonly Step[] => [
  { ...steps.who_asks, agentName: words, ticket: words },
  {
    ...questions.manager,
    ask: {
      form: 'choice',
      options: [1, 2, 3, 4, 5].map((n) => ({ id: `o${n}`, label: { kind: 'text', text: words } })),
    },
  },
]

const show = async (step: Step, organisation: string) => {
  const answer = answerWith(step)
  const branded = { ...answer, brand: { ...answer.brand, name: organisation } }
  const { container } = await showStep(step, {
    'portal.step': () => branded,
    'public.openLink': () => branded,
  })
  await screen.findByRole('heading', { level: 1 })
  const shape = shapeOf(container)
  const text = container.textContent ?? ''
  const running = runningIn(container)
  cleanup()
  return { shape, text, running }
}

/** Reads what the portal shows of each step where all words are harmless. */
const showPlain = async () => {
  const shown = []
  for (const step of stepsWith(harmless)) shown.push(await show(step, harmless))
  return shown
}

describe('K3: fifty payloads in what the portal shows', () => {
  let expected: Awaited<ReturnType<typeof showPlain>>
  beforeAll(async () => {
    expected = await showPlain()
  })

  it.each(payloads.map((payload, index) => [index + 1, payload] as const))(
    'payload %i comes out as text',
    async (_index, payload) => {
      for (const [index, step] of stepsWith(payload).entries()) {
        const shown = await show(step, payload)
        expect(shown.shape).toEqual(expected[index]?.shape)
        expect(shown.text).toContain(payload)
        expect(shown.running).toEqual([])
      }
      expect('ran' in globalThis).toBe(false)
    },
  )
})
