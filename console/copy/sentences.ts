type Slots = Readonly<Record<string, string | number>>

/**
 * Turns a key with slots into words. Keys come from the server (checks, reasons, events, warnings); one that this
 * build does not know yet is shown as itself, so that nothing is hidden.
 */
export const fill = (table: Readonly<Record<string, string>>, key: string, slots: Slots): string =>
  (table[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(slots[name] ?? whole))
