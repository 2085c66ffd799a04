/** A line of a figure's days; gaps where a day has no value. Decoration: the numbers are beside it. */
export const Spark = (props: { points: readonly (number | null)[] }) => {
  const path = () => {
    const values = props.points.filter((value): value is number => value !== null)
    const most = Math.max(...values, 0) || 1
    const step = 100 / Math.max(1, props.points.length - 1)
    let isDown = false
    return props.points
      .map((value, index) => {
        if (value === null) {
          isDown = false
          return ''
        }
        const command = `${isDown ? 'L' : 'M'}${(index * step).toFixed(1)} ${(22 - (value / most) * 20).toFixed(1)}`
        isDown = true
        return command
      })
      .join('')
  }
  return (
    <svg class="spark accent" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      <path
        d={path()}
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        vector-effect="non-scaling-stroke"
      />
    </svg>
  )
}
