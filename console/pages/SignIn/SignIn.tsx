import { Show } from 'solid-js'
import { LanguageChoice } from '../../components/LanguageChoice.tsx'
import { useCopy } from '../../copy/index.ts'

/** The way in: the organisation's own sign-in, and back to where one wanted to go. */
export const SignIn = (props: { hasEnded?: boolean }) => {
  const copy = useCopy()
  const href = () => `/auth/sign-in?return_to=${encodeURIComponent(location.pathname + location.search)}`
  return (
    <main class="sign-in">
      <div class="card">
        <h1>Countersign</h1>
        <p class="muted">{copy().signIn.story}</p>
        <Show when={props.hasEnded}>
          <p class="notice elevated" role="status">
            {copy().signIn.ended}
          </p>
        </Show>
        {/* A document, not a page of this app: the server redirects to the identity provider. */}
        <a class="button main" href={href()} rel="external">
          {copy().signIn.action}
        </a>
        <LanguageChoice />
      </div>
    </main>
  )
}
