/** The words of messages lie where the API's preview finds them too. */
export { compose, linkTo } from '#services/messages/compose.ts'
export type { MessageKind } from '#services/messages/compose.ts'
