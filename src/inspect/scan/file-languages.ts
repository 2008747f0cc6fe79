/** Languages that are scanned, as `CodeScan.files` names them. */
export type Language = 'javascript' | 'typescript' | 'python' | 'gateway-config';

const LANGUAGES: readonly (readonly [name: RegExp, language: Language])[] = [
  [/\.(?:js|mjs|cjs|jsx)$/, 'javascript'],
  [/\.(?:ts|mts|cts|tsx)$/, 'typescript'],
  [/\.py$/, 'python'],
  [/\.(?:ya?ml|json)$/, 'gateway-config'],
];

/** Folders of installed or built code. */
const FOREIGN = /(?:^|\/)(?:node_modules|bower_components|\.git|dist|\.next|\.venv|venv|site-packages|__pycache__)\//;
/** What tests name is not what runs in production. */
const TESTS =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|__fixtures__|__snapshots__)\/|\.(?:test|spec)\.[^./]+$|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/;
/** Declarations have no code; lock files and minified bundles are nobody's work. */
const NO_SOURCE =
  /\.d\.[mc]?ts$|\.min\.[mc]?js$|(?:^|\/)(?:package-lock|npm-shrinkwrap|tsconfig[^/]*|package)\.json$|(?:^|\/)pnpm-lock\.yaml$/;

/** The language of a file by its path, relative to the root; undefined = it is not scanned. */
export function languageOf(path: string): Language | undefined {
  if (FOREIGN.test(path) || TESTS.test(path) || NO_SOURCE.test(path)) return undefined;
  return LANGUAGES.find(([name]) => name.test(path))?.[1];
}
