import { createSignal } from 'solid-js'
import { useLaterCopy } from '../copy/later.ts'
import { Each } from './Each.tsx'

/** Month and year apart, so that 03/04 cannot be misread; gives "YYYY-MM", or nothing until both are there. */
export const MonthField = (props: { onChange: (text: string) => void }) => {
  const later = useLaterCopy()
  const [month, setMonth] = createSignal('')
  const [year, setYear] = createSignal('')
  const changed = () =>
    props.onChange(month() !== '' && year().length === 4 ? `${year()}-${month().padStart(2, '0')}` : '')
  return (
    <div role="group" aria-labelledby="heading" class="field pair">
      <div>
        <label for="month">{later().question.month}</label>
        <select
          id="month"
          onChange={(event) => {
            setMonth(event.currentTarget.value)
            changed()
          }}
        >
          <option value="" />
          <Each of={later().question.months}>
            {(name, index) => (
              <option value={index + 1} selected={month() === String(index + 1)}>
                {name}
              </option>
            )}
          </Each>
        </select>
      </div>
      <div>
        <label for="year">{later().question.year}</label>
        <input
          id="year"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          maxlength="4"
          value={year()}
          onInput={(event) => {
            const digits = event.currentTarget.value.replace(/\D/g, '')
            event.currentTarget.value = digits
            setYear(digits)
            changed()
          }}
        />
      </div>
    </div>
  )
}
