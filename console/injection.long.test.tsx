import { cleanup, screen } from '@solidjs/testing-library'
import { beforeAll, describe, expect, it } from 'vitest'
import { payloads } from '#platform/ui/testing/payloads.ts'
import { inTurn, runningIn, shapeOf, withTexts } from '#platform/ui/testing/markup.ts'
import { listOf, peopleFound, personCard, rowOf, sendOptions } from './testing/fixtures.ts'
import { mountConsole } from './testing/mount.tsx'
import { closedPanel, transcript } from './testing/panels.ts'

/** Fields whose words come from people, directories, tickets, browsers and networks. */
const free: ReadonlySet<string> = new Set([
  ...['name', 'title', 'department', 'office', 'team', 'email', 'workEmail', 'login', 'managerName'],
  ...['ticket', 'reason', 'comment', 'byName', 'actor', 'reply', 'value', 'referrerName', 'text', 'subject'],
  ...['browser', 'os', 'network', 'contactMasked', 'masked', 'addressMasked', 'contact'],
])
const harmless = () => 'Plain words of a person'

const expectNothingRuns = (): void => {
  expect(runningIn(document)).toEqual([])
  expect('ran' in globalThis).toBe(false)
}

/** Waits until a page is whole: the words are there and no more elements come. */
const settled = async (words: string): Promise<Readonly<Record<string, number>>> => {
  await screen.findAllByText((text) => text.includes(words))
  let shape = shapeOf(document.body)
  for (let before = ''; JSON.stringify(shape) !== before;) {
    before = JSON.stringify(shape)
    await new Promise((resolve) => setTimeout(resolve, 30))
    shape = shapeOf(document.body)
  }
  return shape
}

const mountPanel = async (words: string) => {
  const panel = withTexts(closedPanel, free, () => words)
  await mountConsole(`/verifications/${closedPanel.row.id}`, {
    answers: {
      'console.verification': () => panel,
      'console.transcript': () => withTexts(transcript, free, () => words),
    },
  })
  return settled(words)
}

describe('K3: fifty payloads in every free text of a verification', () => {
  let expected: Readonly<Record<string, number>>
  beforeAll(async () => {
    expected = await mountPanel(harmless())
    cleanup()
  })

  it.each(payloads.map((payload, index) => [index + 1, payload] as const))(
    'payload %i comes out as text',
    async (_index, payload) => {
      expect(await mountPanel(payload)).toEqual(expected)
      expect(document.body.textContent?.split(payload).length).toBeGreaterThan(5)
      expectNothingRuns()
    },
  )
})

const mountList = async (take: () => string) => {
  const list = listOf(payloads.length)
  const rows = payloads.map((_, index) => withTexts(rowOf(index), free, take))
  await mountConsole('/verifications', {
    answers: { 'console.listVerifications': () => ({ ...list, rows }) },
  })
}

describe('K3: fifty payloads in the list and with people', () => {
  it('the list shows each as text in its row', async () => {
    await mountList(harmless)
    const expected = await settled(harmless())
    cleanup()
    const turn = inTurn(payloads)
    await mountList(turn.take)
    await screen.findAllByText((text) => text.includes(payloads[0] ?? ''))
    expect(await settled(payloads[0] ?? '')).toEqual(expected)
    expect([...turn.given].filter((payload) => !document.body.textContent?.includes(payload))).toEqual([])
    expect(turn.given.size).toBe(payloads.length)
    expectNothingRuns()
  })

  it('the person’s card, its warnings and the message’s preview show each as text', async () => {
    const mountCard = async (take: () => string, words: string) => {
      await mountConsole(`/people/${personCard.id}`, {
        answers: {
          'console.personCard': () => withTexts(personCard, free, take),
          'console.sendOptions': () => withTexts(sendOptions, free, take),
        },
      })
      return settled(words)
    }
    const expected = await mountCard(harmless, harmless())
    for (const payload of payloads) {
      cleanup()
      expect(await mountCard(() => payload, payload)).toEqual(expected)
      expectNothingRuns()
    }
  })

  it('people who were found are shown as text', async () => {
    const turn = inTurn(payloads)
    const find = async (take: () => string, words: string) => {
      cleanup()
      const found = { ...peopleFound, people: peopleFound.people.map((hit) => withTexts(hit, free, take)) }
      const { user } = await mountConsole('/people', { answers: { 'console.searchPeople': () => found } })
      await user.type(await screen.findByRole('searchbox'), 'abc')
      return settled(words)
    }
    const expected = await find(harmless, harmless())
    while (turn.given.size < payloads.length) {
      const first = payloads[turn.given.size] ?? ''
      expect(await find(turn.take, first)).toEqual(expected)
      expectNothingRuns()
    }
  })
})
