import type { CallInput } from '#api/contract/types.ts'

/** What is sent as the answer to a question. */
export type AnswerReply = CallInput<'portal.answer'>['body']['reply']
