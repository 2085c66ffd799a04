import { Show } from 'solid-js'
import { LanguageChoice } from '../../components/LanguageChoice.tsx'
import { useCopy } from '../../copy/index.ts'

/** The way in: the organisation's own sign-in, and back to where one wanted to go. */
export const SignIn = (props: { hasEnded?: boolean }) => {
  const copy = useCopy()
  const hasFailed = new URLSearchParams(location.search).get('sign-in') === 'failed'
  // The provider still knows the account that did not work: it has to ask anew, or nobody could take another one.
  const href = () =>
    hasFailed
      ? '/auth/sign-in?again=1&return_to=%2F'
      : `/auth/sign-in?return_to=${encodeURIComponent(location.pathname + location.search)}`
  return (
    <main class="sign-in">
      <div class="card">
        <h1>Countersign</h1>
        <p class="muted">{copy().signIn.story}</p>
        <Show when={hasFailed}>
          <p class="notice elevated" role="alert">
            {copy().signIn.failed}
          </p>
        </Show>
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
