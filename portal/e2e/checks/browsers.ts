/** Browsers in every way that one can be started: by a driver, by hand, with a window, without. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type LaunchOptions } from '@playwright/test'

const first = (paths: readonly string[]): string | null => paths.find((path) => existsSync(path)) ?? null

/** `CHROMIUM`, else where distributions put it. */
export const chromiumPath =
  process.env['CHROMIUM'] ??
  first(['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']) ??
  '/no-chromium-found/install-it-or-set-CHROMIUM-to-its-path'
/** The old headless browser, a package of its own; null where it is not installed. */
export const shellPath = first(['/usr/bin/chromium-headless-shell', '/usr/bin/headless_shell'])
/** A display without a screen; null where it is not installed. */
const displayPath = first(['/usr/bin/Xvfb'])
/** True if a scenario with a window can run. */
export const hasDisplay = displayPath !== null

// Chromium refuses its sandbox to root only.
const always = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium under Playwright. */
export const drive = (args: readonly string[] = [], options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: [...always, ...args], ...options })

/** A profile that outlives one start, as on a person's own device. */
export const persistent = (profile: string) =>
  chromium.launchPersistentContext(profile, { executablePath: chromiumPath, args: always, locale: 'en-GB' })

/** Chromium as a person starts it: nobody is attached. It opens the page by itself. */
export const byHand = async (
  url: string,
  args: readonly string[],
  options: { readonly path?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<{ stop: () => Promise<void> }> => {
  const profile = mkdtempSync(join(tmpdir(), 'by-hand-'))
  const child = spawn(
    options.path ?? chromiumPath,
    [...always, '--lang=en-GB', `--user-data-dir=${profile}`, ...args, url],
    { detached: true, stdio: 'ignore', env: { ...process.env, ...options.env } },
  )
  await once(child, 'spawn')
  return {
    stop: async () => {
      await ended(child)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Ends a process that we started, with all that it started. */
const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.pid === undefined) return
  const gone = once(child, 'exit')
  process.kill(-child.pid, 'SIGKILL')
  await gone
}

/** Starts a display without a screen. @returns the number that DISPLAY wants */
export const startDisplay = async (): Promise<{ display: string; stop: () => Promise<void> }> => {
  if (displayPath === null) throw new Error('Xvfb is not installed')
  const child = spawn(displayPath, ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const told = child.stdio[3]
  if (told === null || told === undefined) throw new Error('Xvfb tells its number over a pipe')
  const [number] = (await once(told, 'data')) as [Buffer]
  return { display: `:${number.toString().trim()}`, stop: () => ended(child) }
}
