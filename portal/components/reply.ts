import type { CallInput } from '#api/contract/types.ts'

/** The answer to a question, as it is sent. */
export type AnswerReply = CallInput<'portal.answer'>['body']['reply']
