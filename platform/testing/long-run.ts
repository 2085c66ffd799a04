/**
 * True in `npm run test:long`. A test that repeats the same thing to catch a rare fault does so many times there, and a few
 * times in `npm test`.
 */
export const isLongRun = process.env['LONG_RUN'] === 'yes'
