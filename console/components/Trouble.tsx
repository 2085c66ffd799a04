import { useCopy } from '../copy/index.ts'

/** Something did not work: what happened, what is safe, what to do. */
export const Trouble = (props: { code: string; onRetry?: () => void }) => {
  const copy = useCopy()
  return (
    <div class="notice high" role="alert">
      <p>{copy().problem(props.code)}</p>
      <button type="button" hidden={props.onRetry === undefined} onClick={() => props.onRetry?.()}>
        {copy().retry}
      </button>
    </div>
  )
}
