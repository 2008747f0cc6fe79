import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from './repository.ts';

/** A package whose code is inside dist/. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX id, from its package.json. */
  readonly license: string;
  /** Full text of its licence files. */
  readonly licenseText: string;
}

/** The packages that modules with these absolute paths belong to, by name. @throws Error when one has no licence. */
export async function bundledPackages(modules: readonly string[]): Promise<BundledPackage[]> {
  const folders = new Set(modules.flatMap((id) => packageFolder(id.replaceAll('\\', '/')) ?? []));
  const packages = await Promise.all([...folders].map(readPackage));
  return packages.sort((a, b) => order(`${a.name} ${a.version}`, `${b.name} ${b.version}`));
}

/** `…/node_modules/@scope/name`: the innermost package that holds the file; undefined for our own code. */
function packageFolder(id: string): string | undefined {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

/** `@scope/name` of the package that holds the module with this path; undefined for our own code. */
export function packageName(id: string): string | undefined {
  return packageFolder(id.replaceAll('\\', '/'))?.replace(/^.*\/node_modules\//, '');
}

async function readPackage(folder: string): Promise<BundledPackage> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)(\.|-|$)/i.test(file)).sort();
  if (typeof license !== 'string' || files.length === 0) {
    throw new Error(`${name} ${version} is bundled but states no licence or has no licence file`);
  }
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return { name, version, license, licenseText: texts.map((text) => text.trim()).join('\n\n') };
}

/** The NOTICE file: every bundled package with its licence text. */
export function noticeText(packages: readonly BundledPackage[]): string {
  const sections = packages.map(
    ({ name, version, license, licenseText }) =>
      `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${licenseText}\n`,
  );
  return `aigate\nLicensed under the Apache License, Version 2.0 (see LICENSE).\n\nThe files in dist/ contain code of these packages:\n\n${sections.join('\n')}`;
}

/** CycloneDX 1.6 of dist/. Holds no time and no serial number, so that equal builds give equal bytes. */
export async function softwareBill(packages: readonly BundledPackage[]): Promise<string> {
  const own = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8'));
  const root = component({ name: own.name, version: own.version, license: own.license }, 'application');
  const components = packages.map((one) => component(one, 'library'));
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: root },
    components,
    dependencies: [
      { ref: root['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) },
      ...components.map((one) => ({ ref: one['bom-ref'] })),
    ],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function component({ name, version, license }: Omit<BundledPackage, 'licenseText'>, type: 'application' | 'library') {
  const purl = `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
  return { type, 'bom-ref': purl, name, version, licenses: [{ license: { id: license } }], purl };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
