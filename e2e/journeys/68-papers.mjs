import { createHash } from "node:crypto";
import { answer, bringIn, press, signIn } from "../house/acts.mjs";
import { unzip } from "../house/zip.mjs";

export const title = "a code on the door opens the repair form with the room filled in; the whole file of a case is taken home and proves itself";

export async function journey(people) {
  // The sheet of codes for two rooms, to be printed; what it leads to is written in the code.
  const admin = await people.person("admin", { device: "desktop", allows: [422] });
  await signIn(admin, "系统管理", { next: "/admin/posters" });
  await admin.page.locator('input[name="place-residence-5"]').check();
  await admin.page.locator("#rooms").fill("三层 301\n三层 302");
  await admin.page.locator("#address").fill(people.address);
  await admin.step("1-choosing-rooms");
  await press(admin, "打印这些二维码");
  await admin.sees("五号学生公寓", "三层 301", "三层 302", "哪里坏了，扫码报修");
  await admin.step("2-a-sheet-of-codes");

  // Scanned: the place stands there, and nobody had to sign in for that.
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 1 });
  const scanned = `/say/repair?place=residence-5&room=${encodeURIComponent("三层 301")}&via=room-code`;
  await student.visit(scanned);
  const filled = [await student.page.locator("#place").inputValue(), await student.page.locator("#room").inputValue()];
  if (filled.join() !== "residence-5,三层 301") throw new Error(`the code filled in ${filled}`);
  await student.step("3-scanned");
  const no = await bringIn(student, "repair", { title: "301 门锁的锁舌卡住", place: "residence-5", room: "三层 301", withPhoto: true });

  const officer = await people.person("officer", { device: "desktop" });
  await signIn(officer, "承办员", { words: "后勤", next: `/desk/logistics/cases/${no}` });
  await answer(officer, `/desk/logistics/cases/${no}`, { words: "锁舌已换，试了十次都顺。" });
  await press(officer, "答复并办结");

  // The file of the case: what is in it, and that nothing in it was changed.
  const clerk = await people.person("clerk", { device: "desktop" });
  await signIn(clerk, "受理员", { next: `/staff/cases/${no}` });
  const way = await clerk.page.getByRole("link", { name: "导出档案" }).getAttribute("href");
  const file = await clerk.page.request.get(way);
  proves(unzip(await file.body()), no);
}

/** What README.txt in the archive says about checking it, done. */
function proves(files, no) {
  const end = (name) => [...files.keys()].find((path) => path.endsWith(name));
  const text = (name) => files.get(end(name)).toString("utf8");
  const lines = (name) => text(name).trim().split("\n").map((line) => JSON.parse(line));
  if (!text("index.html").includes("锁舌已换")) throw new Error("the story of the case is not in its file");
  const texts = new Map(lines("texts.jsonl").map((one) => [`${one.seq} ${one.kind}`, one]));
  let before = Buffer.alloc(32);
  let proved = 0;
  for (const event of lines("events.jsonl")) {
    const head = Buffer.alloc(12);
    head.writeUInt32BE(event.seq, 0);
    head.writeBigUInt64BE(BigInt(event.at_ms), 4);
    const found = sha256(before, no, "\0", head, event.body);
    if (found.toString("hex") !== event.hash) throw new Error(`line ${event.seq} was changed`);
    for (const [kind, promised] of Object.entries(JSON.parse(event.body).texts ?? {})) {
      const one = texts.get(`${event.seq} ${kind}`);
      if (one && sha256(kind, "\0", Buffer.from(one.salt, "hex"), one.words).toString("hex") !== promised) {
        throw new Error(`the words of line ${event.seq} were changed`);
      }
      if (one) proved += 1;
    }
    before = found;
  }
  if (proved < 2) throw new Error("no words could be proved");
  const sums = text("files.sha256").trim().split("\n").filter(Boolean);
  if (sums.length === 0) throw new Error("the photo is not in the file");
  for (const line of sums) {
    const [promised, name] = line.split("  ");
    if (sha256(files.get(end(name))).toString("hex") !== promised) throw new Error(`${name} was changed`);
  }
}

function sha256(...parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest();
}
