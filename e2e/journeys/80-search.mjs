export const title = "somebody on a phone finds what was written by its sound, its first letters, a slip and in traditional characters, and narrows it down";

export async function journey(people) {
  await search(people, true);
  await search(people, false);
}

async function search(people, scripts) {
  const anyone = await people.person(scripts ? "anyone-scripts" : "anyone-plain", { scripts, device: "phone" });
  const counts = {};
  for (const typed of ["空调", "kongtiao", "空調", "空条"]) {
    await anyone.visit("/search");
    await anyone.page.getByRole("searchbox").or(anyone.page.locator('main input[name="q"]')).first().fill(typed);
    await anyone.page.getByRole("button", { name: "搜索", exact: true }).click();
    await anyone.page.waitForURL(/q=/);
    await anyone.sees("办过的");
    const marked = await anyone.page.locator("main mark").allInnerTexts();
    if (marked.length === 0 || marked.some((words) => words !== "空调")) {
      throw new Error(`${typed} marks ${JSON.stringify(marked)}`);
    }
    const all = await anyone.page.locator("main nav a, main .tabs a").first().innerText();
    counts[typed] = Number(all.match(/\d+/)[0]);
    await anyone.step(typed);
  }
  if (new Set(Object.values(counts)).size !== 1) throw new Error(`the same words, found ${JSON.stringify(counts)} times`);
  await anyone.sees("字面上没有，下面是读音相同的");
  await anyone.visit("/search?q=kt");
  await anyone.sees("空调");
  await anyone.page.locator('select[name="unit"]').selectOption({ label: "后勤管理处" });
  await anyone.page.getByRole("button", { name: "筛选" }).click();
  await anyone.page.waitForURL(/unit=/);
  await anyone.sees("空调", "后勤管理处");
  await anyone.step("narrowed");
  await anyone.visit(`/search?q=${encodeURIComponent("\"*%_()！？，。🙂")}`);
  await anyone.step("only-signs");
  await anyone.visit("/search?q=qqqqq");
  await anyone.sees("没找到，直接提交");
}
