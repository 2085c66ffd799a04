/**
 * `notices` (docs/performance.md; B9, B12, B13): how long after a start, an end and a report people hear of it,
 * and all is stopped. Durable PostgreSQL, Temporal, the worker's own loops at their own pace, mail by SMTP to a server of
 * its own and SMS by Twilio's client to its double; verifications start at a fixed rate, whatever becomes of those before.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { runLoop } from '#activities/maintenance/loop.ts'
import { messageLoops } from '#activities/maintenance/message-loops.ts'
import { createMessenger } from '#activities/messaging/messenger.ts'
import type { TestCase } from '#activities/testing/case.ts'
import { createMailboxStore, type MailboxStore } from '#dev/stack/mailbox/mailbox-store.ts'
import { createSmtpSink } from '#dev/stack/mailbox/mailbox-smtp.ts'
import { createTwilioDouble } from '#dev/stack/mailbox/mailbox-twilio.ts'
import { closeServer, listenOnLoopback } from '#dev/stack/loopback-http.ts'
import { pickFreePort } from '#dev/stack/ports.ts'
import { makeContact } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { freezeCase, tellWorkflows } from '#services/approvals/freezing.ts'
import { openProduct, type Asked, type Product } from '../lib/product.ts'
import { atMost, circumstances, quantile, rounded, type Report } from '../lib/report.ts'
import { withServers } from '../lib/servers.ts'

/** Verifications, and the time between the starts of two, milliseconds. */
const [starts, everyMs] = [120, 1_000]
/** One of so many is reported. */
const oneReportedOf = 3
const answers = 3
/** A notice that was not there after so long never comes. Milliseconds. */
const patienceMs = 120_000
const limitSeconds = 60

type Arrival = { readonly to: string; readonly text: string; readonly at: number }

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'of the double' }

/** A mail server and a double of Twilio that write down when they took what. */
const openProviders = async () => {
  const arrivals: Arrival[] = []
  const kept: MailboxStore = createMailboxStore()
  const store: MailboxStore = {
    ...kept,
    add: (message) => {
      for (const to of message.to) arrivals.push({ to, text: message.text, at: Date.now() })
      return kept.add(message)
    },
  }
  const mail = createSmtpSink(store)
  mail.on('error', () => undefined)
  const sms = createTwilioDouble(store, account)
  const [mailPort, smsPort] = [await pickFreePort(), await pickFreePort()]
  await new Promise<void>((resolve) => mail.listen(mailPort, '127.0.0.1', resolve))
  await listenOnLoopback(sms, smsPort)
  const messenger = createMessenger(
    {
      url: `smtp://127.0.0.1:${String(mailPort)}?ignoreTLS=true`,
      from: 'Help desk <helpdesk@countersign.example>',
    },
    {
      ...account,
      from: '+441632960000',
      apiUrl: `http://127.0.0.1:${String(smsPort)}`,
      // Nobody listens there: what the provider reports later is not measured.
      statusCallback: 'http://127.0.0.1:9/',
    },
  )
  const close = async (): Promise<void> => {
    messenger.close()
    await closeServer(sms)
    await new Promise<void>((resolve) => mail.close(resolve))
  }
  return { arrivals, messenger, close }
}

/** The worker's loops that send messages, as `npm start` runs them. */
const startMessageLoops = (product: Product) => {
  const ending = new AbortController()
  const { log } = product.worker
  const loops = messageLoops(product.worker).map((loop) => runLoop(loop, log, ending.signal))
  return async (): Promise<void> => {
    ending.abort()
    await Promise.all(loops)
  }
}

type Played = { readonly whose: TestCase; readonly verificationId: string; readonly reportMs: number | null }

/** Whom else there is to tell, by the id of the person. */
type Others = ReadonlyMap<string, { readonly mail: string; readonly sms: string }>

/** Adds an address and a number beside the contact that links go to. The numbers are for drama (Ofcom). */
const addOthers = async ({ worker, people }: Product): Promise<Others> => {
  const others = people.map(({ person, tenantId }, index) => {
    const sms = `+447700900${String(index).padStart(3, '0')}`
    return { person, tenantId, mail: `${person.login}@other.example.org`, sms }
  })
  for (const { person, tenantId, mail, sms } of others)
    await inTenant(worker.db, tenantId, async (tx) => {
      await makeContact(tx, worker.keys, person, mail)
      await makeContact(tx, worker.keys, person, sms)
    })
  return new Map(others.map(({ person, mail, sms }) => [person.id, { mail, sms }]))
}

const report = async ({ api }: Product, { tenantId, verificationId }: Asked, personId: string) => {
  const reportId = randomUUID()
  const begun = performance.now()
  const frozen = await inTenant(api.db, tenantId, (tx) =>
    freezeCase(tx, { reportId, verificationId, personId, source: 'message', policyVersion: 1 }),
  )
  await tellWorkflows(api, tenantId, reportId, frozen)
  return performance.now() - begun
}

const play = async (product: Product, index: number): Promise<Played> => {
  const whose = product.people.at(-1)
  if (whose === undefined) throw new Error('nobody is prepared')
  if (index % oneReportedOf === 0) {
    const asked = await product.toQuestions(answers)
    const reportMs = await report(product, asked, whose.person.id)
    return { whose, verificationId: asked.verificationId, reportMs }
  }
  const { workflowId } = await product.flow({ answers, settleMs: 0 })
  return { whose, verificationId: workflowId.slice(-36), reportMs: null }
}

/** Starts at a fixed rate; the machine's trouble is part of the figure. */
const playAll = async (product: Product): Promise<readonly Played[]> => {
  const playing: Promise<Played>[] = []
  for (let index = 0; index < starts; index += 1) {
    playing.push(play(product, index))
    await pause(everyMs)
  }
  return Promise.all(playing)
}

type Times = { readonly created: Date; readonly closed: Date | null; readonly reported: Date | null }

const timesOf = async ({ worker }: Product, { whose, verificationId }: Played): Promise<Times> => {
  const row = await inTenant(worker.db, whose.tenantId, (tx) =>
    tx.one<Times>(
      `select v.created_at as created, v.closed_at as closed,
         (select r.at from reports r where r.tenant_id = v.tenant_id and r.verification_id = v.id) as reported
       from verifications v where v.tenant_id = $1 and v.id = $2`,
      [tx.tenantId, verificationId],
    ),
  )
  if (row === undefined) throw new Error('a verification is gone')
  return row
}

/** Seconds from a moment to the message; null: it never came. */
const secondsTo = (arrivals: readonly Arrival[], since: Date, to: string, said: RegExp): number | null => {
  const found = arrivals.find((one) => one.to === to && one.at >= since.getTime() && said.test(one.text))
  return found === undefined ? null : (found.at - since.getTime()) / 1000
}

type Delays = Record<'start' | 'startSms' | 'end' | 'endSms' | 'told' | 'alert' | 'frozen', (number | null)[]>

const delaysOf = async (
  product: Product,
  played: readonly Played[],
  others: Others,
  arrivals: readonly Arrival[],
) => {
  const delays: Delays = { start: [], startSms: [], end: [], endSms: [], told: [], alert: [], frozen: [] }
  for (const one of played) {
    const { created, closed, reported } = await timesOf(product, one)
    const { person, email, supervisor } = one.whose
    const { mail = '', sms = '' } = others.get(person.id) ?? {}
    delays.start.push(secondsTo(arrivals, created, mail, /was started/))
    delays.startSms.push(secondsTo(arrivals, created, sms, /was started/))
    if (reported === null) {
      delays.end.push(closed && secondsTo(arrivals, closed, mail, /was completed/))
      delays.endSms.push(closed && secondsTo(arrivals, closed, sms, /was completed/))
    } else {
      delays.frozen.push(closed && (closed.getTime() - reported.getTime()) / 1000)
      delays.told.push(secondsTo(arrivals, reported, email, /Open requests are stopped/))
      delays.alert.push(secondsTo(arrivals, reported, supervisor.email, /was not them/))
    }
  }
  return delays
}

const isComplete = (delays: Delays): boolean => Object.values(delays).every((list) => !list.includes(null))

/** Looks again until everything has come, or nothing more does. */
const awaitDelays = async (
  product: Product,
  played: readonly Played[],
  others: Others,
  arrivals: readonly Arrival[],
): Promise<Delays> => {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const delays = await delaysOf(product, played, others, arrivals)
    if (isComplete(delays) || Date.now() > deadline) return delays
    await pause(1_000)
  }
}

/** A notice that never came counts as the patience. */
const figures = (list: readonly (number | null)[]) => {
  const values = list.map((value) => value ?? patienceMs / 1000)
  return {
    count: values.length,
    missing: list.filter((value) => value === null).length,
    p50: rounded(quantile(values, 0.5)),
    p95: rounded(quantile(values, 0.95)),
    max: rounded(Math.max(...values)),
  }
}

const reportOf = (played: readonly Played[], delays: Delays): Report => {
  const told = {
    start: figures(delays.start),
    startSms: figures(delays.startSms),
    end: figures(delays.end),
    endSms: figures(delays.endSms),
    frozen: figures(delays.frozen),
    told: figures(delays.told),
    alert: figures(delays.alert),
    answer: figures(played.flatMap(({ reportMs }) => (reportMs === null ? [] : [reportMs / 1000]))),
  }
  return {
    name: 'notices',
    goals: [
      atMost('start to the mail of another contact, p95 seconds', told.start.p95, limitSeconds),
      atMost('start to the SMS of another contact, p95 seconds', told.startSms.p95, limitSeconds),
      atMost('end to the mail, p95 seconds', told.end.p95, limitSeconds),
      atMost('end to the SMS, p95 seconds', told.endSms.p95, limitSeconds),
      atMost('report to everything stopped, p95 seconds', told.frozen.p95, limitSeconds),
      atMost('report to the notice of a contact, p95 seconds', told.told.p95, limitSeconds),
      atMost('report to the mail of a supervisor, p95 seconds', told.alert.p95, limitSeconds),
    ],
    rounds: 1,
    ...circumstances(),
    traffic: { starts, everyMs, reported: delays.frozen.length },
    seconds: told,
  }
}

/** Runs the bench. */
export const run = (): Promise<Report> =>
  withServers(async (servers) => {
    const providers = await openProviders()
    const product = await openProduct(servers, { relay: (message) => providers.messenger.send(message) })
    const stopTelling = startMessageLoops(product)
    try {
      await product.prepare(starts)
      const others = await addOthers(product)
      const played = await playAll(product)
      return reportOf(played, await awaitDelays(product, played, others, providers.arrivals))
    } finally {
      await stopTelling()
      await product.close()
      await providers.close()
    }
  })
