import { describe, expect, it } from 'vitest'
import { type Question, replyTo } from './answers.ts'

const known = {
  managerName: 'Ada Lindt',
  deviceModel: 'Wren Compact 12',
  assetTagEnd: '4711',
  ticketCategory: null,
  teamMateNames: ['Bo Ek', 'Cyra Noor'],
  office: 'Austin, Mill House',
  groupNames: [],
  meetingSlot: 'Thu 09:00',
  organiserNames: ['Ines Roth'],
  freeWeekday: 'Wed',
  hiredDaysAgo: 400,
  secondStepDaysAgo: 100,
  hiredOn: '2021-08-02',
}
const choice = (key: string, labels: readonly string[]): Question => ({
  kind: 'question',
  position: 1,
  text: { key },
  ask: {
    form: 'choice',
    options: labels.map((text) => ({ id: `id of ${text}`, label: { kind: 'text', text } })),
  },
})
const typed = (key: string): Question => ({
  kind: 'question',
  position: 1,
  text: { key },
  ask: { form: 'typed' },
})

describe('answers of the participant that smoke plays', () => {
  it('chooses the option that is true, and types what is asked', () => {
    expect(replyTo(choice('question.manager.choice', ['Bo Ek', 'Ada Lindt']), known)).toEqual({
      kind: 'option',
      optionId: 'id of Ada Lindt',
    })
    expect(replyTo(typed('question.asset_tag.typed'), known)).toEqual({ kind: 'text', text: '4711' })
    expect(replyTo(typed('question.start_month.typed'), known)).toEqual({ kind: 'text', text: '2021-08' })
    expect(replyTo(typed('question.start_month.year'), known)).toEqual({ kind: 'text', text: '2021' })
  })

  it('finds the quarter of the first day of work', () => {
    const quarters: Question = {
      ...choice('question.start_month.choice', []),
      ask: {
        form: 'choice',
        options: [2, 3].map((quarter) => ({
          id: `q${String(quarter)}`,
          label: { kind: 'quarter', year: 2021, quarter },
        })),
      },
    }
    expect(replyTo(quarters, known)).toEqual({ kind: 'option', optionId: 'q3' })
  })

  it('knows team-mates, days and months', () => {
    const labelled = (
      key: string,
      label: Extract<Question['ask'], { form: 'choice' }>['options'][number]['label'],
    ) => replyTo({ ...choice(key, []), ask: { form: 'choice', options: [{ id: 'it', label }] } }, known)
    const chosen = { kind: 'option', optionId: 'it' }
    expect(replyTo(choice('question.team_mate.choice', ['Ada Lindt', 'Cyra Noor']), known)).toMatchObject({
      optionId: 'id of Cyra Noor',
    })
    expect(labelled('question.free_weekday.choice', { kind: 'weekday', weekday: 3 })).toEqual(chosen)
    expect(labelled('question.meeting_slot.choice', { kind: 'slot', weekday: 4, hour: 9 })).toEqual(chosen)
    const month = { kind: 'month', year: 2022, month: 5 } as const
    const change = (what: 'password' | 'second_step'): Question => ({
      ...choice('', []),
      text: { key: 'question.sign_in_change.choice', what },
      ask: { form: 'choice', options: [{ id: 'it', label: month }] },
    })
    // 2021-08-02 and 300 days: 2022-05-29.
    expect(replyTo(change('second_step'), known)).toEqual(chosen)
    expect(replyTo(change('password'), known)).toEqual({ kind: 'dont_know' })
  })

  it('says "I don’t know" to what it does not know, rather than guess', () => {
    const unknown = { kind: 'dont_know' }
    expect(replyTo(choice('question.ticket_category.choice', ['Printing']), known)).toEqual(unknown)
    expect(replyTo(choice('question.device_model.choice', ['Tarn Studio 14']), known)).toEqual(unknown)
    expect(replyTo(typed('question.something_new'), known)).toEqual(unknown)
  })
})
