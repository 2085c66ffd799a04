import type { Component } from 'solid-js'
import type { Permission } from '#domain/roles.ts'
import type { Copy } from './copy/index.ts'
import type * as icons from './layout/icons.tsx'

/** One page of the console: its address, its file, and its link in the rail, if it has one. */
export type Screen = {
  readonly path: string
  readonly load: () => Promise<Component>
  /** `needs`: the permission to see it. The name is in `copy/<language>/index.ts`. */
  readonly link?: {
    readonly name: keyof Copy['rail']
    readonly icon: keyof typeof icons
    readonly needs: Permission
  }
}

/** Every page; those with a link in the order of the rail. */
export const screens: readonly Screen[] = [
  {
    path: '/dashboard',
    load: () => import('./pages/Dashboard/index.tsx').then((m) => m.DashboardPage),
    link: { name: 'dashboard', icon: 'ChartIcon', needs: 'analytics.read' },
  },
  {
    path: '/verifications',
    load: () => import('./pages/Verifications/index.tsx').then((m) => m.VerificationsPage),
    link: { name: 'verifications', icon: 'ListIcon', needs: 'verifications.read' },
  },
  {
    path: '/verifications/:verificationId',
    load: () => import('./pages/Verification/index.tsx').then((m) => m.VerificationPage),
  },
  {
    path: '/queue',
    load: () => import('./pages/Queue/index.tsx').then((m) => m.QueuePage),
    link: { name: 'queue', icon: 'TrayIcon', needs: 'verifications.decide' },
  },
  {
    path: '/review',
    load: () => import('./pages/Review/index.tsx').then((m) => m.ReviewPage),
  },
  {
    path: '/people',
    load: () => import('./pages/People/index.tsx').then((m) => m.PeoplePage),
    link: { name: 'people', icon: 'PeopleIcon', needs: 'people.read' },
  },
  {
    path: '/people/:personId',
    load: () => import('./pages/People/PersonPage.tsx').then((m) => m.PersonPage),
  },
  {
    path: '/people/:personId/access-report',
    load: () => import('./pages/AccessReport/index.tsx').then((m) => m.AccessReportPage),
  },
  {
    path: '/readiness',
    load: () => import('./pages/Readiness/index.tsx').then((m) => m.ReadinessPage),
  },
  {
    path: '/alarms',
    load: () => import('./pages/Alarms/index.tsx').then((m) => m.AlarmsPage),
    link: { name: 'alarms', icon: 'BellIcon', needs: 'alarms.read' },
  },
  {
    path: '/policy',
    load: () => import('./pages/Policy/index.tsx').then((m) => m.PolicyPage),
    link: { name: 'policy', icon: 'ShieldIcon', needs: 'policy.read' },
  },
  {
    path: '/policy/approvers',
    load: () => import('./pages/Approvers/index.tsx').then((m) => m.ApproversPage),
  },
  {
    path: '/policy/places',
    load: () => import('./pages/Places/index.tsx').then((m) => m.PlacesPage),
  },
  {
    path: '/policy/messages',
    load: () => import('./pages/Messages/index.tsx').then((m) => m.MessagesPage),
  },
  {
    path: '/sources',
    load: () => import('./pages/Sources/index.tsx').then((m) => m.SourcesPage),
    link: { name: 'sources', icon: 'SourcesIcon', needs: 'sources.read' },
  },
  {
    path: '/reports/calibration',
    load: () => import('./pages/Calibration/index.tsx').then((m) => m.CalibrationPage),
    link: { name: 'calibration', icon: 'ScalesIcon', needs: 'calibration.read' },
  },
  {
    path: '/security',
    load: () => import('./pages/Security/index.tsx').then((m) => m.SecurityPage),
  },
]
