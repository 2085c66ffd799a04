/** What the API may know of the reading of directories: how it ended. Not the cursor, which is the adapter's own word. */
export const apiReadsSyncs = {
  select: [
    ...['tenant_id', 'directory', 'offers', 'people', 'synced_at', 'problem'],
    ...['held_people', 'held_contacts', 'held_since'],
  ],
}
