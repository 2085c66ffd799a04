/**
 * Words that no option may contain: health, union, religion, pay, discipline, family. Compared with whole ASCII lower-case
 * words and their beginnings of six letters or more.
 */
const words: readonly string[] = (
  'abortion absence accident addiction adoption aids allergy apprais bonus burnout cancer chemo childcare church clinic ' +
  'commission compensation complaint confidential counsel custody dental depress diabet disab disciplin dismiss divorce ' +
  'doctor election faith family fertility fired firing funeral gender grievance grundgehalt handicap harass health hiv ' +
  'hospital illness insolven investigat kundigung krank layoff lawsuit lawyer legal leave lohn maternity medic mental ' +
  'misconduct mosque muslim occupational oncolog parental party paternity pay payroll payslip pension ' +
  'politic prayer pregnan psych racis redundanc rehab religio resign retire salary schwanger secret severance sexual ' +
  'sick sickness strike suicid synagogue termination therap transgender trauma union wage warning wedding welfare ' +
  'whistleblow council betriebsrat gehalt gewerkschaft'
).split(' ')

const exact: ReadonlySet<string> = new Set(words)
const stems: readonly string[] = words.filter((word) => word.length >= 6)

/** True if a title or category may not be shown as an option. `ascii` is lower-case ASCII text. */
export const isSensitive = (ascii: string): boolean =>
  ascii.split(/[^a-z]+/).some((word) => exact.has(word) || stems.some((stem) => word.startsWith(stem)))
