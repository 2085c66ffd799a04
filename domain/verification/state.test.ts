import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyMove,
  isLegal,
  isOpen,
  legalMoves,
  moves,
  next,
  outcomeOf,
  states,
  type VerificationState,
} from './state.ts'

const pairs = states.flatMap((state) => moves.map((move) => ({ state, move })))

describe('the table of legal moves', () => {
  test.each(pairs)('$state × $move answers as the table says', ({ state, move }) => {
    const result = next(state, move)
    const to = legalMoves[state][move]
    if (to === undefined) {
      expect(isLegal(state, move)).toBe(false)
      expect(result.ok ? null : result.error.code).toBe(
        state === 'closed' ? 'verification_closed' : 'state_does_not_allow',
      )
    } else {
      expect(isLegal(state, move)).toBe(true)
      expect(result).toEqual({ ok: true, value: to })
    }
  })

  test('nothing leaves closed, and closed can be reached from everywhere else', () => {
    expect(legalMoves.closed).toEqual({})
    for (const state of states.filter(isOpen))
      expect(next(state, 'report')).toEqual({ ok: true, value: 'closed' })
  })

  test('a decision is possible only where a score exists', () => {
    const deciding = states.filter((state) => isLegal(state, 'approve'))
    expect(deciding).toEqual(['scored', 'awaiting_decision'])
  })

  test('every move into closed sets one outcome, and no other move sets any', () => {
    for (const { state, move } of pairs) {
      if (!isLegal(state, move)) continue
      expect(outcomeOf(state, move) !== null).toBe(legalMoves[state][move] === 'closed')
    }
  })

  test('a link that never arrived ends as undelivered, any other silence as timed out', () => {
    expect(outcomeOf('undelivered', 'expire')).toBe('undelivered')
    expect(outcomeOf('link_sent', 'expire')).toBe('timed_out')
  })

  test('no order of moves reaches passed without an accepted match code and a score', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 40 }), (sequence) => {
        let state: VerificationState = 'created'
        const seen: VerificationState[] = [state]
        for (const move of sequence) {
          const result = next(state, move)
          if (!result.ok) continue
          if (outcomeOf(state, move) === 'passed') {
            expect(seen).toContain('opened')
            expect(seen).toContain('scored')
          }
          state = result.value
          seen.push(state)
        }
      }),
    )
  })
})

describe('a move applied to a case', () => {
  const before = { outcome: null, decision: null, seq: 4, contactId: 'c1' } as const

  test.each(pairs)('$state × $move goes where the table says, or not at all', ({ state, move }) => {
    const to = next(state, move)
    const after = applyMove({ ...before, state }, move)
    if (!to.ok) expect(after).toEqual(to)
    else expect(after).toMatchObject({ ok: true, value: { state: to.value, seq: 5, contactId: 'c1' } })
  })

  test('a decision sets the decision and the outcome', () => {
    expect(applyMove({ ...before, state: 'scored' }, 'approve')).toMatchObject({
      value: { state: 'closed', decision: 'approved', outcome: 'passed' },
    })
    expect(applyMove({ ...before, state: 'awaiting_decision' }, 'refuse')).toMatchObject({
      value: { state: 'closed', decision: 'refused', outcome: 'failed' },
    })
  })

  test('an ending without a decision sets the outcome alone', () => {
    expect(applyMove({ ...before, state: 'opened' }, 'report')).toMatchObject({
      value: { state: 'closed', decision: null, outcome: 'reported' },
    })
  })

  test('what was set before stays where the move says nothing of it', () => {
    const decided = { ...before, state: 'scored', outcome: 'passed', decision: 'approved' } as const
    expect(applyMove(decided, 'hand_over')).toMatchObject({
      value: { state: 'awaiting_decision', outcome: 'passed', decision: 'approved' },
    })
  })
})
