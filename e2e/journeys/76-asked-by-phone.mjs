import { choose, press, signIn } from "../house/acts.mjs";

export const title = "the office calls somebody who has not judged, records that nobody answered, and supervision records what is said the next day";

export async function journey(people) {
  const clerk = await people.person("clerk", { device: "desktop", allows: [409, 422] });
  await signIn(clerk, "受理员", { next: "/follow-ups?show=online" });
  await clerk.sees("没打通不算回答，更不算满意");
  const first = clerk.page.locator("main a.item-title").last();
  const matter = (await first.innerText()).trim();
  const here = await first.getAttribute("href");
  await clerk.step("1-whom-to-call");
  await clerk.visit(here);
  await clerk.sees(matter, "不是本人的，不说是什么事", "一、承办单位联系过您吗");
  await press(clerk, "记下回访");
  await clerk.sees("请问：解决了、部分解决还是没解决");
  await clerk.step("2-every-question-is-asked");
  await press(clerk, "没打通（还可以打 3 次）");
  await clerk.sees("已记下，留在办理过程里");
  await clerk.visit(here);
  await press(clerk, "没打通（还可以打 2 次）");
  await clerk.sees("今天已经打过一次没有打通，请改天再打");
  await clerk.step("3-once-a-day");

  const supervisor = await people.person("supervisor", { device: "phone", look: "dark" });
  await signIn(supervisor, "纪检", { next: "/follow-ups?show=online" });
  await supervisor.sees(matter, "打过 1 次没打通");
  await supervisor.visit(here);
  await choose(supervisor, "contacted", "no");
  await choose(supervisor, "solved", "no");
  await choose(supervisor, "satisfaction", "dissatisfied");
  await supervisor.page.locator("#words").fill("说修好了，其实没人来过。");
  await supervisor.step("4-what-was-said");
  await press(supervisor, "记下回访");
  await supervisor.sees("已记下，留在办理过程里");
  await supervisor.doesNotSee(matter);
  await clerk.visit(`/staff/cases/${here.split("/").pop()}`);
  await clerk.sees("电话回访：没解决，不满意", "说修好了，其实没人来过。", "第 2 轮办理");
  await clerk.step("5-another-round");
}
