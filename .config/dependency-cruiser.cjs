// The architecture as data. Each rule has a planted violation in src/dev/guard-imports.test.ts; a rule without one
// fails that test.
const test = '[.]test[.]ts$';

module.exports = {
  forbidden: [
    {
      name: 'contract-is-the-bottom',
      comment: 'contract holds types and pure helpers; it may know nobody but zod.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: test },
      to: { pathNot: ['^src/contract/', 'node_modules/zod/'] },
    },
    {
      name: 'folders-see-only-the-contract',
      comment: 'Folders under src never import each other: cli wires them, what they share lives in contract.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: ['^src/(cli|contract|dev)/', test] },
      to: { path: '^(src|gates|bin|examples)/', pathNot: ['^src/$1/', '^src/contract/'] },
    },
    {
      name: 'gates-see-only-the-contract',
      comment: 'A check is a pure function of finished measures and limits.',
      severity: 'error',
      from: { path: '^gates/', pathNot: test },
      to: { pathNot: ['^gates/', '^src/contract/', 'node_modules/zod/'] },
    },
    {
      name: 'no-gate-to-gate',
      comment: 'A gate never imports another gate; what they share lives in contract.',
      severity: 'error',
      from: { path: '^gates/([^/]+)/' },
      to: { path: '^gates/', pathNot: '^gates/$1/' },
    },
    {
      name: 'reports-read-the-result-only',
      comment: 'A report is rendered from the result alone, so that it can be rendered again from a bundle.',
      severity: 'error',
      from: { path: '^src/report/', pathNot: test },
      to: { pathNot: ['^src/report/', '^src/contract/', 'node_modules/(chalk|zod)/'] },
    },
    {
      name: 'io-only-at-the-edges',
      comment: 'Only cli, observe, inspect, bundle and manifest may touch the outside world.',
      severity: 'error',
      from: { path: '^(src|gates)/', pathNot: ['^src/(cli|observe|inspect|bundle|manifest|dev)/', test] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'bin-to-cli-only',
      comment: 'The launcher starts the command line and does nothing else.',
      severity: 'error',
      from: { path: '^bin/', pathNot: test },
      to: { pathNot: ['dist/main[.]js$', '^src/cli/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'no-development-code-in-production',
      comment: 'Tests, test libraries, development programs and examples are not part of what ships.',
      severity: 'error',
      from: { path: '^(src|gates|bin)/', pathNot: ['^src/dev/', test] },
      to: { path: [test, '^src/dev/', '^examples/', 'node_modules/(vitest|fast-check|tinybench|tsx)/'] },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that need each other at run time are one module. Types may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolves',
      comment: 'An import that does not resolve escapes every other rule. dist is built after this guard runs.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: 'dist/main[.]js$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.cjs', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
