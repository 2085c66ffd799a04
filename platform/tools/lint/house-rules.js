import { dirname, relative, resolve, sep } from 'node:path'

/** The first folder of a path below the project's root, or '' outside it. */
function topFolder(root, path) {
  const below = relative(root, path)
  return below.startsWith('..') ? '' : (below.split(sep)[0] ?? '')
}

/** A suppression says why it is right: `-- reason` after the rule's name. */
const reasonedSuppressions = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { reason: 'Say why this suppression is right: eslint-disable… rule -- reason' },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!/^\s*eslint-(disable|enable)/.test(comment.value) || /^\s*eslint-enable/.test(comment.value))
            continue
          const reason = comment.value.split(/\s--\s/)[1]?.trim() ?? ''
          if (reason.length < 10) context.report({ loc: comment.loc, messageId: 'reason' })
        }
      },
    }
  },
}

/** A `#` marks a boundary being crossed: across top-level folders `#folder/…`, inside one a relative path. */
const hashAcrossFolders = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      hash: 'Import across top-level folders by "#{{folder}}/…", so that the boundary can be seen.',
      relative: 'Import inside a top-level folder by a relative path; "#" marks a boundary being crossed.',
    },
  },
  create(context) {
    const own = topFolder(context.cwd, context.filename)
    // A file of the root (configuration) belongs to no folder.
    if (own === '' || own.includes('.')) return {}
    function check(node) {
      const specifier = node.source?.value
      if (typeof specifier !== 'string') return
      // The rooms of platform are boundaries among themselves, so both forms are right there.
      if (specifier.startsWith(`#${own}/`) && own !== 'platform')
        context.report({ node, messageId: 'relative' })
      if (!specifier.startsWith('.')) return
      const folder = topFolder(context.cwd, resolve(dirname(context.filename), specifier))
      const isFolder = folder !== '' && !folder.includes('.')
      if (isFolder && folder !== own) context.report({ node, messageId: 'hash', data: { folder } })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

/** Values that vary go into fields, which have an allow-list; a sentence put together could carry anything (M2). */
const constantLogMessage = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { constant: 'A log message is a constant sentence; put what varies into fields.' },
  },
  create(context) {
    return {
      'CallExpression[callee.property.name=/^(debug|info|warn|error)$/]'(node) {
        const { object } = node.callee
        const name = object.type === 'Identifier' ? object.name : object.property?.name
        const [message] = node.arguments
        if (!/^(log|logger)$/.test(name ?? '') || message === undefined) return
        const constant =
          (message.type === 'Literal' && typeof message.value === 'string') ||
          (message.type === 'TemplateLiteral' && message.expressions.length === 0)
        if (!constant) context.report({ node: message, messageId: 'constant' })
      },
    }
  },
}

/** Lint rules of this house, beside those of the packages. */
export const houseRules = {
  rules: {
    'reasoned-suppressions': reasonedSuppressions,
    'hash-across-folders': hashAcrossFolders,
    'constant-log-message': constantLogMessage,
  },
}
