/** Feedback and labels after a case is over. */
import type { Actor } from '#domain/verification/verification.ts'
import { date, deskActor, participant, put, tell, type Story } from './story.ts'

const pleased = [
  'Quick and clear, thank you.',
  'Easier than last time.',
  'Worked on my phone right away.',
  'Ging schnell, danke.',
  'Simple et rapide.',
] as const

const displeased = [
  'I did not remember what my laptop is called.',
  'The code was hard to hear on the train.',
  'Too many questions for a password.',
  'Ich musste zweimal anrufen.',
] as const

const hourMs = 3_600_000

/** A participant who was there for the end is asked. */
const isAsked = ({ columns, outcome, rows }: Story): boolean => {
  const action = rows.get('actions')?.at(-1)
  const hasLeft = action !== undefined && action['not_before'] !== null && action['state'] !== 'completed'
  return columns['opened_at'] !== undefined && outcome !== 'cancelled' && !hasLeft
}

/** A tap on "easy" or "hard", and a sentence from some. */
export const giveFeedback = (story: Story): void => {
  const { world, case: past, columns } = story
  if (!isAsked(story) || past.scenario === 'impostor' || !past.random.chance(0.45)) return
  const rating = past.random.chance(story.outcome === 'passed' ? 0.84 : 0.3) ? 'easy' : 'hard'
  const comment = past.random.chance(0.22) ? past.random.pick(rating === 'easy' ? pleased : displeased) : null
  const at = story.now + past.random.int(4, 60) * 1000
  put(story, 'feedback', {
    verification_id: past.id,
    rating,
    comment_sealed: comment === null ? null : world.seal('feedback', 'comment_sealed', past.id, comment),
    at: date(story, at),
  })
  Object.assign(columns, { feedback: rating, commented: comment !== null })
  tell(story, participant(story), 'feedback.given', { rating, hasComment: comment !== null }, at)
}

type Label = 'genuine' | 'suspicious' | 'false_refusal' | 'unsure'

const labelOf = ({ case: past, outcome }: Story): Label | null => {
  const { random, scenario } = past
  if (scenario === 'impostor') return random.chance(0.8) ? 'suspicious' : 'unsure'
  if (outcome === 'failed') return random.chance(0.55) ? 'false_refusal' : null
  return outcome === 'passed' && random.chance(0.06) ? 'genuine' : null
}

const reasons: Readonly<Record<Label, readonly string[]>> = {
  genuine: ['Known voice, came by the desk later.', 'Confirmed by the manager.'],
  suspicious: ['The participant says they never called.', 'Asked for the code to be sent to another number.'],
  false_refusal: [
    'Came to the office with an identity card; it was really them.',
    'On a business trip, confirmed.',
  ],
  unsure: ['The line broke off before the end.'],
}

/** The label that an agent or supervisor gives when more is known. */
export const giveLabel = (story: Story): void => {
  const { world, case: past } = story
  const label = labelOf(story)
  const at = story.now + past.random.int(1, 20) * hourMs
  if (label === null || at > world.at.getTime()) return
  const supervisor = world.people.find((person) => person.desk?.role === 'supervisor') ?? past.agent
  const actor: Actor & { kind: 'agent' } = deskActor(story, past.random.chance(0.6) ? past.agent : supervisor)
  put(story, 'labels', {
    id: world.idOf('label', past.id),
    verification_id: past.id,
    label,
    reason: past.random.pick(reasons[label]),
    basis: label === 'unsure' ? 'panel' : 'outside',
    by_id: actor.id,
    by_name: actor.name,
    at: date(story, at),
  })
  tell(story, actor, 'label.given', { label }, at)
}

/** One in so many impostors was the organisation's own tester. */
const exerciseEvery = 7

/** The mark of a supervisor that a case was an exercise, at the end of its quarter's round. */
export const markExercise = (story: Story): void => {
  const { world, case: past } = story
  const at = story.now + 2 * hourMs
  const supervisor = world.people.find((person) => person.desk?.role === 'supervisor')
  const isDrawn = past.scenario === 'impostor' && past.index % exerciseEvery === 0
  if (!isDrawn || supervisor === undefined || at > world.at.getTime()) return
  const actor = deskActor(story, supervisor)
  put(story, 'exercises', {
    id: world.idOf('exercise', past.id),
    verification_id: past.id,
    is_exercise: true,
    reason: 'Red-team round of this quarter.',
    by_id: actor.id,
    by_name: actor.name,
    at: date(story, at),
  })
  tell(story, actor, 'exercise.marked', {}, at)
}
