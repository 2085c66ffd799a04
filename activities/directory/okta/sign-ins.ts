/** The System Log of Okta: sessions that a person began. */
import { z } from 'zod'
import { patience, readAs, type Api } from '../rest/api.ts'
import { signInsWithin } from '../sign-in-span.ts'
import type { DirectorySignIn, SignInSpan } from '../port.ts'
import { pagesOf } from './lists.ts'

const pageSize = 1000
/** The document does not say if a span has its ends, so more is asked for than is meant. Milliseconds. */
const marginMs = 1_000

const text = z.string().nullish()
const events = z.array(
  z.object({
    published: z.string(),
    actor: z.object({ id: text, type: text }).nullish(),
    client: z.object({ ipAddress: text }).nullish(),
  }),
)

/** Reads a span of the log, page by page. */
export async function* signIns(
  api: Api,
  { from, until, signal }: SignInSpan,
): AsyncGenerator<readonly DirectorySignIn[]> {
  const question = new URLSearchParams({
    filter: 'eventType eq "user.session.start" and outcome.result eq "SUCCESS"',
    since: new Date(from.getTime() - marginMs).toISOString(),
    until: new Date(until.getTime() + marginMs).toISOString(),
    limit: String(pageSize),
  })
  for await (const { json } of pagesOf(api, `/api/v1/logs?${question}`, {
    signal,
    patienceMs: patience.sync,
  }))
    yield signInsWithin(
      { from, until },
      readAs(events, json).map(({ actor, client, published }) => ({
        directoryId: actor?.type === 'User' ? actor.id : null,
        at: Date.parse(published),
        address: client?.ipAddress,
      })),
    )
}
