/** The words of messages lie where the API's preview finds them too. */
export { compose, linkTo } from '#platform/server/messages/compose.ts'
export type { MessageKind } from '#platform/server/messages/compose.ts'
