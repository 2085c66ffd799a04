import { A } from '@solidjs/router'
import { For, Show, Suspense, type JSX } from 'solid-js'
import type { Permission } from '#domain/roles.ts'
import { call } from '../api.ts'
import { languages, setLanguage, useCopy, useLanguage, type Language } from '../copy/index.ts'
import { Shortcuts } from '../components/Shortcuts.tsx'
import { useMay, useSession } from '../session.tsx'
import { ChartIcon, ListIcon, PeopleIcon } from './icons.tsx'

const screens = [
  { href: '/verifications', name: 'verifications', icon: ListIcon, needs: 'verifications.read' },
  { href: '/people', name: 'people', icon: PeopleIcon, needs: 'people.read' },
  { href: '/dashboard', name: 'dashboard', icon: ChartIcon, needs: 'analytics.read' },
] as const satisfies readonly { needs: Permission; [key: string]: unknown }[]

const signOut = async () => {
  await call('console.signOut', { body: {} }).catch(() => undefined)
  location.assign('/')
}

/** Rail, banners, content. Links lead only to screens that exist and that this role may see. */
export const Shell = (props: { children?: JSX.Element }) => {
  const copy = useCopy()
  const session = useSession()
  const may = useMay()
  const language = useLanguage()
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {copy().skip}
      </a>
      <nav class="rail" aria-label={copy().rail.label}>
        <p class="brand">
          <strong>Countersign</strong>
          <span class="muted">{session().tenant.name}</span>
        </p>
        <ul>
          <For each={screens.filter((screen) => may(screen.needs))}>
            {(screen) => (
              <li>
                <A href={screen.href} activeClass="active">
                  <screen.icon />
                  <span>{copy().rail[screen.name]}</span>
                </A>
              </li>
            )}
          </For>
        </ul>
        <details class="menu up">
          <summary>
            <span class="initials" aria-hidden="true">
              {session().staff.name.slice(0, 1)}
            </span>
            <span>{session().staff.name}</span>
          </summary>
          <div class="menu-body">
            <p class="muted">
              {copy().roles[session().staff.role]} · {session().staff.email}
            </p>
            <label>
              {copy().language}
              <select
                value={language()}
                onChange={(event) => setLanguage(event.currentTarget.value as Language)}
              >
                <For each={Object.entries(languages)}>
                  {([code, entry]) => (
                    <option value={code} selected={code === language()}>
                      {entry.name}
                    </option>
                  )}
                </For>
              </select>
            </label>
            <button type="button" onClick={() => void signOut()}>
              {copy().signOut}
            </button>
          </div>
        </details>
      </nav>
      <div class="content">
        <Show when={session().banners.length > 0}>
          <div class="banner" role="note">
            <For each={session().banners}>{(key) => <span>{copy().banners[key] ?? key}</span>}</For>
          </div>
        </Show>
        <main id="content" tabindex="-1">
          <Suspense fallback={<p class="muted late">{copy().loading}</p>}>{props.children}</Suspense>
        </main>
      </div>
      <Shortcuts />
    </div>
  )
}
