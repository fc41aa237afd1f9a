// Puts PostgreSQL's grammar where the jar's resources are taken from, and checks that it is the file
// whose import and export names GrammarImports.java and GrammarExports.java state.
//
//   node fetch-grammar.mjs <work folder>
//
// Everything is written below the work folder. Nothing is fetched if the right file is there already.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '18.1.5';
const SHA256 = '378b64e6182f65c71ad5dbd2c31c81e9dfed7d2f2debfb4b51c0d0de8fa2ae36';

const source = dirname(fileURLToPath(import.meta.url));
const work = process.argv[2];
const resources = join(work, 'resources', 'tranche', 'sql', 'parse');
const grammar = join(resources, 'libpg-query.wasm');
const licence = join(resources, 'LICENSE-libpg-query-node.txt');

function fail(what, fix) {
  console.error(`fetch-grammar: ${what}\n  Fix: ${fix}`);
  process.exit(1);
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function fetchPackage() {
  mkdirSync(work, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(source, file), join(work, file));
  }
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const npm = spawnSync('npm', words, { cwd: work, encoding: 'utf8', timeout: 300_000 });
  if (npm.error?.code === 'ENOENT') {
    fail('there is no npm on the PATH.', 'install Node.js 20 or newer with npm, then build again.');
  }
  if (npm.error || npm.status !== 0) {
    console.error(`${npm.stdout ?? ''}${npm.stderr ?? ''}`);
    fail(
      `npm could not fetch libpg-query ${VERSION} (${npm.error?.message ?? `exit code ${npm.status}`}).`,
      'check the network and what `npm config get registry` says, then build again.',
    );
  }
}

function isThere() {
  return existsSync(licence) && existsSync(grammar) && sha256(grammar) === SHA256;
}

if (!work) {
  fail('no work folder is given.', 'run `node fetch-grammar.mjs target/grammar`.');
}
if (!isThere()) {
  fetchPackage();
  const fetched = join(work, 'node_modules', 'libpg-query');
  const file = join(fetched, 'wasm', 'libpg-query.wasm');
  const found = sha256(file);
  if (found !== SHA256) {
    fail(
      `${file} has the SHA-256 ${found}, expected is ${SHA256}.`,
      `make package-lock.json name libpg-query ${VERSION} again; for another release, derive the names in ` +
        'GrammarImports.java and GrammarExports.java from its libpg-query.js and change the hash here.',
    );
  }
  mkdirSync(resources, { recursive: true });
  copyFileSync(join(fetched, 'LICENSE'), licence);
  copyFileSync(file, grammar);
}
