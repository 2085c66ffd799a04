'use strict'

/*
 * Failure messages and stacks are encoded like every other payload; without this they would lie readable in the
 * histories. CommonJS, because Temporal loads it with `require` and bundles it for the sandbox.
 */
const { DefaultFailureConverter } = require('@temporalio/common')

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
