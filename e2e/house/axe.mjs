// Looks at a page as people who do not see, hear or point would meet it: axe-core against WCAG 2.2 AA.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Throws with every finding of axe on the page as it stands. */
export async function lookWithAxe(page) {
  // By evaluate and not by a script tag, which the page's content policy would rightly refuse.
  await page.evaluate(source);
  const findings = await page.evaluate(async (tags) => {
    const found = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      places: nodes.slice(0, 5).map((node) => `${node.target.join(" ")}: ${node.failureSummary.replaceAll("\n", " ")}`),
      more: Math.max(0, nodes.length - 5),
    }));
  }, TAGS);
  if (findings.length === 0) return;
  const lines = findings.flatMap(({ id, help, places, more }) => [
    `${id}: ${help}`,
    ...places.map((place) => `  ${place}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ]);
  throw new Error(`axe on ${page.url()}:\n${lines.join("\n")}`);
}
