import type { JSX } from 'solid-js'

const Icon = (props: { children: JSX.Element }) => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {props.children}
  </svg>
)

/** Rows of a list. */
export const ListIcon = () => (
  <Icon>
    <path d="M2.5 4h1M2.5 8h1M2.5 12h1M6 4h7.5M6 8h7.5M6 12h7.5" />
  </Icon>
)

/** A tray. */
export const TrayIcon = () => (
  <Icon>
    <path d="M1.500 9.500 3.500 3h9l2 6.500v3.500h-13zM1.500 9.500h4c0 1.300 1 2.200 2.500 2.200s2.500-.900 2.500-2.200h4" />
  </Icon>
)

/** Two people. */
export const PeopleIcon = () => (
  <Icon>
    <circle cx="6" cy="5.5" r="2.5" />
    <path d="M1.5 13.5c.4-2.7 2.1-4 4.5-4s4.100 1.300 4.500 4M10.500 3.300a2.500 2.500 0 0 1 0 4.400M12.300 9.900c1.200.600 2 1.800 2.200 3.600" />
  </Icon>
)

/** A shield. */
export const ShieldIcon = () => (
  <Icon>
    <path d="M8 1.500 13 3.500v4c0 3.200-2 5.600-5 7-3-1.400-5-3.800-5-7v-4zM5.800 8l1.600 1.600L10.400 6.400" />
  </Icon>
)

/** Bars. */
export const ChartIcon = () => (
  <Icon>
    <path d="M2.500 13.500h11M4.500 11V7.500M8 11V3.500M11.500 11V6" />
  </Icon>
)

/** Scales. */
export const ScalesIcon = () => (
  <Icon>
    <path d="M8 2.500v11M5 13.500h6M3 4.500h10M3 4.500 1.200 9h3.600zM13 4.500 11.200 9h3.600z" />
  </Icon>
)

/** A tray that something is put into. */
export const SourcesIcon = () => (
  <Icon>
    <path d="M8 2v7M5.200 6.400 8 9.200l2.800-2.800M2.500 9.500v3.200c0 .5.300.8.800.8h9.400c.5 0 .8-.300.8-.8V9.500" />
  </Icon>
)

/** A bell. */
export const BellIcon = () => (
  <Icon>
    <path d="M3.500 11.500h9c-1-1.200-1.300-2.200-1.300-4.700a3.200 3.200 0 0 0-6.400 0c0 2.500-.3 3.500-1.300 4.700zM6.700 13.500a1.400 1.400 0 0 0 2.600 0" />
  </Icon>
)
