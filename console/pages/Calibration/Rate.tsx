import { Show } from 'solid-js'
import type { Calibration } from '#api/contract/console-calibration.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

type Rate = Calibration['audit']['suspicious']
type Measured = NonNullable<Calibration['checks'][number]['weights'][number]['measured']>

/** A share with its interval, its counts, and a bar up to the largest of its table. */
export const RateCell = (props: { rate: Rate; most?: number }) => {
  const copy = useCopy()
  const format = useFormat()
  const percent = (share: number | null) => format.percent(share ?? 0, 1)
  return (
    <Show when={props.rate.share !== null} fallback={<span class="muted">{copy().calibration.noRate}</span>}>
      <span class="calibration-rate">
        <Show when={props.most}>
          {(most) => <progress max={most()} value={props.rate.share ?? 0} aria-hidden="true" />}
        </Show>
        <strong>{percent(props.rate.share)}</strong>{' '}
        <span class="muted small">
          {copy().calibration.interval(percent(props.rate.lo), percent(props.rate.hi))};{' '}
          {copy().calibration.of(format.whole(props.rate.hits), format.whole(props.rate.of))}
        </span>
      </span>
    </Show>
  )
}

/** A measured value with its interval, one digit after the point. */
export const MeasuredCell = (props: { measured: Measured; isSigned?: boolean }) => {
  const copy = useCopy()
  const format = useFormat()
  const shown = (value: number) =>
    props.isSigned === true && value > 0 ? `+${format.tenths(value)}` : format.tenths(value)
  return (
    <>
      {shown(props.measured.value)}{' '}
      <span class="muted small">
        {copy().calibration.interval(shown(props.measured.lo), shown(props.measured.hi))}
      </span>
    </>
  )
}
