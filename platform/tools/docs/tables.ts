import { familyDefinitions } from '#domain/questions/definitions.ts'
import { schedules, type Schedule } from '#domain/schedules.ts'
import { families } from '#domain/questions/families/index.ts'

/** Sources as the page names them. */
const names: Readonly<Record<string, string>> = { hr: 'HR', sign_ins: 'sign-ins' }

/** The table of docs/questions.md: what is asked, in the order of asking. */
export const questionTable = (): string =>
  [
    '| family | question | from | exposure | form | not asked |',
    '| --- | --- | --- | --- | --- | --- |',
    ...families.map(({ family, code, about }) => {
      const { source, exposure } = familyDefinitions[family]
      const { name, question, form, notAsked } = about
      return `| ${code} ${name} | ${question} | ${names[source] ?? source} | ${exposure} | ${form} | ${notAsked} |`
    }),
  ].join('\n')

const often: Readonly<Record<number, string>> = {
  60: 'every minute',
  3_600: 'every hour',
  86_400: 'every day',
}

/** The table of docs/runbook.md: what Temporal starts at an interval. */
export const scheduleTable = (): string =>
  [
    '| schedule | how often | what it does |',
    '| --- | --- | --- |',
    ...schedules.map((schedule: Schedule) => {
      const { name, everySeconds, needs, does } = schedule
      const every = often[everySeconds] ?? `every ${String(everySeconds)} seconds`
      const where = needs === undefined ? '' : `, where \`${needs}\` is set`
      return `| \`${name}\` | ${every}${where} | ${does} |`
    }),
  ].join('\n')
