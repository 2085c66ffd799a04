/** Words of the review of sampled cases. */
export const enReview = {
  title: 'Second look',
  story:
    'A random sample of decided cases. Score, checks and decision are hidden until you have said what you think, so that your label does not repeat them. Nothing changes for the participant.',
  none: 'No case of the sample waits for you. You are not asked about cases that you started or decided.',
  question: 'Who was this?',
  result: 'What was hidden',
  said: (label: string) => `You said: ${label}. The case:`,
  open: 'Open the case',
  next: 'Next case',
  waiting: (count: string) =>
    count === '1'
      ? '1 decided case waits for a second look'
      : `${count} decided cases wait for a second look`,
}
