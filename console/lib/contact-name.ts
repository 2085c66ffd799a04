import type { Copy } from '../copy/index.ts'

/**
 * The name of a contact, as its owner would say it: "work", "work, landline". With the mask it tells contacts of one
 * person apart.
 */
export const contactName = (
  copy: Copy,
  { label, lineType }: { readonly label: string; readonly lineType: string | null },
): string =>
  [copy.contactLabels[label] ?? label, lineType === null ? undefined : copy.lineTypes[lineType]]
    .filter((word) => word !== undefined)
    .join(', ')

/** Which system holds it: a directory beside the demo's own is called by its name. */
export const contactSource = (copy: Copy, { source }: { readonly source: string }): string =>
  copy.contactSources[source] ?? copy.fromDirectory(source)
