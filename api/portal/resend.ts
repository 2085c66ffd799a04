/** A message is sent on again at most this often per case and process, milliseconds. */
export const resendMs = 10_000
const mostRemembered = 10_000
const lastSent = new Map<string, number>()

/** Notes that something was sent just now. */
export const noteSent = (id: string): void => {
  if (lastSent.size >= mostRemembered) lastSent.clear()
  lastSent.set(id, performance.now())
}

/** True if a message may be sent again by now. */
export const isResendDue = (id: string): boolean =>
  performance.now() - (lastSent.get(id) ?? -resendMs) >= resendMs
