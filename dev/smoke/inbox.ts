/** The development inbox in `smoke`: what a participant's phone and mailbox received. */
import { z } from 'zod'
import { createBrowser } from './http.ts'
import { until } from './staff.ts'

const Messages = z.object({
  messages: z.array(z.object({ id: z.number(), text: z.string(), links: z.array(z.string()) })),
})

/** A code to type; a link or a ticket may hold six digits by chance. */
const codeIn = (text: string): string | undefined =>
  /\b\d{6}\b/.exec(text.replace(/https?:\S+|^Ticket: .*$/gm, ''))?.[0]

/** Opens the inbox; only messages that come later count. */
export const openInbox = async (inbox: URL) => {
  const browser = createBrowser()
  const list = async (query: Readonly<Record<string, string>>) => {
    const url = new URL(`/api/messages?${new URLSearchParams(query).toString()}`, inbox)
    return (await browser.call(Messages, url)).messages
  }
  const [newest] = await list({})
  const after = String(newest?.id ?? 0)
  /** The first thing that `pick` finds in a message to one of the addresses, newest message first. */
  const wait = <T>(
    addresses: readonly string[],
    complaint: string,
    pick: (message: { text: string; links: string[] }) => T | undefined,
  ): Promise<T> =>
    until(30, complaint, async () => {
      const lists = await Promise.all(addresses.map((to) => list({ to, after })))
      for (const message of lists.flat().sort((a, b) => b.id - a.id)) {
        const found = pick(message)
        if (found !== undefined) return found
      }
      return null
    })
  return {
    /** The newest link; `old`: one that is not it. */
    link: (addresses: readonly string[], old?: string) =>
      wait(addresses, `No message with a link arrived for ${addresses.join(' or ')}.`, ({ links }) =>
        links.find((link) => link.includes('/v#') && link !== old),
      ),
    /** The link to the page on which an approver vouches. */
    approval: (addresses: readonly string[]) =>
      wait(addresses, `Nobody was asked at ${addresses.join(' or ')}.`, ({ links }) =>
        links.find((link) => link.includes('/approve#')),
      ),
    code: (addresses: readonly string[]) =>
      wait(addresses, 'No message with a second code arrived.', ({ text }) => codeIn(text)),
    /** The text of the newest message that holds these words, to any recipient. */
    holding: (words: string) =>
      until(30, 'No message with those words arrived.', async () => {
        const found = (await list({ after })).find(({ text }) => text.includes(words))
        return found?.text ?? null
      }),
    notice: (addresses: readonly string[]) =>
      wait(addresses, `No notice arrived for ${addresses.join(' or ')}.`, ({ text, links }) =>
        codeIn(text) === undefined ? links.find((link) => link.includes('/not-me#')) : undefined,
      ),
  }
}

/** The inbox of one run. */
export type Inbox = Awaited<ReturnType<typeof openInbox>>
