import type { Ascii, FactRow } from './fact-values.ts'
import { families } from './families/index.ts'
import type { ParticipantFacts } from './participant-facts.ts'

/** A person's facts as rows, for counting and cutting. Sensitive words are left out here already. */
export const factRowsOf = (facts: ParticipantFacts, tools: Ascii): readonly FactRow[] => {
  const unit = facts.directory?.unit ?? null
  const ofUnit = unit === null ? {} : { unit }
  return families.flatMap(({ family, values }) =>
    values(facts, tools).map((value) => ({ personId: facts.participantId, family, ...value, ...ofUnit })),
  )
}
