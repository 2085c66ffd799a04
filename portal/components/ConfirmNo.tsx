import { createSignal } from 'solid-js'
import { useCopy } from '../copy/index.ts'
import { DigitsField } from './DigitsField.tsx'
import { Trouble } from './Trouble.tsx'
import type { Visit } from '../visit.ts'

/** "No" asks once more: two digits that a person types and a scanner does not (C6). */
export const ConfirmNo = (props: {
  digits: string
  /** The consequence of "No", where it is more than to stop this. */
  story?: string
  visit: Pick<Visit, 'isWorking' | 'trouble'>
  onConfirm: (digits: string) => void
  onBack?: () => void
}) => {
  const copy = useCopy()
  const [typed, setTyped] = createSignal('')
  const [isWrong, setWrong] = createSignal(false)
  const confirm = (event: Event) => {
    event.preventDefault()
    const isRight = typed() === props.digits
    setWrong(!isRight)
    if (isRight) props.onConfirm(typed())
  }
  return (
    <form onSubmit={confirm}>
      <p>{props.story ?? copy().notMe.story}</p>
      <DigitsField
        id="no-digits"
        label={copy().notMe.label(props.digits)}
        length={2}
        value={typed()}
        error={isWrong() ? copy().notMe.wrong : null}
        onInput={(digits) => {
          setTyped(digits)
          setWrong(false)
        }}
      />
      <Trouble visit={props.visit} />
      <button class="main danger" aria-disabled={props.visit.isWorking()}>
        {copy().notMe.confirm}
      </button>
      <button type="button" onClick={() => props.onBack?.()} hidden={props.onBack === undefined}>
        {copy().back}
      </button>
    </form>
  )
}
