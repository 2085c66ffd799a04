import { Route, Router, Navigate } from '@solidjs/router'
import { For, lazy } from 'solid-js'
import { Shell } from './layout/Shell.tsx'
import { screens } from './screens.ts'
import { SessionGate } from './session.tsx'

const pages = screens.map(({ path, load }) => ({
  path,
  Page: lazy(() => load().then((page) => ({ default: page }))),
}))

/** Every screen has an address; a session is needed for all of them. */
export const App = () => (
  <Router
    root={(props) => (
      <SessionGate>
        <Shell>{props.children}</Shell>
      </SessionGate>
    )}
  >
    <Route path="/" component={() => <Navigate href="/verifications" />} />
    <For each={pages}>{({ path, Page }) => <Route path={path} component={Page} />}</For>
    <Route path="*" component={() => <Navigate href="/verifications" />} />
  </Router>
)
