import {
  createContext,
  createResource,
  Match,
  onCleanup,
  onMount,
  Switch,
  useContext,
  type Accessor,
  type JSX,
  type ResourceFetcherInfo,
} from 'solid-js'
import type { Session } from '#api/contract/console.ts'
import { ProblemError } from '#api/contract/client.ts'
import type { Permission } from '#domain/roles.ts'
import { callOnce, faultOf, isSessionOver, setCsrfToken, setSessionOver } from './api.ts'
import { Trouble } from './components/Trouble.tsx'
import { useCopy } from './copy/index.ts'
import { useLiveSettings } from './lib/live.ts'
import { SignIn } from './pages/SignIn/SignIn.tsx'

const SessionContext = createContext<Accessor<Session>>()

/** The member of staff who is signed in. Only inside `SessionGate`. */
export const useSession = (): Accessor<Session> => {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession needs a SessionGate')
  return session
}

/** True if the signed-in role holds a permission; the server decides again on every call. */
export const useMay = (): ((permission: Permission) => boolean) => {
  const session = useSession()
  return (permission) => session().staff.permissions.includes(permission)
}

type Loaded = Session | 'signed_out'

/** No answer, or one that says nothing of the session. */
const isAside = (status: number | null): boolean => status === null || status === 429 || status >= 500

/**
 * Asked again in passing, what was known stays where there is no answer: who moves between networks keeps the page and
 * what was typed on it.
 */
const load = async (
  _: true,
  { value, refetching }: ResourceFetcherInfo<Loaded, 'in_passing'>,
): Promise<Loaded> => {
  try {
    const session = await callOnce('console.session', {})
    setCsrfToken(session.csrfToken)
    return session
  } catch (error) {
    const status = error instanceof ProblemError ? error.problem.status : null
    if (refetching === 'in_passing' && typeof value === 'object' && isAside(status)) return value
    if (status !== 401) throw error
    // Nobody was signed in yet: nothing has ended.
    setSessionOver(false)
    return 'signed_out'
  }
}

/** The notices above every page follow changes at once. */
const KeepNotices = (props: { onChange: () => void }) => {
  useLiveSettings(() => props.onChange())
  return null
}

/** Shows the console to those who are signed in, and the way in to everybody else. */
export const SessionGate = (props: { children: JSX.Element }) => {
  const copy = useCopy()
  const [session, { refetch }] = createResource<Loaded, 'in_passing'>(load)
  const failure = (): unknown => session.error
  const known = () => (failure() === undefined ? session.latest : undefined)
  const signedIn = () => {
    const value = known()
    return typeof value === 'object' ? value : undefined
  }
  // Back from the browser's page cache after signing out elsewhere: ask again before showing anything.
  const onShow = (event: PageTransitionEvent) => {
    if (event.persisted) void refetch()
  }
  onMount(() => window.addEventListener('pageshow', onShow))
  onCleanup(() => window.removeEventListener('pageshow', onShow))
  return (
    <Switch fallback={<p class="center muted late">{copy().loading}</p>}>
      <Match when={failure() !== undefined}>
        <div class="center">
          <Trouble fault={faultOf(failure())} onRetry={() => void refetch()} />
        </div>
      </Match>
      <Match when={isSessionOver()}>
        <SignIn hasEnded />
      </Match>
      <Match when={known() === 'signed_out'}>
        <SignIn />
      </Match>
      <Match when={signedIn()}>
        {(value) => (
          <SessionContext.Provider value={value}>
            <KeepNotices onChange={() => void refetch('in_passing')} />
            {props.children}
          </SessionContext.Provider>
        )}
      </Match>
    </Switch>
  )
}
