/** Files and folders that ship beside code, by the names that teams give them; first the folders. */
const ARTIFACT_FOLDERS = [
  'prompts',
  'prompt_templates',
  'prompt-templates',
  'skills',
  'agents',
  'tools',
  '.claude/skills',
  '.claude/agents',
  '.claude/commands',
];
const ARTIFACT_FILES =
  /(?:^|\/)(?:[^/]*(?:prompt|system[-_]message)[^/]*\.(?:md|txt|ya?ml|json|j2|jinja2?|hbs|mustache)|AGENTS\.md|CLAUDE\.md|SKILL\.md|[^/]*\.prompt|\.?mcp\.json|litellm[^/]*\.ya?ml|(?:proxy|gateway|router)[-_]?config\.ya?ml)$/i;
const TEXT_ARTIFACT = /\.(?:md|txt|ya?ml|json|j2|jinja2?|hbs|mustache|prompt)$/i;

/** Where recordings usually lie, and what they are called. */
const RECORDING_PATH =
  /(?:^|\/)(?:traces?|recordings?|runs|logs|evals?|otel|telemetry)\/|(?:trace|recording|runs?|spans?|transcript|eval|otlp|results?)[^/]*\.(?:jsonl?(?:\.gz)?|eval|ndjson)$/i;
const RECORDING_TYPE = /\.(?:jsonl?(?:\.gz)?|ndjson|eval)$/i;
const SETTINGS =
  /(?:^|\/)(?:package(?:-lock)?|tsconfig[^/]*|\.?mcp|composer|deno|biome|renovate|vercel|turbo|nx)\.json$/i;

const CODE = /\.(?:[mc]?[jt]sx?|py)$/;
const TESTS =
  /(?:^|\/)(?:tests?|__tests__|spec|fixtures|examples?|scripts?|docs?)\/|\.(?:test|spec)\.[^.]+$|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|setup)\.py$|\.d\.ts$|(?:^|\/)[^/]*\.config\.[^/]+$/;

/** Globs for what ships beside the code: a folder that holds such files as a whole, else the files by name. */
export function artifactGlobs(paths: readonly string[]): string[] {
  const folders = ARTIFACT_FOLDERS.flatMap((folder) =>
    [folder, `src/${folder}`, `app/${folder}`].filter((candidate) =>
      paths.some((path) => path.startsWith(`${candidate}/`) && TEXT_ARTIFACT.test(path)),
    ),
  );
  const covered = (path: string) => folders.some((folder) => path.startsWith(`${folder}/`));
  const files = paths.filter((path) => ARTIFACT_FILES.test(path) && !covered(path) && !TESTS.test(path));
  return [...folders.map((folder) => `${folder}/**`), ...files];
}

/** Globs for the code: the top folder of a file with a provider's client, or the file itself at the top. */
export function codeGlobs(paths: readonly string[], calling: readonly string[]): string[] {
  const relevant = calling.length > 0 ? calling : paths.filter((path) => CODE.test(path) && !TESTS.test(path));
  const roots = relevant.map((path) => (path.includes('/') ? `${path.slice(0, path.indexOf('/'))}/**` : path));
  return [...new Set(roots)].sort();
}

/** Files that may hold recordings. */
export function recordingCandidates(paths: readonly string[]): string[] {
  return paths.filter((path) => RECORDING_TYPE.test(path) && RECORDING_PATH.test(path) && !SETTINGS.test(path));
}
