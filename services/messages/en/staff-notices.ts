import type { StaffNoticeTexts } from '../texts.ts'

/** English. */
export const staffNotices: StaffNoticeTexts = {
  sentences: {
    proposed: (by) => `${by} proposes a change that weakens the policy. A second admin has to accept it.`,
    accepted: (by, at) =>
      `${by} accepted a change that weakens the policy. It takes effect on ${at}. Any admin can call it off until then.`,
    called_off: (by, _at, version) =>
      `${by} called off version ${version} of the policy before it took effect.`,
    hastened: (by, _at, version) =>
      `Emergency: ${by} put version ${version} of the policy in force at once, as the third person.`,
    took_effect: (by, _at, version) =>
      `Version ${version} of the policy, proposed by ${by}, has taken effect. It weakens the policy.`,
    approver_named: (by) =>
      `${by} names somebody who may vouch for people when the help desk asks. A second admin has to accept it.`,
    approver_accepted: (by, at) =>
      `${by} accepted that somebody may vouch for people when the help desk asks. It holds from ${at}. Any admin can end it, before then too.`,
    approver_ended: (by) => `${by} ended that somebody may vouch for people when the help desk asks.`,
    harvest_suspected: () =>
      'Many lists of options of one question were shown to cases that did not pass within a day. Somebody may be collecting names or values for later calls.',
    participant_reported: () =>
      'A participant said that a request in their name was not them. Everything open in their name is stopped, and nothing new begins for a while.',
    key_copied: () =>
      'The key of a known device was used in two places at once. Somebody copied the browser of a participant. The case needs one more kind of proof.',
    push_denied: () =>
      'Somebody denied a push on the authenticator of a participant: whoever holds it asked for nothing. Somebody else may be on the page of that case. It needs one more kind of proof and a supervisor.',
    duress_signalled: () =>
      'Somebody at the help desk gave the silent signal: they may be forced. What they approve in that case stays pending, and nothing on their screen tells.',
    staff_limit_reached: (by) =>
      `${by} reached a limit: people looked at, verifications started, or contacts shown. It is blocked for now.`,
    staff_impersonated: () =>
      'A message to a case named a member of staff, and Countersign did not send it. It was refused. Somebody may reach the Temporal server.',
    session_moved: (by) =>
      `The console session of ${by} was used in another browser and from another network than the ones it was signed in with. Somebody may have copied it.`,
    directory_drop_held: (by) =>
      `The directory “${by}” suddenly shows far fewer people or contacts than before. Nothing was taken away: the reading of it is stopped until an operator accepts this.`,
    place_added: (by, _at, about) =>
      `${by} named a network, country or device as known (${about}). Cases from there look less suspicious from now on.`,
    text_proposed: (by, _at, about) =>
      `${by} proposes new words for a message (${about}). A second admin has to accept them.`,
    text_accepted: (by, _at, about) =>
      `${by} accepted new words for a message (${about}). It goes out with them now.`,
    text_reset: (by, _at, about) => `${by} put a message (${about}) back to its standard words.`,
    sends_nearly_used: (_by, _at, about) =>
      `Four fifths of the messages that the policy allows are used (${about}). When all are, no link and no code goes out any more.`,
    sends_used_up: (_by, _at, about) =>
      `All messages that the policy allows are used (${about}). No link and no code goes out until some of them are old enough.`,
    second_named: (by) =>
      `${by} names an agent who may give second approvals. A second admin has to accept it.`,
    second_accepted: (by, at) =>
      `${by} accepted that an agent may give second approvals. It holds from ${at}. Any admin can end it, before then too.`,
    second_ended: (by) => `${by} ended that an agent may give second approvals.`,
    protection_end_asked: (by) =>
      `${by} asks for an account to be taken off the list of those that the help desk never handles. An admin who is somebody else has to do it.`,
    protection_ended: (by) => `${by} took an account off the list of those that the help desk never handles.`,
    audit_broken: (_by, _at, about) =>
      `The audit of your organisation is no longer whole: entry ${about} or one before it was changed, moved or removed in the database.`,
    contact_unreadable: () =>
      'Contacts on file do not open: they were changed or moved in the database, or their key is gone. No link and no code goes there; everything else works.',
    passkey_added: () => 'A passkey was added to your account of the console.',
    passkey_removed: () => 'A passkey was removed from your account of the console.',
  },
  matters: {
    policy: {
      subject: 'policy of Countersign',
      closing:
        'Look at it in the console under Policy. If you do not know of this, speak to the people named.',
    },
    account: {
      subject: 'your account of Countersign',
      closing:
        'Look at it in the console under Security. If this was not you, tell your security team at once.',
    },
    case: {
      subject: 'alarm of Countersign',
      closing: 'Look at it in the console under Alarms, and call the person on a number that you know.',
    },
    key: {
      subject: 'alarm of Countersign',
      closing:
        'The finding “Copied key” is in the case, in the console under Verifications. Call the person on a number that you know: another program may be reading along on their device.',
    },
    push: {
      subject: 'alarm of Countersign',
      closing:
        'The finding “Push to the authenticator” is in the case, in the console under Verifications. Call the person on a number that you know, and ask them.',
    },
    quiet: {
      subject: 'alarm of Countersign',
      closing:
        'Look at it in the console under Alarms, away from the help desk. Do not write to the person: help where they are, as your organisation has agreed.',
    },
    places: {
      subject: 'networks and devices of Countersign',
      closing:
        'Look at it in the console under Policy, Networks and devices. If you do not know of this, remove the entry there and speak to the person named.',
    },
    messages: {
      subject: 'messages of Countersign',
      closing:
        'Look at it in the console under Messages. If you do not know of this, speak to the people named.',
    },
    budget: {
      subject: 'messages run out',
      closing:
        'Look into what is sent, in the console under Verifications, before you raise the limit under Policy.',
    },
    limit: {
      subject: 'alarm of Countersign',
      closing: 'When, and of what kind, is in the console under Alarms; what they looked at is in the audit.',
    },
    intruder: {
      subject: 'alarm of Countersign',
      closing:
        'Which case and whom is in the console under Alarms. Tell your operator and your security team at once: only Countersign’s own processes may reach Temporal.',
    },
    moved: {
      subject: 'alarm of Countersign',
      closing:
        'Ask the person named on a channel that you know. If it was not them, they sign out in the console, which ends the session, and tell your security team at once.',
    },
    alarm: {
      subject: 'alarm of Countersign',
      closing: 'What was shown, and what you can do now, is in the console under Policy.',
    },
    protection: {
      subject: 'protected accounts of Countersign',
      closing:
        'Who asked, for whom and why is in the audit, and on the person in the console. If you do not know of this, speak to the people named.',
    },
    contacts: {
      subject: 'alarm of Countersign',
      closing:
        'Whose they are is in the console under Alarms. Call whoever runs Countersign: if they changed neither keys nor rows, treat it as a break-in.',
    },
    audit: {
      subject: 'alarm of Countersign',
      closing:
        'Treat this as a break-in. Call whoever runs Countersign; they find the first bad entry with the command "audit verify".',
    },
    directory: {
      subject: 'a directory of Countersign',
      closing:
        'See whether the directory is whole and our account may still read all of it. If the drop is real, the operator accepts it with the command directory-sync.',
    },
  },
}
