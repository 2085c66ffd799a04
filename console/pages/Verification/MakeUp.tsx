import { For, Show } from 'solid-js'
import type { Score } from '#api/contract/console-score.ts'
import { riskOf } from '#domain/risk/score.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

type Category = Score['categories'][number]

/** Weights, trust in the data, damping and limits behind the number, folded: for those who want to add it up themselves. */
export const MakeUp = (props: { score: Score }) => {
  const copy = useCopy()
  const format = useFormat()
  const signed = (size: number) => `${size > 0 ? '+' : ''}${format.tenths(size)}`
  return (
    <details class="no-print make-up">
      <summary>{copy().panel.makeUp}</summary>
      <p class="muted small">{copy().panel.makeUpStory}</p>
      <table class="plain small">
        <thead>
          <tr>
            <th scope="col">{copy().panel.makeUpHead.check}</th>
            <th scope="col" class="number">
              {copy().panel.makeUpHead.weight}
            </th>
            <th scope="col" class="number">
              {copy().panel.makeUpHead.trust}
            </th>
            <th scope="col" class="number">
              {copy().panel.makeUpHead.place}
            </th>
            <th scope="col" class="number">
              {copy().panel.makeUpHead.counted}
            </th>
          </tr>
        </thead>
        <For each={props.score.categories.filter(({ groups }) => groups.length > 0)}>
          {(category) => <CategoryRows category={category} signed={signed} />}
        </For>
      </table>
      <p class="small">
        {copy().panel.makeUpTotal(signed(props.score.e), format.tenths(riskOf(props.score.e)))}
      </p>
    </details>
  )
}

const CategoryRows = (props: { category: Category; signed: (size: number) => string }) => {
  const copy = useCopy()
  const format = useFormat()
  const title = () => {
    const { category, before, e, coverage } = props.category
    const name = copy().categories[category]
    const answered = coverage === null ? null : format.percent(coverage)
    return before === e
      ? copy().panel.categorySum(name, props.signed(e), answered)
      : copy().panel.categoryLimited(name, props.signed(before), props.signed(e), answered)
  }
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={5}>
          {title()}
        </th>
      </tr>
      <For each={props.category.groups}>
        {(group) => (
          <For each={group.hits}>
            {(hit, place) => (
              <tr>
                <td>
                  <Show when={place() > 0}>
                    <span aria-hidden="true">↳ </span>
                  </Show>
                  {copy().checkName(hit.code)}
                </td>
                <td class="number">{props.signed(hit.weight)}</td>
                <td class="number">{format.percent(hit.quality)}</td>
                <td class="number">{format.percent(hit.factor)}</td>
                <td class="number">{props.signed(hit.counted)}</td>
              </tr>
            )}
          </For>
        )}
      </For>
    </tbody>
  )
}
