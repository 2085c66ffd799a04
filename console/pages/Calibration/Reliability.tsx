import { For, Show } from 'solid-js'
import type { Calibration } from '#api/contract/console-calibration.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

type Bin = Calibration['reliability']['bins'][number]

/** Predicted against observed, as a diagram and as the table that says the same. */
export const Reliability = (props: { report: Calibration }) => {
  const copy = useCopy()
  const words = () => copy().calibration.reliability
  const brier = () => props.report.reliability.brier
  return (
    <section class="card policy-section" aria-labelledby="calibration-reliability">
      <h2 id="calibration-reliability">{words().title}</h2>
      <p class="muted">{words().story}</p>
      <Show when={brier() !== null} fallback={<p>{words().none}</p>}>
        <div class="calibration-beside">
          <Diagram bins={props.report.reliability.bins} />
          <Bins report={props.report} brier={brier() ?? 0} />
        </div>
      </Show>
      <Curve curve={props.report.curve} />
    </section>
  )
}

/** Points with their intervals over the line on which the score is right; the table beside it holds every figure. */
const Diagram = (props: { bins: readonly Bin[] }) => {
  const copy = useCopy()
  const shown = () =>
    props.bins.flatMap(({ predicted, observed }) =>
      predicted === null || observed === null ? [] : [{ x: predicted * 100, ...observed }],
    )
  const y = (share: number) => 100 - share * 100
  return (
    <figure class="calibration-diagram">
      <svg viewBox="-4 -4 108 108" aria-hidden="true">
        <path class="frame" d="M0 0V100H100" />
        <path class="right" d="M0 100L100 0" />
        <For each={shown()}>
          {(point) => (
            <>
              <path class="interval" d={`M${point.x} ${y(point.lo)}V${y(point.hi)}`} />
              <circle cx={point.x} cy={y(point.value)} r="2" />
            </>
          )}
        </For>
      </svg>
      <figcaption class="muted small">
        → {copy().calibration.reliability.predicted} · ↑ {copy().calibration.reliability.observed}
      </figcaption>
    </figure>
  )
}

const Bins = (props: { report: Calibration; brier: number }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().calibration.reliability
  const percent = (share: number) => format.percent(share)
  return (
    <div class="policy-stack">
      <div class="scroll-x" role="group" aria-label={words().title} tabindex="0">
        <table class="policy-table">
          <thead>
            <tr>
              <th scope="col">{words().bin}</th>
              <th scope="col" class="number">
                {copy().calibration.labels.genuine}
              </th>
              <th scope="col" class="number">
                {copy().calibration.labels.fraud}
              </th>
              <th scope="col" class="number">
                {words().predicted}
              </th>
              <th scope="col" class="number">
                {words().observed}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.report.reliability.bins}>
              {(bin) => (
                <tr>
                  <th scope="row">
                    {bin.from}–{bin.to}
                  </th>
                  <td class="number">{format.whole(bin.genuine)}</td>
                  <td class="number">{format.whole(bin.fraud)}</td>
                  <td class="number">{bin.predicted === null ? '–' : percent(bin.predicted)}</td>
                  <td class="number">
                    <Show when={bin.observed} fallback="–">
                      {(observed) => (
                        <>
                          {percent(observed().value)}{' '}
                          <span class="muted small">
                            {copy().calibration.interval(percent(observed().lo), percent(observed().hi))}
                          </span>
                        </>
                      )}
                    </Show>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <p>{words().brier(format.thousandths(props.brier))}</p>
    </div>
  )
}

const Curve = (props: { curve: Calibration['curve'] }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().calibration.reliability
  return (
    <Show when={props.curve} fallback={<p class="muted">{words().noCurve}</p>}>
      {(curve) => (
        <details>
          <summary>{words().curve}</summary>
          <p class="muted">{words().curveStory}</p>
          <div class="scroll-x" role="group" aria-label={words().curve} tabindex="0">
            <table class="policy-table calibration-narrow">
              <thead>
                <tr>
                  <th scope="col">{words().evidence}</th>
                  <th scope="col" class="number">
                    {words().cases}
                  </th>
                  <th scope="col" class="number">
                    {words().bin}
                  </th>
                </tr>
              </thead>
              <tbody>
                <For each={curve()}>
                  {(step) => (
                    <tr>
                      <th scope="row">
                        {copy().calibration.decibels(
                          copy().calibration.interval(format.tenths(step.from), format.tenths(step.to)),
                        )}
                      </th>
                      <td class="number">{format.whole(step.cases)}</td>
                      <td class="number">{format.tenths(step.r)}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </details>
      )}
    </Show>
  )
}
