import { Route, Router, Navigate } from '@solidjs/router'
import { lazy } from 'solid-js'
import { Shell } from './layout/Shell.tsx'
import { SessionGate } from './session.tsx'

const VerificationsPage = lazy(() =>
  import('./pages/Verifications/index.tsx').then((m) => ({ default: m.VerificationsPage })),
)
const VerificationPage = lazy(() =>
  import('./pages/Verification/index.tsx').then((m) => ({ default: m.VerificationPage })),
)
const QueuePage = lazy(() => import('./pages/Queue/index.tsx').then((m) => ({ default: m.QueuePage })))
const PeoplePage = lazy(() => import('./pages/People/index.tsx').then((m) => ({ default: m.PeoplePage })))
const PersonPage = lazy(() =>
  import('./pages/People/PersonPage.tsx').then((m) => ({ default: m.PersonPage })),
)
const AccessReportPage = lazy(() =>
  import('./pages/AccessReport/index.tsx').then((m) => ({ default: m.AccessReportPage })),
)
const DashboardPage = lazy(() =>
  import('./pages/Dashboard/index.tsx').then((m) => ({ default: m.DashboardPage })),
)

const CalibrationPage = lazy(() =>
  import('./pages/Calibration/index.tsx').then((m) => ({ default: m.CalibrationPage })),
)
const PolicyPage = lazy(() => import('./pages/Policy/index.tsx').then((m) => ({ default: m.PolicyPage })))
const ApproversPage = lazy(() =>
  import('./pages/Approvers/index.tsx').then((m) => ({ default: m.ApproversPage })),
)
const MessagesPage = lazy(() =>
  import('./pages/Messages/index.tsx').then((m) => ({ default: m.MessagesPage })),
)
const SourcesPage = lazy(() => import('./pages/Sources/index.tsx').then((m) => ({ default: m.SourcesPage })))

const AlarmsPage = lazy(() => import('./pages/Alarms/index.tsx').then((m) => ({ default: m.AlarmsPage })))

const SecurityPage = lazy(() =>
  import('./pages/Security/index.tsx').then((m) => ({ default: m.SecurityPage })),
)

/** Every screen has an address; a session is needed for all of them. */
export const App = () => (
  <Router
    root={(props) => (
      <SessionGate>
        <Shell>{props.children}</Shell>
      </SessionGate>
    )}
  >
    <Route path="/" component={() => <Navigate href="/verifications" />} />
    <Route path="/verifications" component={VerificationsPage} />
    <Route path="/verifications/:verificationId" component={VerificationPage} />
    <Route path="/queue" component={QueuePage} />
    <Route path="/people" component={PeoplePage} />
    <Route path="/people/:personId" component={PersonPage} />
    <Route path="/people/:personId/access-report" component={AccessReportPage} />
    <Route path="/dashboard" component={DashboardPage} />
    <Route path="/alarms" component={AlarmsPage} />
    <Route path="/security" component={SecurityPage} />
    <Route path="/policy" component={PolicyPage} />
    <Route path="/policy/approvers" component={ApproversPage} />
    <Route path="/policy/messages" component={MessagesPage} />
    <Route path="/reports/calibration" component={CalibrationPage} />
    <Route path="/sources" component={SourcesPage} />
    <Route path="*" component={() => <Navigate href="/verifications" />} />
  </Router>
)
