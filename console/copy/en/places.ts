import type { PlaceKind } from '#domain/places.ts'

/** The words of one section of the page, about its kind of entry. */
export type PlaceWords = {
  readonly title: string
  readonly story: string
  /** The label of the field for the value; null: there is nothing to type. */
  readonly value: string | null
  /** An example beneath the field. */
  readonly example: string | null
  /** The label of the field for the name; null: entries have none. */
  readonly label: string | null
  readonly add: string
  readonly none: string
  /** Said before an entry is removed. */
  readonly sure: string
}

/** Networks and devices that the organisation names. */
export const enPlaces = {
  title: 'Networks and devices',
  story:
    'Name your own networks and shared devices, so that Countersign does not take them for a sign of an attack. Each entry makes cases from there look less suspicious: all admins get an e-mail about it, and the audit records it.',
  kinds: {
    office: {
      title: 'Offices',
      story:
        'Address ranges of your own offices. A connection from there speaks for the person, and many people on one address are normal.',
      value: 'Address range',
      example: '203.0.113.0/24, or 203.0.113.7/32 for one address',
      label: null,
      add: 'Add office',
      none: 'No office is named yet. Add the public addresses that your offices use.',
      sure: 'From then on, Countersign treats connections from there like those of any other network.',
    },
    gateway: {
      title: 'Gateways and VPN',
      story:
        'Address ranges of your secure web gateways and VPN pools. Countersign does not hold the VPN or the country of the address against the person.',
      value: 'Address range',
      example: 'For example 198.51.100.0/24',
      label: 'Name',
      add: 'Add gateway',
      none: 'No gateway is named yet. Add the addresses through which your people leave your network.',
      sure: 'From then on, Countersign treats connections from there like those of any other network.',
    },
    carrier: {
      title: 'Mobile networks',
      story:
        'Mobile networks of your people that Countersign does not know as such. Their people share addresses and move between them.',
      value: 'AS number',
      example: 'For example AS64500',
      label: 'Name',
      add: 'Add mobile network',
      none: 'No mobile network is named. Countersign knows the large ones.',
      sure: 'From then on, Countersign treats connections from there like those of any other network.',
    },
    shared_device: {
      title: 'Kiosks and shared devices',
      story:
        'Devices that several people use on purpose. Countersign does not ask these people for more proof.',
      value: 'ID of the device key',
      example: '16 characters, such as 0123456789abcdef',
      label: 'Name',
      add: 'Add device',
      none: 'No device is marked as shared yet.',
      sure: 'From then on, everybody who uses this device needs one more kind of proof.',
    },
    shift: {
      title: 'Shifts',
      story:
        'Working hours of departments, in the time zone of each person. An unusual hour inside the shift does not count against the person.',
      value: 'Department',
      example: 'As in the directory, such as Warehousing',
      label: 'Hours',
      add: 'Add shift',
      none: 'No shift is named. Countersign compares the hour with those at which the person is usually active.',
      sure: 'From then on, an unusual hour counts against the people of this department.',
    },
    country: {
      title: 'Countries',
      story: 'Countries where your people work. A connection from there is expected.',
      value: 'Country code',
      example: '2 capital letters, such as IE',
      label: null,
      add: 'Add country',
      none: 'No country is named yet. Each person’s own country is expected anyway.',
      sure: 'From then on, connections from there are unexpected, except for people who work or travel there.',
    },
    virtual_desktops: {
      title: 'Virtual desktops',
      story:
        'A browser on a virtual desktop looks like a virtual machine, and criminals use virtual machines too.',
      value: null,
      example: null,
      label: null,
      add: 'Our people use virtual desktops',
      none: 'Your people do not use virtual desktops. A virtual machine raises the risk score.',
      sure: 'From then on, a virtual machine raises the risk score.',
    },
  } satisfies Record<PlaceKind, PlaceWords>,
  uses: 'Your people use virtual desktops. A virtual machine is normal.',
  remove: 'Remove',
  removeOne: (name: string) => `Remove ${name}`,
  removed: (name: string) => `${name} is removed.`,
  added: (name: string) => `${name} is added. It counts for cases that are judged from now on.`,
  suggested: 'Seen in your cases',
  sharedBy: (people: number) => `passed by ${String(people)} people within 30 days`,
  usedBy: (people: number) => `used by ${String(people)} people with known devices within 30 days`,
  addOffice: 'Add as office',
  checkOffice: 'Add an address only if you know that it is yours.',
  checkDevice: 'Mark a device only if you know that these people share it.',
  suggestedName: 'Shared device',
  mark: 'Mark as shared',
  faults: {
    range: 'Address range: type it as 203.0.113.0/24. It must be /8 or longer, for IPv6 /16 or longer.',
    as_number: 'AS number: type it as AS64500.',
    hours: 'Hours: type one to four spans of whole hours, as 22-06 or 06-14, 14-22.',
    device_key: 'ID of the device key: type 16 characters, digits and small letters from a to f.',
    country: 'Country code: type 2 capital letters, such as IE.',
    label: 'Name: use at most 60 letters, digits, blanks and common marks. Begin with a letter or a digit.',
    too_many: 'This list is full with 100 entries. Remove one first.',
  },
}
