import { isAskableGroup, text } from '../fact-values.ts'
import { daysSince, isFresh } from '../moments.ts'
import type { GroupFact } from '../participant-facts.ts'
import { choiceFrom, isCleanList, pickOne, type FactInput, type Family } from './family.ts'

const activeWithinDays = 90

/** Groups that are used, about work, and without a sensitive word. */
const activeGroups = ({ facts: { groups }, now, tools }: FactInput): readonly GroupFact[] =>
  groups === null || !isFresh(groups.asOf, now)
    ? []
    : groups.groups.filter(
        (group) => isAskableGroup(group, tools) && daysSince(group.activeAt, now) < activeWithinDays,
      )

/** Q4, a group or list that the participant belongs to: a choice among groups of the same size. */
export const groupFamily: Family = {
  family: 'group',
  code: 'Q4',
  about: {
    name: 'group',
    question: 'which group or list do you belong to',
    form: 'choice',
    notAsked:
      'groups that their source does not mark as work (kind `work`), and sensitive names; groups unused for 90 days or with fewer than four members of one unit',
  },
  values: ({ groups }, tools) =>
    (groups?.groups ?? [])
      .filter((group) => isAskableGroup(group, tools))
      .map((group) => ({ value: group.id, label: text(group.name, group.names) })),
  factsNow: (input) => activeGroups(input).map((group) => group.id),
  instances: (input) => {
    const { groups } = input.facts
    if (groups === null) return []
    const listed = activeGroups(input).filter(
      (group) => input.tenant.blockOf('group', group.id) !== undefined,
    )
    const group = pickOne(listed, 'group', input)
    if (group === undefined) return []
    const mine = groups.groups.map((other) => other.id)
    const body = choiceFrom(input, 'group', group.id, mine)
    if (body === null || !isCleanList(body.block, input.tools)) return []
    return [
      {
        family: 'group',
        source: 'groups',
        exposure: 'internal',
        points: 'choice_medium',
        text: { key: 'question.group.choice' },
        fact: group.id,
        body,
      },
    ]
  },
}
