/** The client against a real privacyIDEA; the phone speaks the protocol of the authenticator itself, without Firebase. */
import { describePrivacyIdea } from './testing/privacyidea-contract.ts'
import { openPrivacyIdeaScene } from './testing/privacyidea-scene.ts'

describePrivacyIdea('a real privacyIDEA', async () => {
  const scene = await openPrivacyIdeaScene(['anna', 'ben', 'carla', 'dora'])
  const wantNumbers = () =>
    scene.policy('presence', 'authentication', {
      push_require_presence: true,
      push_presence_options: 'NUMERIC',
    })
  return { ...scene, wantNumbers }
})
