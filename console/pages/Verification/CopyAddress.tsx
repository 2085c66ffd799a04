import { createSignal, Show } from 'solid-js'
import { callOnce } from '../../api.ts'
import { useCopy } from '../../copy/index.ts'

/** So long it says that it copied, milliseconds. */
const saidMs = 2_000

/** A browser that gives no clipboard says so by a rejection, or has none to ask. */
const write = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // The address is in the browser's own bar as well.
  }
}

/**
 * Copies where the case is found, to be pasted into a ticket. Every press tells the server, also while an earlier one is on
 * its way, and looks the same whatever becomes of that (docs/adr/0010-silent-signal.md).
 */
export const CopyAddress = (props: { verificationId: string }) => {
  const copy = useCopy()
  const [isSaid, setSaid] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const press = () => {
    const params = { verificationId: props.verificationId }
    void callOnce('console.copyCase', { params, body: {} }).catch(() => undefined)
    void write(`${location.origin}/verifications/${props.verificationId}`)
    setSaid(true)
    clearTimeout(timer)
    timer = setTimeout(() => setSaid(false), saidMs)
  }
  return (
    <>
      <span class="muted small" role="status">
        <Show when={isSaid()}>{copy().panel.copied}</Show>
      </span>
      <button type="button" onClick={press}>
        {copy().panel.copy}
      </button>
    </>
  )
}
