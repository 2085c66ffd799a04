import { For, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Moment } from '../../components/Time.tsx'
import { systemNames } from '../../copy/en/words.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { useMay } from '../../session.tsx'

type Device = NonNullable<Panel['device']>

/** Shows what the participant used, as far as the role may see it, and every message that was sent. */
export const DeviceAndSession = (props: { panel: Pick<Panel, 'device' | 'deliveries'> }) => {
  const copy = useCopy()
  const may = useMay()
  return (
    <Show when={may('checks.read')} fallback={<Messages panel={props.panel} isAlone />}>
      <section aria-label={copy().panel.device}>
        <h3>{copy().panel.device}</h3>
        <Show when={props.panel.device} fallback={<p class="muted">{copy().panel.noDevice}</p>}>
          {(device) => <DeviceFacts device={device()} />}
        </Show>
        <Messages panel={props.panel} />
      </section>
    </Show>
  )
}

const DeviceFacts = (props: { device: Device }) => {
  const copy = useCopy()
  const format = useFormat()
  const lines = (): readonly (readonly [string, string | null])[] => {
    const { os, country, known } = props.device
    return [
      [copy().device.browser, props.device.browser],
      [copy().device.os, os && (systemNames[os] ?? os)],
      [copy().device.language, props.device.language],
      [copy().device.timeZone, props.device.timeZone],
      [copy().device.address, props.device.addressMasked],
      [copy().device.country, country && format.country(country)],
      [copy().device.network, props.device.network],
      [copy().device.known, known === null ? null : copy().device.isKnown(known)],
    ]
  }
  const times = () =>
    [
      [copy().device.session, props.device.sessionStartedAt],
      [copy().device.sessionEnd, props.device.sessionEndedAt],
    ] as const
  return (
    <dl class="facts">
      <For each={lines().filter(([, value]) => value)}>
        {([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        )}
      </For>
      <For each={times()}>
        {([name, at]) => (
          <Show when={at}>
            {(instant) => (
              <div>
                <dt>{name}</dt>
                <dd>
                  <Moment at={instant()} />
                </dd>
              </div>
            )}
          </Show>
        )}
      </For>
    </dl>
  )
}

const Messages = (props: { panel: Pick<Panel, 'deliveries'>; isAlone?: boolean }) => {
  const copy = useCopy()
  return (
    <section aria-label={copy().panel.messages}>
      <Show when={props.isAlone}>
        <h3>{copy().panel.messages}</h3>
      </Show>
      <ul class="plain deliveries">
        <For each={props.panel.deliveries}>
          {(delivery) => (
            <li>
              {copy().deliveryKinds[delivery.kind]} · {copy().channels[delivery.channel]}{' '}
              <span class="mono">{delivery.contactMasked}</span>
              <Show when={delivery.contactLabel}>
                {(label) => <> ({copy().contactLabels[label()] ?? label()})</>}
              </Show>{' '}
              <span class="muted">
                <Moment at={delivery.at} />
              </span>
              <Steps delivery={delivery} />
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

type Delivery = Panel['deliveries'][number]

/** Shows the way of a message, step by step with its time, and why it did not arrive. */
const Steps = (props: { delivery: Delivery }) => {
  const copy = useCopy()
  const steps = () => [
    ['sent', props.delivery.sentAt] as const,
    ['delayed', props.delivery.delayedAt] as const,
    [props.delivery.status, props.delivery.endedAt ?? props.delivery.at] as const,
  ]
  return (
    <>
      <For each={steps()}>
        {([status, at]) => (
          <Show when={at}>
            {(time) => (
              <>
                {' '}
                · {copy().deliveryStatus[status] ?? status}{' '}
                <span class="muted">
                  <Moment at={time()} />
                </span>
              </>
            )}
          </Show>
        )}
      </For>
      <Show when={props.delivery.problem}>{(problem) => <> ({copy().deliveryProblems[problem()]})</>}</Show>
    </>
  )
}
