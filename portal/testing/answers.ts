/** Answers of the API as its contract types them, one of every kind and shape. */
import type { ReportPage, Step, StepAnswer } from '#api/contract/portal.ts'
import type { StepProps, StepKind } from '../steps/step-props.ts'

export const token = 'A'.repeat(43)

export const brand: StepAnswer['brand'] = {
  name: 'Northwind Traders',
  accent: '#0b6e5f',
  helpdeskPhone: '+1 512 555 0190',
}

/** An answer with this step; only steps of a running session can be reported. */
export const answerWith = (step: Step): StepAnswer => ({
  brand,
  step,
  reportDigits: ['who_asks', 'ended'].includes(step.kind) ? null : '27',
})

type Question = StepProps<'question'>['step']

const choice = (number: number, text: Question['text'], options: readonly string[]): Question => ({
  kind: 'question',
  position: number - 1,
  number,
  askedOf: 6,
  text,
  ask: {
    form: 'choice',
    options: options.map((label, index) => ({ id: `o${index}`, label: { kind: 'text', text: label } })),
  },
  secondsLeft: 120,
  progress: { at: 2, of: 4 },
})

const typed = (
  number: number,
  text: Question['text'],
  field: Extract<Question['ask'], { form: 'typed' }>['field'],
): Question => ({
  ...choice(number, text, []),
  ask: { form: 'typed', field },
})

export const questions = {
  manager: choice(1, { key: 'question.manager.choice' }, [
    'Jonas Weber',
    'Amina Haddad',
    'Maximiliane Oberhauser-Schellenberg',
    'Peter Novak',
    'Siobhan O’Neill',
  ]),
  managerTyped: typed(2, { key: 'question.manager.typed' }, { kind: 'name', maxLength: 80 }),
  startQuarter: {
    ...choice(3, { key: 'question.start_month.choice' }, []),
    ask: {
      form: 'choice',
      options: [1, 2, 3, 4].map((quarter) => ({
        id: `q${quarter}`,
        label: { kind: 'quarter', year: 2021, quarter },
      })),
    },
  } satisfies Question,
  startYear: typed(3, { key: 'question.start_month.year' }, { kind: 'year', maxLength: 4 }),
  startMonth: typed(3, { key: 'question.start_month.typed' }, { kind: 'month', maxLength: 7 }),
  device: choice(4, { key: 'question.device_model.choice', device: 'laptop' }, [
    'Contoso Slate 13 (2023)',
    'Fabrikam Pro 15',
    'Litware Air 14',
  ]),
  ticket: choice(5, { key: 'question.ticket_category.choice' }, ['Printing', 'E-mail', 'Network access']),
  slot: {
    ...choice(5, { key: 'question.meeting_slot.choice', zone: 'Europe/Berlin' }, []),
    ask: {
      form: 'choice',
      options: [
        { id: 'a', label: { kind: 'slot', weekday: 4, hour: 9 } },
        { id: 'b', label: { kind: 'slot', weekday: 1, hour: 14 } },
        { id: 'c', label: { kind: 'slot', weekday: 2, hour: 10 } },
      ],
    },
  } satisfies Question,
  assetTag: typed(
    6,
    { key: 'question.asset_tag.typed', device: 'laptop', characters: 4 },
    { kind: 'characters', length: 4, maxLength: 12 },
  ),
} as const satisfies Record<string, Question>

/** One step of each kind. */
export const steps: { readonly [K in StepKind]: Extract<Step, { kind: K }> } = {
  who_asks: {
    kind: 'who_asks',
    agentName: 'Maria Okafor',
    purpose: 'password_reset',
    ticket: 'INC-4711',
    startedAt: '2026-01-05T13:02:00.000Z',
    origin: { city: 'Leeds', country: 'GB' },
    phrase: ['amber', 'heron'],
    declineDigits: '41',
    approved: false,
    sentTo: null,
    triesLeft: 5,
    looksAt: ['device', 'network', 'typing', 'work'],
    rawDays: 30,
  },
  checking: { kind: 'checking', nonce: 'nonce-of-this-session', progress: { at: 2, of: 4 } },
  question: questions.manager,
  second_code: {
    kind: 'second_code',
    channel: 'email',
    contactMasked: 'a•••@northwind.example',
    triesLeft: 3,
    wrong: false,
    isExpired: false,
    again: {
      secondsLeft: 60,
      isHeld: false,
      choices: [
        { id: '11111111-1111-4111-8111-111111111111', channel: 'email', masked: 'a•••@northwind.example' },
        { id: '22222222-2222-4222-8222-222222222222', channel: 'sms', masked: '+1 ••• 0142' },
      ],
    },
    progress: { at: 2, of: 4 },
  },
  vouching: { kind: 'vouching', as: 'manager', digits: '47', secondsLeft: 840, progress: { at: 3, of: 4 } },
  provider_sign_in: {
    kind: 'provider_sign_in',
    host: 'id.northwind.example',
    problem: null,
    triesLeft: 5,
    progress: { at: 2, of: 4 },
  },
  push: {
    kind: 'push',
    state: 'ready',
    problem: null,
    number: null,
    phrase: ['maple', 'river'],
    pushesLeft: 2,
    progress: { at: 2, of: 4 },
  },
  recovery_sheet: {
    kind: 'recovery_sheet',
    problem: null,
    triesLeft: 5,
    progress: { at: 2, of: 4 },
  },
  passkey: { kind: 'passkey', refused: false, triesLeft: 5, progress: { at: 2, of: 4 } },
  second_code_refused: {
    kind: 'second_code_refused',
    because: 'limit',
    contactMasked: null,
    sendAt: '2026-01-05T18:02:00.000Z',
    secondsLeft: 300,
    asksLeft: 3,
    otherWay: 'agent',
    progress: { at: 2, of: 4 },
  },
  scheduled: { kind: 'scheduled', until: '2026-01-05T18:02:00.000Z', progress: { at: 3, of: 4 } },
  waiting: { kind: 'waiting', isAlone: false, for: 'decision', progress: { at: 3, of: 4 } },
  new_password: {
    kind: 'new_password',
    minLength: 15,
    maxLength: 256,
    contextWords: ['lindt', 'northwind'],
    refusedBy: [],
    triesLeft: 4,
    secondsLeft: 290,
    progress: { at: 4, of: 4 },
  },
  reset_mfa: { kind: 'reset_mfa', secondsLeft: 850, progress: { at: 4, of: 4 } },
  ended: { kind: 'ended', ending: 'password_changed', feedbackGiven: false },
}

/** The page of a notice's "this was not me" link. */
export const reportPage: ReportPage = {
  brand,
  kind: 'password_changed',
  purpose: 'password_reset',
  at: '2026-01-05T13:12:00.000Z',
  digits: '83',
}
