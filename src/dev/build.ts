// npm run build: bundles the command line into dist/, split by feature, and lists what is inside.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { literalsAsJson } from './literals-as-json.ts';
import { bundledPackages, noticeText, packageName, softwareBill } from './notice.ts';
import { REPOSITORY } from './repository.ts';

const dist = join(REPOSITORY, 'dist');

const bundle = await rolldown({
  input: { main: join(REPOSITORY, 'src/cli/main.ts') },
  cwd: REPOSITORY,
  platform: 'node',
  tsconfig: join(REPOSITORY, 'tsconfig.json'),
  transform: { target: 'node20' },
  plugins: [literalsAsJson()],
  // A warning about an unresolved or circular import is a bundle that fails on somebody's machine.
  onwarn: (warning) => {
    throw new Error(warning.message);
  },
});
await rm(dist, { recursive: true, force: true });
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  // Also keeps the path above each module: stack traces are read with it, and NOTICE is tested against it.
  minify: false,
  // Without it a library that is loaded on demand is called after its file: dist.js.
  chunkFileNames: ({ name, facadeModuleId }) =>
    `${packageName(facadeModuleId ?? '')?.replace(/^@.*\//, '') ?? name}.js`,
});
await bundle.close();

const modules = output.flatMap((file) => (file.type === 'chunk' ? Object.entries(file.modules) : []));
const packages = await bundledPackages(
  modules.filter(([, { renderedLength }]) => renderedLength > 0).map(([id]) => id),
);
await writeFile(join(REPOSITORY, 'NOTICE'), noticeText(packages));
await writeFile(join(REPOSITORY, 'sbom.cdx.json'), await softwareBill(packages));
console.log(
  `dist: ${output.length} files; bundled: ${packages.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
);
