import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildBundle } from '#activities/testing/bundle.ts'
import { legalMoves, type Move, type VerificationState } from '#domain/verification/state.ts'
import {
  historyConverter,
  readCommands,
  readHistory,
  recordedStories,
  type History,
} from './testing/history.ts'
import { stories } from './testing/stories.ts'
import { recordingsOf } from './testing/story.ts'

// The twins make the runtime complain, as they should.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { filter: 'OFF' } },
})

/** The same history as if it had asked for another activity first: replay must notice. */
const mutated = (history: History): History => {
  const text = historyToJSON(history)
  const name = /"activityType": ?\{\s*"name": ?"([A-Za-z]+)"/.exec(text)?.[1] ?? ''
  const other = name === 'recordTransition' ? 'deliverLink' : 'recordTransition'
  return historyFromJSON(JSON.parse(text.replace(`"name": "${name}"`, `"name": "${other}"`)))
}

/** Every recorded history and its twin, by the name that replay reports. */
const histories = function* () {
  for (const story of recordedStories()) {
    const history = readHistory(story)
    yield { workflowId: story, history }
    yield { workflowId: twinOf(story), history: mutated(history) }
  }
}
const twinOf = (story: string): string => `twin of ${story}`

/**
 * The error that replay gave for each history, if any. One worker takes them one after the other: starting a worker
 * costs more than a replay.
 */
const replayed = new Map<string, Error | undefined>()
beforeAll(async () => {
  const codePath = await buildBundle()
  const options = { workflowBundle: { codePath }, dataConverter: historyConverter }
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories()))
    replayed.set(workflowId, error)
  rmSync(dirname(codePath), { recursive: true, force: true })
}, 60_000)

describe.each(recordedStories())('%s', (story) => {
  it('replays', () => {
    expect(replayed.has(story)).toBe(true)
    expect(replayed.get(story)).toBeUndefined()
  })

  it('has a twin with another activity that does not', () => {
    expect(replayed.get(twinOf(story))).toMatchObject({ name: 'DeterminismViolationError' })
  })
})

describe('recorded histories', () => {
  it('exist for every story, with the commands they ask for', () => {
    const recordings = stories.flatMap(recordingsOf).sort()
    expect(recordedStories()).toEqual(recordings)
    for (const recording of recordings) expect(readCommands(recording), recording).toBeDefined()
  })

  it('hold no place of a machine', () => {
    for (const story of recordedStories()) {
      expect(readFileSync(new URL(`./histories/${story}.json`, import.meta.url), 'utf8')).not.toMatch(
        /file:\/\/|\/work\//,
      )
    }
  })

  it('show every move that the domain allows', () => {
    const shown = new Set<string>()
    for (const recording of stories.flatMap(recordingsOf)) {
      if (!recording.startsWith('verification/')) continue
      for (const command of readCommands(recording) as Command[])
        movesOf(command).forEach((move) => shown.add(move))
    }
    const states = Object.keys(legalMoves) as VerificationState[]
    const all = new Set(states.flatMap((state) => Object.keys(legalMoves[state]) as Move[]))
    expect([...all].filter((move) => !shown.has(move))).toEqual([])
  })
})

type Command = {
  readonly activity?: string
  readonly input?: readonly {
    readonly moves?: readonly { readonly move: string }[]
    readonly decision?: string
  }[]
}

/** Moves that a command records; the moves of scoring are in the story's script. */
const movesOf = ({ activity, input }: Command): string[] => {
  const [first] = input ?? []
  if (activity === 'recordTransition') return (first?.moves ?? []).map(({ move }) => move)
  if (activity === 'recordDecision') return [first?.decision === 'approved' ? 'approve' : 'refuse']
  if (activity === 'acceptMatchCode') return ['open', 'begin']
  return activity === 'scoreVerification' ? ['complete', 'hand_over', 'end_short'] : []
}
