import { useCopy } from '../../copy/index.ts'

/** The way in: the organisation's own sign-in, and back to where one wanted to go. */
export const SignIn = () => {
  const copy = useCopy()
  const href = () => `/auth/sign-in?return_to=${encodeURIComponent(location.pathname + location.search)}`
  return (
    <main class="sign-in">
      <div class="card">
        <h1>Countersign</h1>
        <p class="muted">{copy().signIn.story}</p>
        {/* A document, not a page of this app: the server redirects to the identity provider. */}
        <a class="button main" href={href()} rel="external">
          {copy().signIn.action}
        </a>
      </div>
    </main>
  )
}
