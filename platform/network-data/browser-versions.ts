import Bowser from 'bowser'
import type { VersionFacts } from '#domain/risk/facts.ts'

/** Our list of versions: the newest majors, and from which version on the maker of a system still supports it. */
export type BrowserList = {
  version: string
  /** YYYY-MM-DD */
  asOf: string
  browsers: readonly BrowserEntry[]
  systems: readonly SystemEntry[]
}
type BrowserEntry = { family: 'chromium' | 'firefox'; newest: number; longTerm: readonly number[] }
type SystemEntry = { os: string; supportedFrom: string }

const isMajor = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0

/** Reads the list strictly; the error names what is wrong. */
export function readBrowserList(text: string): BrowserList {
  const list = JSON.parse(text) as Partial<BrowserList>
  if (typeof list.version !== 'string' || Number.isNaN(Date.parse(list.asOf ?? '')))
    throw new Error('browser list: version and asOf are needed')
  const { browsers = [], systems = [] } = list
  if (browsers.length === 0) throw new Error('browser list: it names no browser')
  const fault = browsers.find((entry) => !hasMajors(entry)) ?? systems.find((entry) => !hasVersion(entry))
  if (fault !== undefined) throw new Error(`browser list: no version in ${JSON.stringify(fault)}`)
  return list as BrowserList
}

const hasMajors = ({ newest, longTerm }: BrowserEntry): boolean => [newest, ...longTerm].every(isMajor)
const hasVersion = ({ supportedFrom }: SystemEntry): boolean => /^\d+(\.\d+)?$/.test(supportedFrom)

/**
 * Browser and system of a user agent against the list. Browsers that follow Chromium at a distance of their own are not
 * compared, nor are those without numbers that tell an age.
 */
export function versionFacts(raw: string, list: BrowserList): VersionFacts {
  // The parser refuses an empty text.
  const { browser, os } = raw.trim() === '' ? nothing : Bowser.parse(raw.slice(0, 512))
  return {
    browser: browserOf(raw, browser.name ?? '', os.name ?? '', list),
    endedSystem: endedSystemOf(os, list),
    source: { name: 'Browser versions', version: list.version, asOf: list.asOf },
  }
}

const nothing: { browser: { name?: string }; os: System } = { browser: {}, os: {} }

/** Names that Bowser gives, and the pattern that finds the compared major in the user agent. */
const followed: readonly { family: BrowserEntry['family']; names: readonly string[]; major: RegExp }[] = [
  { family: 'chromium', names: ['Chrome', 'Chromium', 'Microsoft Edge'], major: /\bChrom(?:e|ium)\/(\d+)/ },
  { family: 'firefox', names: ['Firefox'], major: /\bFirefox\/(\d+)/ },
]

function browserOf(raw: string, name: string, os: string, list: BrowserList): VersionFacts['browser'] {
  // On iOS every browser is WebKit, with a number of its own.
  const kind = os === 'iOS' ? undefined : followed.find(({ names }) => names.includes(name))
  const entry = list.browsers.find(({ family }) => family === kind?.family)
  const major = Number(kind?.major.exec(raw)?.[1])
  if (entry === undefined || !isMajor(major)) return null
  return { name, major, newest: entry.newest, isLongTerm: entry.longTerm.includes(major) }
}

type System = { name?: string; version?: string; versionName?: string }

/** Bowser's names of systems, by ours. */
const systemNames: Readonly<Record<string, string>> = {
  windows: 'Windows',
  macos: 'macOS',
  ios: 'iOS',
  android: 'Android',
}

/**
 * The system where its support has ended. Newer systems give themselves out as old ones that never are on the list
 * (Windows 10, macOS 10.15, Android 10), so nothing is said of them.
 */
function endedSystemOf({ name, version = '', versionName }: System, list: BrowserList): string | null {
  const entry = list.systems.find(({ os }) => systemNames[os] === name)
  const number = version.replace(/^NT /, '')
  if (entry === undefined || !/^\d/.test(number) || !isOlder(number, entry.supportedFrom)) return null
  const told = name === 'Windows' ? (versionName ?? number) : number
  return `${name ?? ''} ${told}`
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor = 0, leastMinor = 0] = than.split('.').map(Number)
  return major < leastMajor || (major === leastMajor && minor < leastMinor)
}
