/** Every check, in the order in which a report lists equals. A new check goes to the end of its category. */
import type { Check } from '../check.ts'
import { answer } from './challenge/answer.ts'
import { attempts } from './challenge/attempts.ts'
import { canary } from './challenge/canary.ts'
import { inconsistent } from './challenge/inconsistent.ts'
import { tooFew } from './challenge/too-few.ts'
import { apiTamper } from './endpoint/api-tamper.ts'
import { cdp } from './endpoint/cdp.ts'
import { copiedKey } from './endpoint/copied-key.ts'
import { fontOs } from './endpoint/font-os.ts'
import { headlessUa } from './endpoint/headless-ua.ts'
import { knownCookie } from './endpoint/known-cookie.ts'
import { knownKey } from './endpoint/known-key.ts'
import { langHeader } from './endpoint/lang-header.ts'
import { newDevice } from './endpoint/new-device.ts'
import { noKey } from './endpoint/no-key.ts'
import { noTelemetry } from './endpoint/no-telemetry.ts'
import { scanner } from './endpoint/scanner.ts'
import { sharedDevice } from './endpoint/shared-device.ts'
import { similar } from './endpoint/similar.ts'
import { stale } from './endpoint/stale.ts'
import { telemetryForged } from './endpoint/telemetry-forged.ts'
import { tlsClient } from './endpoint/tls-client.ts'
import { uaCh } from './endpoint/ua-ch.ts'
import { uaPlatform } from './endpoint/ua-platform.ts'
import { vmGraphics } from './endpoint/vm-graphics.ts'
import { webdriver } from './endpoint/webdriver.ts'
import { window } from './endpoint/window.ts'
import { worker } from './endpoint/worker.ts'
import { anonListed } from './network/anon-listed.ts'
import { clientIp } from './network/client-ip.ts'
import { corpEgress } from './network/corp-egress.ts'
import { countryUnexpected } from './network/country-unexpected.ts'
import { gateway } from './network/gateway.ts'
import { geoConflict } from './network/geo-conflict.ts'
import { headerShape } from './network/header-shape.ts'
import { hostile } from './network/hostile.ts'
import { hostingAsn } from './network/hosting-asn.ts'
import { impossibleTravel } from './network/impossible-travel.ts'
import { ipVelocity } from './network/ip-velocity.ts'
import { newAsn } from './network/new-asn.ts'
import { newCountry } from './network/new-country.ts'
import { phoneCountry } from './network/phone-country.ts'
import { privacyRelay } from './network/privacy-relay.ts'
import { sessionMoved } from './network/session-moved.ts'
import { torExit } from './network/tor-exit.ts'
import { tzMismatch } from './network/tz-mismatch.ts'
import { vpnAsn } from './network/vpn-asn.ts'
import { accountState } from './persona/account-state.ts'
import { activeElsewhere } from './persona/active-elsewhere.ts'
import { agentAlarm } from './persona/agent-alarm.ts'
import { calendar } from './persona/calendar.ts'
import { campaign } from './persona/campaign.ts'
import { channel } from './persona/channel.ts'
import { contactChanged } from './persona/contact-changed.ts'
import { focus } from './persona/focus.ts'
import { goodHistory } from './persona/good-history.ts'
import { habit } from './persona/habit.ts'
import { hour } from './persona/hour.ts'
import { idpRisk } from './persona/idp-risk.ts'
import { locale } from './persona/locale.ts'
import { mfaChanged } from './persona/mfa-changed.ts'
import { noTyping } from './persona/no-typing.ts'
import { paste } from './persona/paste.ts'
import { pointer } from './persona/pointer.ts'
import { requestRate } from './persona/request-rate.ts'
import { rhythm } from './persona/rhythm.ts'
import { tenure } from './persona/tenure.ts'
import { timing } from './persona/timing.ts'
import { untrustedEvent } from './persona/untrusted-event.ts'
import { userReported } from './persona/user-reported.ts'
import { approver } from './possession/approver.ts'
import { numberMatch } from './possession/number-match.ts'
import { otp } from './possession/otp.ts'
import { passkey } from './possession/passkey.ts'
import { provider } from './possession/provider.ts'
import { push } from './possession/push.ts'
import { recoverySheet } from './possession/recovery-sheet.ts'

export const checks: readonly Check[] = [
  clientIp,
  torExit,
  vpnAsn,
  hostingAsn,
  gateway,
  corpEgress,
  countryUnexpected,
  impossibleTravel,
  newCountry,
  newAsn,
  tzMismatch,
  headerShape,
  ipVelocity,
  sessionMoved,
  privacyRelay,
  geoConflict,
  phoneCountry,
  hostile,
  anonListed,
  webdriver,
  headlessUa,
  cdp,
  uaPlatform,
  uaCh,
  worker,
  apiTamper,
  langHeader,
  vmGraphics,
  knownKey,
  newDevice,
  sharedDevice,
  noTelemetry,
  telemetryForged,
  scanner,
  window,
  fontOs,
  stale,
  knownCookie,
  similar,
  noKey,
  copiedKey,
  tlsClient,
  accountState,
  contactChanged,
  mfaChanged,
  requestRate,
  channel,
  hour,
  noTyping,
  untrustedEvent,
  timing,
  userReported,
  idpRisk,
  activeElsewhere,
  calendar,
  campaign,
  tenure,
  locale,
  rhythm,
  paste,
  pointer,
  focus,
  goodHistory,
  agentAlarm,
  habit,
  answer,
  tooFew,
  canary,
  inconsistent,
  attempts,
  otp,
  numberMatch,
  passkey,
  provider,
  push,
  recoverySheet,
  approver,
]
