// Runs every journey in e2e/journeys against a freshly seeded school, in Debian's Chromium.
//
//   node e2e/run.mjs [--only PART-OF-A-NAME]…
//
// HUIYIN_BINARY names the program (default target/debug/huiyin), HUIYIN_CHROMIUM the browser,
// HUIYIN_E2E_PORT a fixed port. Pictures and the school's log stay in target/e2e/.

import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openBrowser, People } from "./house/people.mjs";
import { startSchool } from "./house/school.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");
const pictures = join(root, "target", "e2e");

const wanted = [];
for (let at = 2; at < process.argv.length; at += 2) {
  if (process.argv[at] !== "--only" || !process.argv[at + 1]) {
    console.error("run.mjs knows only --only PART-OF-A-NAME");
    process.exit(2);
  }
  wanted.push(process.argv[at + 1]);
}

const files = (await readdir(join(here, "journeys"))).filter((name) => name.endsWith(".mjs")).sort();
const chosen = files.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (chosen.length === 0) {
  console.error(`no journey is called like ${wanted.join(", ") || "anything"}; there are: ${files.join(", ")}`);
  process.exit(2);
}

await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });

let passed = 0;
let failed = 0;
const cannotBegin = (problem) => {
  console.error(problem.message);
  process.exit(1);
};
const school = await startSchool({ root, log: join(pictures, "school.log") }).catch(cannotBegin);
const browser = await openBrowser().catch(async (problem) => {
  await school.stop();
  cannotBegin(problem);
});
try {
  console.log(`the school is open at ${school.address}`);
  for (const file of chosen) {
    const name = basename(file, ".mjs");
    const { title, journey } = await import(pathToFileURL(join(here, "journeys", file)));
    const people = new People({ browser, address: school.address, post: school.post, folder: join(pictures, name) });
    const began = performance.now();
    const problems = [];
    try {
      await journey(people);
    } catch (problem) {
      problems.push(problem.stack ?? String(problem));
      await people.lastPictures();
    }
    problems.push(...people.problems, ...school.problems());
    await people.leave();
    const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
    if (problems.length === 0) {
      passed += 1;
      console.log(`ok     ${name} (${took}): ${title}`);
    } else {
      failed += 1;
      console.log(`FAILED ${name} (${took}): ${title}`);
      for (const problem of problems) console.log(`       ${problem.replaceAll("\n", "\n       ")}`);
    }
  }
} finally {
  await browser.close();
  await school.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
