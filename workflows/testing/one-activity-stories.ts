/** Stories of workflows that ask for one activity and end. */
import type { Story } from './story.ts'

/** An agent waits for a search in the directories: one activity, and nothing else. */
export const searchStories: readonly Omit<Story, 'type'>[] = [
  { name: 'answered', script: {}, play: (running) => running.hasAsked('searchDirectories') },
]

/** A schedule starts it: one activity, and its worker may die or fail before it is done. */
export const maintenanceStories: readonly Omit<Story, 'type'>[] = [
  { name: 'done', script: {}, play: (running) => running.hasAsked('keepQuestionLists') },
  {
    name: 'tried-again',
    script: {
      keepQuestionLists: (call) =>
        call === 1 ? Promise.reject(new Error('the database is away')) : { done: 3 },
    },
    play: (running) => running.hasAsked('keepQuestionLists'),
  },
]
