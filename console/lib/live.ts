import { onCleanup } from 'solid-js'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { isSessionOver } from '../api.ts'

/** Changes that come close together are handed on at once, milliseconds. */
const gatherMs = 200
/** A stream that the server refused is asked for again after this time, which doubles up to the longest, milliseconds. */
const againMs = 2_000
const longestAgainMs = 60_000
/** A page whose stream the server gave to another one looks again after this time, milliseconds. */
const lookMs = 30_000

/** The kind of the server's events that a page follows. */
type Kind = 'verifications' | 'people' | 'settings'

/** One place on the screen that follows changes. */
type Follower = {
  readonly kind: Kind
  readonly tell: (ids: readonly string[]) => void
  /** Anything may have changed. */
  readonly onGap: () => void
}

const followers = new Set<Follower>()
let source: EventSource | undefined
let again: ReturnType<typeof setTimeout> | undefined
let pauseMs = againMs
let looking: ReturnType<typeof setInterval> | undefined

const gap = (): void => {
  for (const follower of [...followers]) follower.onGap()
}

/**
 * The server keeps a few streams of one session and gave the place of this one to a newer page. Asking for it back at once
 * would set pages against each other: this one looks from time to time, and comes back when its reader turns to it.
 */
const pause = (): void => {
  source?.close()
  looking ??= setInterval(gap, lookMs)
  for (const [target, event] of returns) target.addEventListener(event, comeBack)
}

/** The events that fire when the reader turns to a page. */
const returns = [
  [document, 'visibilitychange'],
  [window, 'focus'],
] as const

const stopPausing = (): void => {
  clearInterval(looking)
  looking = undefined
  for (const [target, event] of returns) target.removeEventListener(event, comeBack)
}

const comeBack = (): void => {
  if (document.visibilityState !== 'visible') return
  stopPausing()
  open()
}

/**
 * One stream for the whole page: a browser keeps only a few connections to one host. Data that a follower fetched before the
 * stream was open may be older than changes it would have reported, so opening counts as a gap.
 */
const open = (): void => {
  again = undefined
  if (typeof EventSource === 'undefined') return
  const opened = new EventSource(consoleRoutes['console.live'].path)
  source = opened
  opened.addEventListener('open', () => {
    pauseMs = againMs
    gap()
  })
  opened.addEventListener('pause', pause)
  opened.addEventListener('gap', gap)
  for (const kind of ['verifications', 'people', 'settings'] as const)
    opened.addEventListener(kind, (event: MessageEvent<string>) => {
      const { ids } = JSON.parse(event.data) as { ids: string[] }
      for (const follower of [...followers]) if (follower.kind === kind) follower.tell(ids)
    })
  // The browser reconnects by itself after a break, but not after an answer that is no stream.
  opened.addEventListener('error', () => {
    if (opened.readyState !== EventSource.CLOSED || isSessionOver()) return
    again ??= setTimeout(open, pauseMs)
    pauseMs = Math.min(longestAgainMs, pauseMs * 2)
  })
}

const close = (): void => {
  stopPausing()
  clearTimeout(again)
  again = undefined
  source?.close()
  source = undefined
}

const follow = (kind: Kind, onChange: (ids: readonly string[]) => void, onGap: () => void): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const waiting = new Set<string>()
  const tell = () => {
    timer = undefined
    const ids = [...waiting]
    waiting.clear()
    onChange(ids)
  }
  const follower: Follower = {
    kind,
    onGap,
    tell: (ids) => {
      for (const id of ids) waiting.add(id)
      timer ??= setTimeout(tell, gatherMs)
    },
  }
  followers.add(follower)
  if (source === undefined) open()
  onCleanup(() => {
    clearTimeout(timer)
    followers.delete(follower)
    if (followers.size === 0) close()
  })
}

/**
 * Ids of verifications that changed, as they are committed. The page re-fetches what it shows; nothing but ids
 * travels here. `onGap` says that anything may have changed.
 */
export const useLive = (onChange: (ids: readonly string[]) => void, onGap: () => void): void =>
  follow('verifications', onChange, onGap)

/** Ids of people whose cases started or ended. */
export const useLivePeople = (onChange: (ids: readonly string[]) => void, onGap: () => void): void =>
  follow('people', onChange, onGap)

/** Policy, proposals or the elevated threat changed. */
export const useLiveSettings = (onChange: () => void): void => follow('settings', onChange, onChange)

/** Holds the stream while pages come and go. */
export const keepLive = (): void =>
  useLive(
    () => undefined,
    () => undefined,
  )
