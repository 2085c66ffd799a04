import { faceFor, text } from '../fact-values.ts'
import { daysSince, isFresh } from '../moments.ts'
import type { TeamMember } from '../participant-facts.ts'
import { choiceFrom, type FactInput, type Family } from './family.ts'

const settledDays = 30

/** The team's face, where the directory was read lately and the participant has been in this team for a while. */
const knownFace = ({ facts, now }: FactInput): TeamMember | undefined => {
  const { participantId, directory } = facts
  if (directory === null || !isFresh(directory.asOf, now) || directory.isExecutive) return undefined
  const since = directory.manager?.since ?? null
  const isNew = directory.manager === null || (since !== null && daysSince(since, now) < settledDays)
  return isNew ? undefined : faceFor(participantId, directory)
}

/**
 * Q3, a person with the same manager: cells of teams, one name for each, so that exactly one option is of the
 * participant's team and everybody of a team is shown the same five names.
 */
export const teamMateFamily: Family = {
  family: 'team_mate',
  code: 'Q3',
  about: {
    name: 'team-mate',
    question: 'which of these people has the same manager',
    form: 'choice',
    notAsked:
      'teams of three or fewer; the member whose name represents the team in the list; a list with a second team-mate',
  },
  values: ({ participantId, directory }) => {
    const face = directory === null ? undefined : faceFor(participantId, directory)
    return face === undefined ? [] : [{ value: face.id, label: text(face.name) }]
  },
  factsNow: (input) => {
    const face = knownFace(input)
    return face === undefined ? [] : [face.id]
  },
  instances: (input) => {
    const { directory } = input.facts
    const face = knownFace(input)
    if (directory === null || face === undefined) return []
    // The whole team, the participant included: none of them may be a second right answer.
    const team = directory.team.map((member) => member.id)
    const body = choiceFrom(input, 'team_mate', face.id, team)
    if (body === null) return []
    return [
      {
        family: 'team_mate',
        source: 'directory',
        exposure: 'public',
        points: 'choice_medium',
        text: { key: 'question.team_mate.choice' },
        fact: face.id,
        body,
      },
    ]
  },
}
