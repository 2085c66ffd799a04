import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { Tile } from './Tile.tsx'

type Slice = Dashboard['byAgent'][number]

type Props = {
  title: string
  listHref: string | null
  slices: readonly Slice[]
  nameOf: (key: string, name: string) => string
  href: (key: string) => string
}

/** A small table: the same figures for each channel, purpose or agent. */
export const Slices = (props: Props) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().dashboard
  const share = (slice: Slice) => (slice.closed === 0 ? '–' : format.percent(slice.passed / slice.closed))
  const columns = () => [
    words().name,
    words().figures.started,
    words().passedOfClosed,
    words().median,
    words().figures.highRisk,
  ]
  const hrefOf = (row: number, column: number) => {
    const key = column === 0 ? (props.slices[row]?.key ?? '') : ''
    return key === '' ? undefined : props.href(key)
  }
  const cells = (slice: Slice): (string | number)[] => [
    slice.started,
    share(slice),
    slice.medianSeconds === null ? '–' : format.duration(slice.medianSeconds),
    slice.highRisk,
  ]
  return (
    <Tile
      title={props.title}
      listHref={props.listHref}
      columns={columns()}
      rows={props.slices.map((slice) => [props.nameOf(slice.key, slice.name), ...cells(slice)])}
      isEmpty={props.slices.length === 0}
      cellHref={hrefOf}
    >
      <SliceTable columns={columns()} cells={cells} {...props} />
    </Tile>
  )
}

const SliceTable = (
  props: Props & { columns: readonly string[]; cells: (slice: Slice) => (string | number)[] },
) => {
  const format = useFormat()
  const shown = (cell: string | number) => (typeof cell === 'number' ? format.whole(cell) : cell)
  return (
    <div class="tile-wide" role="group" tabindex="0" aria-label={props.title}>
      <table class="plain">
        <thead>
          <tr>
            <For each={props.columns}>
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
                  <Show
                    when={slice.key !== ''}
                    fallback={<span class="muted">{props.nameOf(slice.key, slice.name)}</span>}
                  >
                    <A href={props.href(slice.key)}>{props.nameOf(slice.key, slice.name)}</A>
                  </Show>
                </td>
                <For each={props.cells(slice)}>{(cell) => <td class="number">{shown(cell)}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}
