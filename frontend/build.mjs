// Bundles the sheets, the script and the icons of the site into frontend/dist.
// The program embeds the result; in debug builds it reads it from disk, so `node build.mjs` is enough to see a change.
import { readFileSync, writeFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { complaintsAbout } from './floor.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const crates = join(here, '..', 'crates');
const order = join(crates, 'huiyin-foundation/src/web/styles/order.txt');
const dist = join(here, 'dist');
/** The oldest engines the core flows must work on. */
const target = ['chrome84', 'safari14.1'];

const lines = (file) => readFileSync(file, 'utf8').split('\n').map((line) => line.trim())
  .filter((line) => line && !line.startsWith('#'));

const filesUnder = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? filesUnder(path) : [path];
});

function fail(message) {
  console.error(`frontend: ${message}`);
  process.exit(1);
}

/** The dark palette is written once, for a chosen dark theme, and emitted a second time for a dark operating system. */
function forDarkSystems(css) {
  return `${css}\n@media (prefers-color-scheme:dark){${css.replaceAll(':root[data-theme=dark]', ':root:not([data-theme=light])')}}`;
}

async function sheets() {
  const named = lines(order);
  const found = readdirSync(crates)
    .flatMap((crate) => filesUnder(join(crates, crate, 'src')))
    .filter((file) => file.endsWith('.css'))
    .map((file) => relative(crates, file).replaceAll('\\', '/'));
  for (const sheet of found) {
    if (!named.includes(sheet)) fail(`${sheet} is not in web/styles/order.txt; add a line where it belongs`);
  }
  const parts = named.map((sheet) => {
    if (!found.includes(sheet)) fail(`order.txt names ${sheet}, which does not exist`);
    const css = readFileSync(join(crates, sheet), 'utf8');
    const complaints = complaintsAbout(css);
    if (complaints.length) fail(`${sheet}: ${complaints.join('; ')}`);
    return sheet.endsWith('/dark.css') ? forDarkSystems(css) : css;
  });
  const { code } = await transform(parts.join('\n'), { loader: 'css', minify: true, target, charset: 'utf8' });
  const complaints = complaintsAbout(code);
  if (complaints.length) fail(`the bundled sheet: ${complaints.join('; ')}`);
  writeFileSync(join(dist, 'hy.css'), code);
}

async function script() {
  await build({
    entryPoints: [join(here, 'src/hy.js')],
    outfile: join(dist, 'hy.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
}

function icons() {
  const symbols = lines(join(here, 'icons.txt')).map((name) => {
    let svg;
    try {
      svg = readFileSync(join(here, 'node_modules/lucide-static/icons', `${name}.svg`), 'utf8');
    } catch {
      return fail(`icons.txt names ${name}, which lucide does not have`);
    }
    const drawing = svg.replace(/<!--[\s\S]*?-->/g, '').replace(/<svg[\s\S]*?>/, '').replace('</svg>', '')
      .replace(/\s+/g, ' ').replaceAll('> <', '><').replaceAll(' />', '/>').trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
  });
  writeFileSync(join(dist, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
}

mkdirSync(dist, { recursive: true });
await sheets();
await script();
icons();
writeFileSync(join(dist, 'favicon.svg'), readFileSync(join(here, 'favicon.svg')));
