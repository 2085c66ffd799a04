import { readProbes } from '#services/risk/risk-facts-portal.ts'
import { rememberDevice } from '#services/risk/check-rows.ts'
import { deviceDigests, traitDigests } from '#services/risk/sighting-facts.ts'
import { deviceKeyDigest, proofOfReport } from '#platform/crypto/device-proof.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { languageOf } from '#platform/network-data/country-languages.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'

/** A device whose key was proven in a case that passed is known from now on, whether staff or the policy approved. */
export const rememberDeviceOf = async (deps: ActivityDeps, tx: Tx, ref: CaseRef): Promise<void> => {
  const { beacons, requests } = await readProbes(deps, tx, ref.verificationId)
  const report = beacons.at(-1)?.report
  const device = report?.device
  if (!device || proofOfReport(report) !== 'valid') return
  const request = requests.at(-1)?.report
  const browser = request === undefined ? null : deps.factTools.readUserAgent(request.userAgent).browser
  const address = request === undefined ? null : request.client.address
  const ip = address === null ? null : deps.factTools.lookUp(address)
  const { parts, whole } = deviceDigests(deps.keys, tx.tenantId, report)
  await rememberDevice(tx, ref.personId, {
    keyDigest: deviceKeyDigest(device.publicKey),
    parts,
    partsDigest: whole,
    traits: traitDigests(deps.keys, tx.tenantId, parts, browser, ip),
    languages: report.page.languages.flatMap((tag) => languageOf(tag) ?? []).slice(0, 4),
  })
}
