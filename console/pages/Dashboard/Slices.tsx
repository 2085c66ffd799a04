import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { Tile } from './Tile.tsx'

type Slice = Dashboard['byAgent'][number]

/** A small table: the same figures for each channel, purpose or agent. */
export const Slices = (props: {
  title: string
  listHref: string
  slices: readonly Slice[]
  nameOf: (key: string, name: string) => string
  href: (key: string) => string
}) => {
  const copy = useCopy()
  const words = () => copy().dashboard
  const format = useFormat()
  const share = (slice: Slice) => (slice.closed === 0 ? '–' : format.percent(slice.passed / slice.closed))
  const median = (slice: Slice) => (slice.medianSeconds === null ? '–' : format.duration(slice.medianSeconds))
  const columns = () => [
    words().name,
    words().figures.started,
    words().passedOfClosed,
    words().median,
    words().figures.highRisk,
  ]
  return (
    <Tile
      title={props.title}
      listHref={props.listHref}
      columns={columns()}
      rows={props.slices.map((slice) => [
        props.nameOf(slice.key, slice.name),
        slice.started,
        share(slice),
        median(slice),
        slice.highRisk,
      ])}
    >
      <Show when={props.slices.length > 0} fallback={<p class="muted">{words().noData}</p>}>
        <table class="plain">
          <thead>
            <tr>
              <For each={columns()}>
                {(name, index) => (
                  <th scope="col" class={index() > 0 ? 'number' : ''}>
                    {name}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={props.slices}>
              {(slice) => (
                <tr>
                  <td>
                    <A href={props.href(slice.key)}>{props.nameOf(slice.key, slice.name)}</A>
                  </td>
                  <td class="number">{format.whole(slice.started)}</td>
                  <td class="number">{share(slice)}</td>
                  <td class="number">{median(slice)}</td>
                  <td class="number">{format.whole(slice.highRisk)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </Tile>
  )
}
