/**
 * The reason why no set of questions can be made of a person: `no_source`: no source says enough · `stale`: what they
 * said would do, and was read more than a day ago · `short_list`: enough is known, and too few share it for a list of
 * options · `people_check`: too few people behind all lists together · `short_tenure`: too new to be asked.
 */
export const thinReasons = ['no_source', 'stale', 'short_list', 'people_check', 'short_tenure'] as const

/** One reason. */
export type ThinReason = (typeof thinReasons)[number]
