import { For, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Time } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

type Device = NonNullable<Panel['device']>

/** What the participant used, and every message that was sent. */
export const DeviceAndSession = (props: { panel: Panel }) => {
  const copy = useCopy()
  const format = useFormat()
  const lines = (device: Device): readonly (readonly [string, string | null])[] => [
    [copy().device.browser, device.browser],
    [copy().device.os, device.os],
    [copy().device.language, device.language],
    [copy().device.timeZone, device.timeZone],
    [copy().device.address, device.addressMasked],
    [copy().device.country, device.country === null ? null : format.country(device.country)],
    [copy().device.network, device.network],
    [copy().device.known, device.known === null ? null : copy().device.isKnown(device.known)],
  ]
  return (
    <section aria-label={copy().panel.device}>
      <h3>{copy().panel.device}</h3>
      <Show when={props.panel.device} fallback={<p class="muted">{copy().panel.noDevice}</p>}>
        {(device) => (
          <dl class="facts">
            <For each={lines(device()).filter(([, value]) => value !== null)}>
              {([name, value]) => (
                <div>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              )}
            </For>
            <Show when={device().sessionStartedAt}>
              {(at) => (
                <div>
                  <dt>{copy().device.session}</dt>
                  <dd>
                    <Time at={at()} />
                  </dd>
                </div>
              )}
            </Show>
          </dl>
        )}
      </Show>
      <ul class="plain deliveries" aria-label={copy().panel.messages}>
        <For each={props.panel.deliveries}>
          {(delivery) => (
            <li>
              {copy().deliveryKinds[delivery.kind]} · {copy().channels[delivery.channel]}{' '}
              <span class="mono">{delivery.contactMasked}</span> ·{' '}
              {copy().deliveryStatus[delivery.status] ?? delivery.status} ·{' '}
              <span class="muted">
                <Time at={delivery.at} />
              </span>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
