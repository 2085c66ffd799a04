import { describe, expect, it } from 'vitest'
import { readBounce } from './read-bounce.ts'

/** As Postfix writes one. */
const notification = (
  status: string,
  type = 'multipart/report; report-type=delivery-status;\n\tboundary="B/1"',
) =>
  `From: MAILER-DAEMON@mx.example\nTo: b.x@bounces.example\nSubject: Undelivered Mail\nMIME-Version: 1.0\nContent-Type: ${type}\n
--B/1\nContent-Description: Notification\nContent-Type: text/plain\n\nI'm sorry. Action: delivered Status: 2.0.0\n
--B/1\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\n${status}\n
--B/1\nContent-Type: text/rfc822-headers\n\nSubject: hello\nAction: delivered\n\n--B/1--\n`
const blocks = (action: string, status: string) =>
  `Reporting-MTA: dns; mx.example\nArrival-Date: Thu, 26 Nov 2026 09:00:00 +0000\n\nFinal-Recipient: rfc822; anna@corp.example\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 5.1.1 <anna@corp.example>: User unknown\n    in virtual table`

describe('a bounce', () => {
  it.each([
    ['failed', '5.1.1', { status: 'undelivered', code: 'dsn_5.1.1' }],
    ['Failed', '5.2.2 (mailbox full)', { status: 'undelivered', code: 'dsn_5.2.2' }],
    ['delayed', '4.4.1', { status: 'delayed', code: 'dsn_4.4.1' }],
    ['failed', 'whatever', { status: 'undelivered', code: null }],
    ['failed', '', { status: 'undelivered', code: null }],
  ])('%s %s is read', (action, status, expected) => {
    expect(readBounce(notification(blocks(action, status)))).toEqual(expected)
    expect(readBounce(notification(blocks(action, status)).replaceAll('\n', '\r\n'))).toEqual(expected)
  })

  it('is read from base64 as well', () => {
    const coded = Buffer.from(blocks('failed', '5.7.1').replaceAll('\n', '\r\n')).toString('base64')
    const raw = notification('').replace(
      'message/delivery-status\n\n',
      `message/delivery-status\nContent-Transfer-Encoding: base64\n\n${coded}`,
    )
    expect(readBounce(raw)).toEqual({ status: 'undelivered', code: 'dsn_5.7.1' })
  })

  it.each([
    ['what was delivered', notification(blocks('delivered', '2.0.0'))],
    ['what was passed on', notification(blocks('relayed', '2.0.0'))],
    [
      'an answer of a person who is away',
      'From: anna@corp.example\nSubject: away\n\nAction: failed\nStatus: 5.1.1\n',
    ],
    [
      'a mail that has the part but is no report',
      notification(blocks('failed', '5.1.1'), 'multipart/mixed; boundary="B/1"'),
    ],
    ['a report without a boundary', notification(blocks('failed', '5.1.1'), 'multipart/report')],
    ['a report without its part', notification('').replace('message/delivery-status', 'text/plain')],
    ['a part without fields', notification('')],
    ['nothing', ''],
    ['line breaks', '\n\n\n\n'],
    ['a long line', `Content-Type: ${'a'.repeat(200_000)}`],
  ])('%s is none', (_what, raw) => {
    expect(readBounce(raw)).toBeNull()
  })

  it('takes no longer for a hostile one', () => {
    const raw = notification(`${'a: b\n '.repeat(20_000)}\n\n${'\n'.repeat(50_000)}`)
    const began = performance.now()
    readBounce(raw)
    readBounce(notification('x').replace('boundary="B/1"', `boundary="${'"'.repeat(100)}"`))
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
