import { onCleanup, onMount } from 'solid-js'
import { consoleRoutes } from '#api/contract/routes-console.ts'

/** Changes that come close together are told at once, milliseconds. */
const gatherMs = 200

/**
 * Ids of verifications that changed, as they are committed. The page re-fetches what it shows; nothing but ids
 * travels here. The browser reconnects by itself; after a gap `onGap` says that anything may have changed.
 */
export const useLive = (onChange: (ids: readonly string[]) => void, onGap: () => void): void => {
  let source: EventSource | undefined
  let wasOpen = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const waiting = new Set<string>()
  const tell = () => {
    timer = undefined
    onChange([...waiting])
    waiting.clear()
  }
  onMount(() => {
    if (typeof EventSource === 'undefined') return
    source = new EventSource(consoleRoutes['console.live'].path)
    source.addEventListener('open', () => {
      if (wasOpen) onGap()
      wasOpen = true
    })
    source.addEventListener('verifications', (event: MessageEvent<string>) => {
      for (const id of (JSON.parse(event.data) as { ids: string[] }).ids) waiting.add(id)
      timer ??= setTimeout(tell, gatherMs)
    })
  })
  onCleanup(() => {
    clearTimeout(timer)
    source?.close()
  })
}
