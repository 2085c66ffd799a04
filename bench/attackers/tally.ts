/** Counts of one kind of actor, with how sure they are. */
import type { Played } from './play.ts'

/** 95 % interval of a share by Wilson's score, which is honest near 0 and 1. */
export const interval = (hits: number, tries: number): readonly [low: number, high: number] => {
  const z = 1.96
  const share = hits / tries
  const centre = share + z ** 2 / (2 * tries)
  const spread = z * Math.sqrt((share * (1 - share)) / tries + z ** 2 / (4 * tries ** 2))
  const scale = 1 + z ** 2 / tries
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)]
}

const percent = (share: number): number => Math.round(share * 10_000) / 100

const countBy = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** The results of all tries of one kind. Shares in percent. */
export const tallyOf = (played: readonly Played[]) => {
  const approved = played.filter(({ decision }) => decision.answer === 'approve')
  const [low, high] = interval(approved.length, played.length)
  return {
    tries: played.length,
    approved: approved.length,
    approvedPercent: percent(approved.length / played.length),
    interval95: [percent(low), percent(high)],
    owedToAnswers: played.filter(({ isOwedToAnswers }) => isOwedToAnswers).length,
    /** The case closes on this person for want of evidence, without anything left to do. */
    withoutRoute: played.filter(({ decision }) => decision.answer === 'hold' && decision.next === 'close')
      .length,
    /** Refused outright; of genuine people: a false refusal, as when an approver says no by mistake. */
    refused: played.filter(({ decision }) => decision.answer === 'refuse').length,
    /** An agent has to see the person, name an approver or wait: the policy can ask for nothing more by itself. */
    handedOver: played.filter(({ decision }) => decision.next === 'new_evidence').length,
    approversAsked: countBy(played.flatMap(({ vouchedBy }) => vouchedBy)),
    asked: played.filter(({ wasAsked }) => wasAsked).length,
    byBand: countBy(played.map(({ band, decision }) => `${band} ${decision.answer}`)),
    byNext: countBy(played.map(({ decision }) => `${decision.answer} ${decision.next}`)),
  }
}
