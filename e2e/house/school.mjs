// A school of its own for the journeys: `huiyin demo` on a free loopback port with an empty folder for its data.

import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startPost } from "./post.mjs";

const OPENS_WITHIN_MS = 300_000;
const ENDS_WITHIN_MS = 15_000;

/** Starts the school and comes back when /healthz answers. */
export async function startSchool({ root, log }) {
  const binary = process.env.HUIYIN_BINARY ?? join(root, "target", "debug", "huiyin");
  const port = process.env.HUIYIN_E2E_PORT ?? (await freePort());
  const address = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), "huiyin-journeys-"));
  const data = join(folder, "school");
  // Letters leave for a server of our own; its address may be read by its owner alone.
  const post = await startPost();
  await mkdir(data, { mode: 0o700 });
  await writeFile(join(data, "post.toml"), post.settings, { mode: 0o600 });
  const options = ["demo", "--listen", `127.0.0.1:${port}`, "--data", data, "--seed", "1"];
  const program = spawn(binary, options, {
    cwd: root,
    // A journey acts faster than people do; the limits on floods have tests of their own.
    env: { ...process.env, HUIYIN_ROOT: root, HUIYIN_RATE_LIMITS: "off" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = [];
  const paper = createWriteStream(log);
  for (const stream of [program.stdout, program.stderr]) {
    stream.on("data", (words) => {
      paper.write(words);
      said.push(String(words));
      if (said.length > 200) said.shift();
    });
  }
  const ended = new Promise((resolve) => {
    program.on("error", (problem) => resolve(`${binary} did not start: ${problem.message}`));
    program.on("exit", (code, signal) => resolve(`the school ended with ${signal ?? code}`));
  });
  let end = null;
  ended.then((words) => (end = words));

  const stop = async () => {
    if (end === null) {
      program.kill("SIGTERM");
      const tooLong = pause(ENDS_WITHIN_MS, "too long", { ref: false });
      if ((await Promise.race([ended, tooLong])) === "too long") program.kill("SIGKILL");
    }
    paper.end();
    await post.stop();
    await rm(folder, { recursive: true, force: true });
  };

  const deadline = Date.now() + OPENS_WITHIN_MS;
  while (!(await isOpen(address))) {
    if (end !== null || Date.now() > deadline) {
      const words = said.join("").trim().split("\n").slice(-15).join("\n");
      await stop();
      throw new Error(`${end ?? "the school did not open in five minutes"}\n${words}`);
    }
    await pause(100);
  }

  let told = false;
  const problems = () => {
    if (end === null || told) return [];
    told = true;
    return [end];
  };
  return { address, post, stop, problems };
}

async function isOpen(address) {
  try {
    return (await fetch(`${address}/healthz`)).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const door = createServer();
    door.on("error", reject);
    door.listen(0, "127.0.0.1", () => {
      const { port } = door.address();
      door.close(() => resolve(port));
    });
  });
}
