import { describe, expect, it } from 'vitest'
import { deliveryProblem } from './delivery-problem.ts'

describe('R18: why a message did not arrive', () => {
  it.each([
    ['twilio_21211', 'no_such_address'],
    ['twilio_30003', 'unreachable'],
    ['twilio_30006', 'not_mobile'],
    ['twilio_21610', 'opted_out'],
    ['twilio_30007', 'blocked'],
    ['twilio_1', 'other'],
    ['twilio_', 'other'],
    ['smtp_550', 'no_such_address'],
    ['smtp_552', 'full'],
    ['smtp_500', 'other'],
    ['dsn_5.1.1', 'no_such_address'],
    ['dsn_5.2.1', 'no_such_address'],
    ['dsn_5.2.2', 'full'],
    ['dsn_5.7.26', 'blocked'],
    ['dsn_4.4.1', 'unreachable'],
    ['dsn_5.0.0', 'other'],
    ['dsn_5.1.10', 'no_such_address'],
    ['dsn_5.1.19', 'other'],
    ['contact_gone', 'no_contact'],
    ['sms_not_configured', 'not_configured'],
    ['interrupted', 'interrupted'],
    ['not_taken', 'not_taken'],
    ['ETIMEDOUT', 'other'],
    ['', 'other'],
  ] as const)('%s is %s', (code, problem) => {
    expect(deliveryProblem(code)).toBe(problem)
  })
})
