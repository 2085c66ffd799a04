/** The part of the port that speaks with a child before its grant (security.md F3). */
import type { Client } from '@temporalio/client'
import { sendReturnLinkUpdate, stopActionUpdate, submitReturnCodeUpdate } from '#workflows/messages.ts'
import type { Update, Verifications } from './temporal.ts'

/** What is asked of a child before its grant. */
export const returnsOver = (
  client: Client,
  update: Update,
): Pick<Verifications, 'submitReturnCode' | 'sendReturnLink' | 'stopAction'> => {
  const handleOf = (resetId: string) => client.workflow.getHandle(resetId)
  return {
    submitReturnCode: (resetId, inputId) =>
      update(() =>
        handleOf(resetId).executeUpdate(submitReturnCodeUpdate, { args: [{ inputId }], updateId: inputId }),
      ),
    sendReturnLink: (resetId, input, { requestId: updateId }) =>
      update(() => handleOf(resetId).executeUpdate(sendReturnLinkUpdate, { args: [input], updateId })),
    stopAction: (resetId, input, { requestId: updateId }) =>
      update(() => handleOf(resetId).executeUpdate(stopActionUpdate, { args: [input], updateId })),
  }
}
