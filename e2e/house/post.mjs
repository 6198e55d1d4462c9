// A mail server of our own on the loopback, as small as it can be: it takes every letter and shows it to whoever asks.

import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const ARRIVES_WITHIN_MS = 60_000;

/** Starts it; comes back with the lines of post.toml that lead to it, what it took, and how it ends. */
export async function startPost() {
  const letters = [];
  const server = createServer((line) => converse(line, letters));
  await new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address();
  const settings = ["[smtp]", 'host = "127.0.0.1"', `port = ${port}`, 'security = "none"', 'from = "回音 <huiyin@example.edu.cn>"', ""];
  return {
    settings: settings.join("\n"),
    stop: () => new Promise((resolve) => server.close(resolve)),
    /** Waits for a letter to this address that says these words. */
    async letter(to, words) {
      for (let waited = 0; waited < ARRIVES_WITHIN_MS; waited += 200) {
        const found = letters.find((letter) => letter.to.includes(to) && letter.body.includes(words));
        if (found) return found;
        await pause(200);
      }
      throw new Error(`no letter to ${to} says “${words}”; there are ${letters.length}: ${letters.map(({ to }) => to).join(", ")}`);
    },
  };
}

/** One connection: every command is answered with yes. */
function converse(line, letters) {
  let waiting = "";
  let to = [];
  let inLetter = false;
  const say = (words) => line.write(`${words}\r\n`);
  line.on("error", () => {});
  line.setEncoding("utf8");
  say("220 post");
  line.on("data", (bytes) => {
    waiting += bytes;
    while (true) {
      const end = waiting.indexOf(inLetter ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const told = waiting.slice(0, end);
      waiting = waiting.slice(end + (inLetter ? 5 : 2));
      if (inLetter) {
        inLetter = false;
        letters.push({ to, body: body(told) });
        to = [];
        say("250 taken");
      } else if (/^DATA/i.test(told)) {
        inLetter = true;
        say("354 go on");
      } else if (/^QUIT/i.test(told)) {
        line.end("221 bye\r\n");
      } else {
        const address = told.match(/^RCPT TO:<([^>]+)>/i);
        if (address) to.push(address[1]);
        say(/^EHLO/i.test(told) ? "250-post\r\n250 8BITMIME" : "250 yes");
      }
    }
  });
}

/** The words of a letter, whichever of the usual ways they are written. */
function body(letter) {
  const [head, ...rest] = letter.split("\r\n\r\n");
  const words = rest.join("\r\n\r\n").replaceAll("\r\n..", "\r\n.");
  const way = head.match(/^Content-Transfer-Encoding:\s*(\S+)/im)?.[1].toLowerCase();
  if (way === "base64") return Buffer.from(words, "base64").toString("utf8");
  if (way !== "quoted-printable") return words;
  const whole = words.replaceAll(/=\r\n/g, "").replaceAll(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(whole, "latin1").toString("utf8");
}
