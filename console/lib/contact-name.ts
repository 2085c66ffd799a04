import type { Copy } from '../copy/index.ts'

/** What a contact is to its owner: "work", "work, landline". With the mask it tells contacts of one person apart. */
export const contactName = (
  copy: Copy,
  { label, lineType }: { readonly label: string; readonly lineType: string | null },
): string =>
  [copy.contactLabels[label] ?? label, lineType === null ? undefined : copy.lineTypes[lineType]]
    .filter((word) => word !== undefined)
    .join(', ')
