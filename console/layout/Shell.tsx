import { A, useLocation } from '@solidjs/router'
import { createEffect, For, on, Show, Suspense, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { call } from '../api.ts'
import { LanguageChoice } from '../components/LanguageChoice.tsx'
import { Shortcuts } from '../components/Shortcuts.tsx'
import { StepUp } from '../components/StepUp.tsx'
import { useCopy } from '../copy/index.ts'
import { closeOnLeave } from '../lib/close-on-leave.ts'
import { initialsOf } from '../lib/initials.ts'
import { keepLive } from '../lib/live.ts'
import { useMay, useSession } from '../session.tsx'
import { QueuePill, QueueProvider } from '../queue.tsx'
import { screens } from '../screens.ts'
import * as icons from './icons.tsx'

/** The links of the rail, in its order. */
const links = screens.flatMap(({ path, link }) => (link === undefined ? [] : [{ href: path, ...link }]))

const signOut = async () => {
  const done = await call('console.signOut', { body: {} }).catch(() => null)
  location.assign(done?.providerUrl ?? '/')
}

/** Rail, banners, content. Links lead only to screens that exist and that this role may see. */
export const Shell = (props: { children?: JSX.Element }) => {
  const copy = useCopy()
  const session = useSession()
  const place = useLocation()
  keepLive()
  const screen = () => links.find(({ href }) => place.pathname.startsWith(href))
  createEffect(() => {
    const here = screen()
    document.title = here === undefined ? 'Countersign' : `${copy().rail[here.name]} · Countersign`
  })
  // Another page begins at its top; the list keeps its place while panels open and close beside it.
  createEffect(
    on(
      () => place.pathname,
      () => {
        for (const box of document.querySelectorAll('#content, .content')) box.scrollTo?.({ top: 0 })
      },
      { defer: true },
    ),
  )
  return (
    <QueueProvider>
      <div class="shell">
        <a class="skip" href="#content">
          {copy().skip}
        </a>
        <nav class="rail" aria-label={copy().rail.label}>
          <p class="brand">
            <strong>Countersign</strong>
            <span class="muted ellipsis">{session().tenant.name}</span>
          </p>
          <ul>
            <Entries />
          </ul>
          <Account onSignOut={() => void signOut()} />
        </nav>
        <div class="content">
          <Show when={session().banners.length > 0}>
            <aside class="banner" aria-label={copy().notices}>
              <For each={session().banners}>{(key) => <span>{copy().banners[key] ?? key}</span>}</For>
            </aside>
          </Show>
          <main id="content" tabindex="-1">
            <Suspense fallback={<p class="muted late page">{copy().loading}</p>}>{props.children}</Suspense>
          </main>
        </div>
        <Shortcuts />
        <StepUp />
      </div>
    </QueueProvider>
  )
}

/** Screens that this role may see; the queue with how many wait. */
const Entries = () => {
  const copy = useCopy()
  const may = useMay()
  return (
    <For each={links.filter(({ needs }) => may(needs))}>
      {(entry) => (
        <li>
          <A href={entry.href} activeClass="active" title={copy().rail[entry.name]}>
            <Dynamic component={icons[entry.icon]} />
            <span>{copy().rail[entry.name]}</span>
            <Show when={entry.name === 'queue'}>
              <QueuePill />
            </Show>
          </A>
        </li>
      )}
    </For>
  )
}

const Account = (props: { onSignOut: () => void }) => {
  const copy = useCopy()
  const session = useSession()
  return (
    <details class="menu up" ref={closeOnLeave}>
      <summary aria-label={`${copy().account}: ${session().staff.name}`}>
        <span class="initials" aria-hidden="true">
          {initialsOf(session().staff.name)}
        </span>
        <span class="ellipsis">{session().staff.name}</span>
      </summary>
      <div class="menu-body">
        <p>
          <strong>{session().staff.name}</strong>
          <span class="muted small break">
            {copy().roles[session().staff.role]} · {session().staff.email}
          </span>
        </p>
        <A href="/security">{copy().security.heading}</A>
        <LanguageChoice />
        <button type="button" onClick={() => props.onSignOut()}>
          {copy().signOut}
        </button>
      </div>
    </details>
  )
}
