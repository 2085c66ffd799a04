/**
 * Words that no option may contain: health, union, religion, pay, discipline, family, and what people do in their own time.
 * Compared with whole ASCII lower-case words, their beginnings of six letters or more, and any part of a word of seven or
 * more, since German compounds hide them.
 */
const words: readonly string[] = (
  'abortion absence accident addiction adoption aids allergy apprais bonus burnout cancer chemo childcare church clinic ' +
  'commission compensation complaint confidential counsel custody dental depress diabet disab disciplin dismiss divorce ' +
  'doctor election faith family fertility fired firing funeral gender grievance grundgehalt handicap harass health hiv ' +
  'hospital illness insolven investigat kundigung krank layoff lawsuit lawyer legal leave lohn maternity medic mental ' +
  'misconduct mosque muslim occupational oncolog parental party paternity pay payroll payslip pension ' +
  'politic prayer pregnan psych racis redundanc rehab religio resign retire salary schwanger secret severance sexual ' +
  'sick sickness strike suicid synagogue termination therap transgender trauma union wage warning wedding welfare ' +
  'whistleblow council betriebsrat gehalt gewerkschaft ' +
  // Private life, in the languages in which groups are often named.
  'autism baby babies bible buddhis carer carers catholic children choir christian cycling dads fasting fitness football ' +
  'gebet gebets glaube gospel hiking hindu hobby hobbies jewish kids koran lgbt lgbtq menopaus mindful moms mums parent ' +
  'parents pride quran rugby running singing soccer sober spiritual sport sports tennis veteran volunteer worship yoga ' +
  'bibel chor christlich elternzeit eltern fussball gesundheit gottesdienst jugend judisch kinder kirche kirchen ' +
  'lauftreff moschee mutter muttern singkreis stammtisch vater vatern verein wandern wandergruppe ' +
  'catholique chorale chretien eglise enfants foi handicape maladie mosquee musulman priere sante syndic ' +
  'coro cristian enfermedad fe futbol hijos iglesia madres mezquita musulmana oracion padres salud sindic ' +
  'club clubs circle'
).split(' ')

const exact: ReadonlySet<string> = new Set(words)
const stems: readonly string[] = words.filter((word) => word.length >= 6)
const parts: readonly string[] = words.filter((word) => word.length >= 7)

/** True if a title or category may not be shown as an option. `ascii` is lower-case ASCII text. */
export const isSensitive = (ascii: string): boolean =>
  ascii
    .split(/[^a-z]+/)
    .some(
      (word) =>
        exact.has(word) ||
        stems.some((stem) => word.startsWith(stem)) ||
        parts.some((part) => word.includes(part)),
    )
