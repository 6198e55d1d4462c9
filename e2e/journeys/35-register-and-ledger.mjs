import { readFile } from "node:fs/promises";
import { answer, choose, findInList, judge, numberOn, press, signIn } from "../house/acts.mjs";
import { unzip } from "../house/zip.mjs";

export const title = "a call is registered, answered and judged; the term's ledger has it with its channel, on paper and as a workbook";

const NUMBER = /HY-\d{8}-\d{4}/;
const CODE = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}/;
const MATTER = "考研自习区的暖气一直不热";

export async function journey(people) {
  const clerk = await people.person("clerk", { device: "desktop", allows: [422] });
  const caller = await people.person("caller", { scripts: false });
  const officer = await people.person("officer", { device: "desktop" });

  await signIn(clerk, "受理员", { next: "/register" });
  await clerk.page.getByText("电话来访", { exact: true }).click();
  await press(clerk, "登记");
  await clerk.sees("有 2 处要改", "请选类型");
  await clerk.step("1-missing");
  await clerk.page.locator("#kind").getByText("投诉", { exact: true }).click();
  await clerk.page.locator("#title").fill(MATTER);
  await clerk.page.locator("#body").fill("来电人说上周起靠北墙的一排都不热，坐一会儿手就凉。");
  await clerk.page.locator("#on_behalf_of").fill("常来自习的学生");
  await clerk.page.locator("#contact").fill("13800000000");
  await clerk.page.locator("#unit").selectOption("library");
  await clerk.step("2-register");
  await press(clerk, "登记");
  await clerk.sees("诉求登记单", "电话来访", "图书馆", "回执联");
  const no = await numberOn(clerk, NUMBER);
  const code = await numberOn(clerk, CODE);
  await clerk.step("3-slip");
  await clerk.page.getByRole("link", { name: "打开这件" }).click();
  await clerk.sees(MATTER, "电话来访，代为登记");
  await clerk.step("4-registered");

  await signIn(officer, "承办员", { words: "图书馆", next: "/desk/library" });
  await (await findInList(officer, "/desk/library?view=unsigned", MATTER)).click();
  await officer.sees("常来自习的学生", "13800000000");
  await officer.step("5-workbench");
  await answer(officer, `/desk/library/cases/${no}`, { words: "北墙一路的阀门没有开足，今天已调好，明天上午再量一次温度。" });
  await press(officer, "答复并办结");

  await caller.visit("/receipt");
  await caller.page.locator("#code").fill(code);
  await press(caller, "查询");
  await caller.sees("北墙一路的阀门", "电话来访，已替您登记");
  await press(caller, "去评价");
  await judge(caller, { solved: "yes", satisfaction: "fairly" });
  await press(caller, "提交评价");
  await caller.sees("已解决");
  await caller.step("6-solved");

  await officer.visit("/ledger/term");
  await officer.sees("问题办理情况汇总表", "图书馆");
  const line = officer.page.locator("tbody tr", { hasText: no });
  for (const words of [MATTER, "电话来访", "已办结"]) await line.getByText(words).first().waitFor();
  await officer.step("7-ledger");
  await download(officer, no);

  await clerk.visit("/ledger/term");
  await clerk.sees("全校");
  await clerk.page.locator("tbody tr", { hasText: no }).waitFor();
  await clerk.step("8-ledger-of-all");
}

async function download(officer, no) {
  const [file] = await Promise.all([
    officer.page.waitForEvent("download"),
    officer.page.getByRole("link", { name: "下载表格" }).click(),
  ]);
  if (!file.suggestedFilename().endsWith(".xlsx")) throw new Error(`the workbook is called ${file.suggestedFilename()}`);
  const files = unzip(await readFile(await file.path()));
  for (const name of ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]) {
    if (!files.has(name)) throw new Error(`the workbook has no ${name} but ${[...files.keys()]}`);
  }
  const words = files.get("xl/sharedStrings.xml").toString("utf8");
  for (const wanted of [no, MATTER, "电话来访"]) {
    if (!words.includes(wanted)) throw new Error(`the workbook does not have “${wanted}”`);
  }
}
