/** Languages that are scanned, as `CodeScan.files` names them. */
export type Language = 'javascript' | 'typescript' | 'python' | 'gateway-config';

const LANGUAGES: readonly (readonly [name: RegExp, language: Language])[] = [
  [/\.(?:js|mjs|cjs|jsx)$/, 'javascript'],
  [/\.(?:ts|mts|cts|tsx)$/, 'typescript'],
  [/\.py$/, 'python'],
  [/\.(?:ya?ml|json)$/, 'gateway-config'],
];

/** Languages in which workloads are written and that no rule reads. Notebooks and components hold code within other text. */
const UNSCANNED: readonly (readonly [name: RegExp, language: string])[] = [
  [/\.go$/, 'go'],
  [/\.(?:java|groovy)$/, 'java'],
  [/\.kts?$/, 'kotlin'],
  [/\.(?:scala|sc)$/, 'scala'],
  [/\.clj[cs]?$/, 'clojure'],
  [/\.rs$/, 'rust'],
  [/\.rb$/, 'ruby'],
  [/\.php$/, 'php'],
  [/\.(?:cs|fs|vb|cshtml|razor)$/, 'dotnet'],
  [/\.swift$/, 'swift'],
  [/\.dart$/, 'dart'],
  [/\.(?:ex|exs|erl)$/, 'elixir'],
  [/\.(?:c|cc|cpp|cxx|m|mm)$/, 'c'],
  [/\.(?:r|R|jl)$/, 'r'],
  [/\.(?:lua|pl|pm)$/, 'lua'],
  [/\.hs$/, 'haskell'],
  [/\.(?:sh|bash|zsh|ps1)$/, 'shell'],
  [/\.ipynb$/, 'notebook'],
  [/\.(?:vue|svelte|astro)$/, 'component'],
];

/** Folders of installed or built code. */
const FOREIGN = /(?:^|\/)(?:node_modules|bower_components|\.git|dist|\.next|\.venv|venv|site-packages|__pycache__)\//;
/** What tests name is not what runs in production. */
const TESTS =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|__fixtures__|__snapshots__)\/|\.(?:test|spec)\.[^./]+$|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$|_test\.(?:go|exs)$|_(?:spec|test)\.rb$/;
/** Declarations have no code; lock files and minified bundles are nobody's work. */
const NO_SOURCE =
  /\.d\.[mc]?ts$|\.min\.[mc]?js$|(?:^|\/)(?:package-lock|npm-shrinkwrap|tsconfig[^/]*|package)\.json$|(?:^|\/)pnpm-lock\.yaml$/;

/** The language of a file by its path, relative to the root; undefined = it is not scanned. */
export function languageOf(path: string): Language | undefined {
  return isPassedOver(path) ? undefined : LANGUAGES.find(([name]) => name.test(path))?.[1];
}

/** The programming language of a file that no rule reads; undefined = it is read, passed over, or no code. */
export function unscannedLanguageOf(path: string): string | undefined {
  return isPassedOver(path) ? undefined : UNSCANNED.find(([name]) => name.test(path))?.[1];
}

function isPassedOver(path: string): boolean {
  return FOREIGN.test(path) || TESTS.test(path) || NO_SOURCE.test(path);
}
