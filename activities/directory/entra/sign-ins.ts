/** The log of sign-ins of a tenant: those that a person made by hand. */
import { z } from 'zod'
import { patience, readAs, type Api } from '../rest/api.ts'
import { signInsWithin } from '../sign-in-span.ts'
import type { DirectorySignIn, SignInSpan } from '../port.ts'
import { pagesOf } from './people.ts'

const text = z.string().nullish()
const page = z.object({
  value: z.array(
    z.object({
      createdDateTime: z.string(),
      userId: text,
      ipAddress: text,
      isInteractive: z.boolean().nullish(),
      status: z.object({ errorCode: z.number() }),
    }),
  ),
})

/** Reads a span of the log, page by page. Graph knows "from" and "up to", and no "before". */
export async function* signIns(
  api: Api,
  { from, until, signal }: SignInSpan,
): AsyncGenerator<readonly DirectorySignIn[]> {
  const filter = `createdDateTime ge ${from.toISOString()} and createdDateTime le ${until.toISOString()} and status/errorCode eq 0`
  const first = `/auditLogs/signIns?$filter=${encodeURIComponent(filter)}&$top=1000`
  for await (const { json } of pagesOf(api, first, { signal, patienceMs: patience.sync }))
    yield signInsWithin(
      { from, until },
      readAs(page, json).value.map(({ status, isInteractive, ...entry }) => ({
        directoryId: status.errorCode === 0 && isInteractive !== false ? entry.userId : null,
        at: Date.parse(entry.createdDateTime),
        address: entry.ipAddress,
      })),
    )
}
