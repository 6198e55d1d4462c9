import { choose, dispatch, judge, numberOn, press, signIn, tell } from "../house/acts.mjs";

export const title = "a proposal with two asked to co-sign: one agrees, one declines; it is taken on, answered and judged by its proposer alone";

const MATTER = "关于教工食堂增设送餐取餐柜的提案";
const BODY = "连上四节课的老师赶不上饭点，建议在两栋教学楼设取餐柜。";

export async function journey(people) {
  // Two colleagues; their numbers stand on their own page of settings.
  const agreeing = await people.person("agreeing", { allows: [404] });
  await signIn(agreeing, "承办员", { words: "图书馆" });
  const first = await numberOf(agreeing);
  const declining = await people.person("declining", { scripts: false });
  await signIn(declining, "承办员", { words: "保卫处" });
  const second = await numberOf(declining);

  const proposer = await people.person("proposer", { allows: [422] });
  await signIn(proposer, "学生和教职工", { words: "教职工" });
  const own = await numberOf(proposer);
  await proposer.visit("/say");
  await proposer.sees("专门渠道", "教代会提案");
  await proposer.page.locator('main a[href*="via=congress"]').click();
  await tell(proposer, { title: MATTER, body: BODY });
  await proposer.step("1-writing");
  await press(proposer, "下一步");
  await choose(proposer, "identity", "open");
  await choose(proposer, "publish", "no");
  await choose(proposer, "no_phone", "yes");
  await press(proposer, "下一步");
  await press(proposer, "提交");
  const no = await numberOn(proposer, /HY-\d{8}-\d{4}/);
  const page = `/cosigning/${no}`;
  await agreeing.visit(page, { status: 404 });

  await proposer.visit(`/cases/${no}/cosigners`);
  await proposer.page.locator("#numbers").fill(own);
  await press(proposer, "发出邀请");
  await proposer.sees("您自己");
  await proposer.page.locator("#numbers").fill(`${first}、${second}`);
  await proposer.step("2-asking-two");
  await press(proposer, "发出邀请");
  await proposer.sees("附议 0 / 3", "还没有附议");

  // Each answers on an account of their own; nobody reads anything of it after a no.
  await agreeing.visit("/messages");
  await agreeing.page.locator("main a.message", { hasText: no }).first().click();
  await agreeing.sees(MATTER, BODY, "您愿意附议这件提案吗");
  await agreeing.doesNotSee("办理过程");
  await agreeing.step("3-asked");
  await press(agreeing, "附议");
  await agreeing.sees("您已附议", "办理过程");
  await declining.visit(page);
  await press(declining, "不附议");
  await declining.sees("您没有附议这件提案");
  await declining.visit(page);
  await declining.doesNotSee(MATTER, BODY);
  await declining.step("4-declined");
  await proposer.visit(`/cases/${no}/cosigners`);
  await proposer.sees("附议 1 / 3", "已附议", "还没有附议");
  await agreeing.visit("/cases");
  await agreeing.sees("请我附议的提案", MATTER);
  await proposer.step("5-who-answered");

  // The office settles what becomes of it, whatever the number, and hands it to the unit.
  const clerk = await people.person("clerk", { device: "desktop", allows: [422] });
  await signIn(clerk, "受理员", { next: `/staff/cases/${no}/proposal` });
  await clerk.sees(first);
  await clerk.doesNotSee(second);
  await press(clerk, "定下来");
  await clerk.sees("请选立案还是作为建议办理");
  await choose(clerk, "settled", "filed");
  await clerk.page.locator("#reason").fill("人数不够三人，但办得到，先立案。");
  await clerk.step("6-settling");
  await press(clerk, "定下来");
  await clerk.sees("已立案");
  if ((await clerk.page.getByRole("button", { name: "定下来" }).count()) > 0) throw new Error("what was settled can be settled again");
  await dispatch(clerk, no, "catering");
  await proposer.visit(`/cases/${no}`);
  await proposer.sees("已立案", "人数不够三人，但办得到");

  const caterer = await people.person("caterer", { device: "desktop" });
  const desk = `/desk/catering/cases/${no}`;
  await signIn(caterer, "承办员", { words: "饮食", next: desk });
  await caterer.sees("教代会提案", "附议 1 / 3");
  await press(caterer, "签收");
  await caterer.visit(desk);
  await caterer.page.locator("#words").fill("下周起在教学楼 A 座、C 座各放一组取餐柜，提前一小时下单，试用一个月。");
  await choose(caterer, "outcome", "solved");
  await caterer.step("7-answering");
  await press(caterer, "答复并办结");
  await agreeing.visit(page);
  await agreeing.sees("各放一组取餐柜");
  if ((await agreeing.page.locator('a[href$="/rating"]').count()) > 0) throw new Error("a co-signer is asked to judge");
  await agreeing.step("8-a-co-signer-reads-the-answer");
  await declining.visit(page);
  await declining.doesNotSee("取餐柜");
  await proposer.visit(`/cases/${no}/rating`);
  await judge(proposer, { solved: "yes", satisfaction: "satisfied", words: "试用期过了再来说。" });
  await press(proposer, "提交评价");
  await proposer.sees("已解决");
  await proposer.step("9-judged");
}

/** The roster number of whoever is signed in. */
async function numberOf(person) {
  await person.visit("/settings");
  return (await person.page.locator("dl.facts dd.number").first().innerText()).trim();
}
