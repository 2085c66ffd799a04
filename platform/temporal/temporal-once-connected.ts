/** The API's way to Temporal while no server answers: an API that starts meanwhile keeps what the portal says, as one that runs does. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Verifications } from './temporal.ts'

const retryMs = 1_000
const unavailable = () => Promise.resolve({ kind: 'unavailable' } as const)

/**
 * A port that connects by itself, as often as it takes. Until then every call is `unavailable`, and `lack` throws.
 * @returns the port, and what ends with its first connection
 */
export const verificationsOnceConnected = (
  connect: () => Promise<Verifications>,
  onError: (error: unknown) => void,
): { readonly port: Verifications; readonly connected: Promise<void> } => {
  let current: Verifications | undefined
  let isClosed = false
  const keepTrying = async (): Promise<void> => {
    for (;;) {
      try {
        current = await connect()
        break
      } catch (error) {
        if (isClosed) return
        onError(error)
        await pause(retryMs, undefined, { ref: false })
      }
    }
    if (isClosed) await current.close()
  }
  const own = {
    lack: () => (current === undefined ? Promise.reject(new Error('no connection')) : current.lack()),
    close: async () => {
      isClosed = true
      await current?.close()
    },
    // JavaScript looks for `then` where a value is awaited: a port is no promise.
    then: undefined,
  }
  const port = new Proxy({} as Verifications, {
    get: (_target, name): unknown =>
      name in own ? Reflect.get(own, name) : current === undefined ? unavailable : Reflect.get(current, name),
  })
  return { port, connected: keepTrying() }
}
