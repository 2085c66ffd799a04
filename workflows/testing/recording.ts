import { Worker } from '@temporalio/worker'
import { expect } from 'vitest'
import { historyConverter, readCommands, writeHistory } from './history.ts'
import { play, type TestServer, type PlayedRun } from './play.ts'
import { recordingsOf, type Story } from './story.ts'

/** Set to record all histories anew; do so only where a release has changed the stories on purpose. */
const isRecording = process.env['RECORD_HISTORIES'] === '1'

/**
 * Plays a story, replays what it left, and compares what it asked for with what was recorded once.
 * @param isKept whether this is where histories are replayed, and recorded when they are
 */
export const expectAsRecorded = async (
  server: TestServer,
  story: Story,
  isKept = true,
): Promise<PlayedRun[]> => {
  const runs = await play(server, story)
  const recordings = recordingsOf(story)
  expect(runs).toHaveLength(recordings.length)
  const bundle = { workflowBundle: { codePath: server.bundlePath }, dataConverter: historyConverter }
  for (const [index, { history, commands }] of runs.entries()) {
    const recording = recordings[index] ?? ''
    if (isKept) await Worker.runReplayHistory(bundle, history)
    if (isRecording && isKept) writeHistory(recording, history, commands)
    expect(commands, recording).toEqual(readCommands(recording))
  }
  return runs
}
