//! The exchange goes on: answers reach their case, and only theirs; what is told is judged by the link of the letter.

use super::{Post, answer, code_in, letter};
use crate::cases::tests::{act, officer_of, reply, student};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Answer, Command, Identity, Outcome, Solved, Stage};
use huiyin_domain::ids::{CaseNo, UnitId};

fn clerk() -> Actor {
    let duty = Duty { role: Role::Clerk, unit: Some("office".into()), post: None };
    Actor::Staff { person: "p-clerk".into(), duties: vec![duty] }
}

fn unit() -> UnitId {
    "logistics".into()
}

/// A letter's case at a unit.
async fn assigned(post: &Post) -> CaseNo {
    post.take(&letter("a1", "三号楼没有热水", "已经两天了")).await;
    let (no, ..) = post.only_case();
    let assign = Command::Assign { unit: unit(), forced: false, reason: String::new() };
    act(&post.app, clerk(), &no, assign).unwrap();
    no
}

/// The same, answered, and told of by letter.
async fn answered(post: &Post) -> CaseNo {
    let no = assigned(post).await;
    act(&post.app, officer_of(&unit()), &no, privately()).unwrap();
    post.send().await;
    no
}

fn privately() -> Command {
    let Command::Reply(Answer { words, outcome, files, shelving, .. }) = reply() else {
        unreachable!("it is an answer")
    };
    Command::Reply(Answer { words, outcome, public: None, files, shelving, joined_words: String::new() })
}

#[tokio::test]
async fn progress_and_the_answer_are_told_by_letter_without_what_they_say() {
    let post = Post::new();
    let no = answered(&post).await;
    let told = post.newest();
    assert!(told.subject.contains(no.as_str()) || told.subject.contains("条新消息"), "{}", told.subject);
    assert!(told.body.contains("已答复") && told.body.contains("/follow-up/"), "{}", told.body);
    assert!(!told.body.contains("已更换阀芯") && !told.body.contains("热水"));
    assert_eq!(told.reply_to, "<a1@stu.example.edu.cn>");
    assert!(!told.body.contains("查询码："), "the key stands in the first letter only");
}

#[tokio::test]
async fn an_answer_is_added_to_its_case_without_what_it_quotes() {
    let post = Post::new();
    let no = assigned(&post).await;
    act(&post.app, officer_of(&unit()), &no, Command::AskRequester { words: "哪一层".into() }).unwrap();
    let first = post.server.taken().remove(0);
    let code = code_in(&first);
    post.take(&answer(&first, "a2", &format!("三层\n\n> 查询码：{code}\n> 查看"))).await;
    let (_, case, ..) = post.only_case();
    assert!(case.asked_at.is_none(), "the question is answered");
    let written = post.written(&no);
    assert!(written.contains("三层") && !written.contains(&code), "{written}");
    assert_eq!((post.standing().replies, post.standing().cases), (1, 1));
}

#[tokio::test]
async fn nobody_else_adds_to_a_case_by_its_number_a_made_up_name_or_another_address() {
    let post = Post::new();
    let no = assigned(&post).await;
    let first = post.server.taken().remove(0);
    // The number in the subject, from the very address.
    post.take(&letter("b1", &format!("Re: {}", first.subject), "我是本人")).await;
    // A name like ours that nobody was given.
    let made_up =
        format!("<{}.{}@example.edu.cn>", "0".repeat(8) + "-0000-7000-8000-000000000000", "0".repeat(32));
    post.take(&letter("b2", "x", "猜的").replacen("MIME", &format!("In-Reply-To: {made_up}\nMIME"), 1)).await;
    // The right name from another address.
    post.take(&answer(&first, "b3", "转给我看的").replace("zhang@", "wang@")).await;
    let numbers = post.numbers();
    assert_eq!(numbers.len(), 4);
    let written = post.written(&no);
    assert!(
        !written.contains("本人") && !written.contains("猜的") && !written.contains("转给我"),
        "{written}"
    );
    let body = post.case(&numbers[3]).3;
    assert!(body.contains(&format!("引用了 {no} 的往来邮件")), "{body}");
    assert!(!post.newest().body.contains(no.as_str()), "the other address hears nothing of it");
}

#[tokio::test]
async fn an_answer_to_a_case_that_is_over_is_a_case_of_its_own_and_opens_nothing() {
    let post = Post::new();
    let no = assigned(&post).await;
    act(&post.app, Actor::Requester, &no, Command::Withdraw { reason: String::new() }).unwrap();
    let first = post.server.taken().remove(0);
    post.take(&answer(&first, "a2", "又没有热水了")).await;
    let numbers = post.numbers();
    let (_, case, title, body) = post.case(&numbers[1]);
    assert!(body.contains("又没有热水了") && body.contains(&format!("对 {no} 的回信")), "{title} {body}");
    assert_eq!((case.stage, post.case(&no).1.stage), (Stage::Submitted, Stage::Withdrawn));
    assert!(post.newest().body.contains("另立一件"), "{}", post.newest().body);
}

#[tokio::test]
async fn an_answer_about_a_merged_case_is_kept_on_its_own_page_and_told_to_who_handles_the_lead() {
    let post = Post::new();
    let no = assigned(&post).await;
    let lead = crate::cases::tests::bring_in(&post.app, Identity::Open, None);
    let others = [("others", no.as_str())];
    post.app.clerk().post(&format!("/staff/cases/{lead}/merging"), &others).await.is(303);
    assert_eq!(post.case(&no).1.stage, Stage::Merged);
    let first = post.server.taken().remove(0);
    post.take(&answer(&first, "a2", "五层也没有")).await;
    assert_eq!(post.numbers().len(), 2);
    assert!(post.written(&no).contains("五层也没有"));
}

fn link_in(body: &str) -> String {
    let (_, rest) = body.split_once("/follow-up/").expect("a link");
    format!("/follow-up/{}", rest.lines().next().unwrap().trim())
}

#[tokio::test]
async fn looking_at_the_link_keeps_nothing_and_sending_it_judges_once() {
    let post = Post::new();
    let no = answered(&post).await;
    let link = link_in(&post.newest().body);
    let page = post.app.anyone().get(&link).await;
    page.is(200).says(no.as_str()).says("您的问题解决了吗").hides("热水").hides("已更换阀芯").hides("张三");
    assert_eq!(post.case(&no).1.stage, Stage::Replied);
    post.app.anyone().post(&link, &[("satisfaction", "fairly")]).await.is(422).says("请选：解决了");
    let token = post.app.anyone().token();
    let fields = [
        ("_token", token.as_str()),
        ("solved", "yes"),
        ("satisfaction", "satisfied"),
        ("contacted", "yes"),
        ("publish", "yes"),
    ];
    for _ in 0..2 {
        post.app.anyone().post_as_is(&link, &fields).await.is(200).says("评价已收到").hides("热水");
    }
    let case = post.case(&no).1;
    assert_eq!((case.stage, case.round().solved), (Stage::Rated, Some(Solved::Yes)));
    assert!(case.may_publish, "what came as a letter is shown to nobody until its sender agrees");
    post.app.anyone().get(&link).await.is(410).says("用过了").hides("热水");
    post.app.anyone().post(&link, &[("solved", "no"), ("satisfaction", "dissatisfied")]).await.is(410);
    assert_eq!(post.case(&no).1.round().solved, Some(Solved::Yes));
}

#[tokio::test]
async fn a_link_is_about_one_answer_ends_with_the_days_for_judging_and_cannot_be_made_up() {
    let post = Post::new();
    let no = answered(&post).await;
    let link = link_in(&post.newest().body);
    for wrong in
        [link.replace(no.as_str(), "HY-20261124-0009"), format!("{link}x"), "/follow-up/x".to_owned()]
    {
        post.app.anyone().get(&wrong).await.is(404);
    }
    post.app.anyone().post(&link, &[("solved", "no"), ("satisfaction", "dissatisfied")]).await.is(200);
    assert_eq!(post.case(&no).1.rounds.len(), 2);
    post.app.anyone().get(&link).await.is(410);
    post.app.clock.advance_ms(1000);
    act(&post.app, officer_of(&unit()), &no, privately()).unwrap();
    post.app.anyone().get(&link).await.is(410);
    post.app.pass_hours(24);
    post.send().await;
    let second = link_in(&post.newest().body);
    assert_ne!(link, second);
    post.app.anyone().get(&second).await.is(200);
    post.app.pass_hours(24 * 60);
    post.app.anyone().get(&second).await.is(410);
}

#[tokio::test]
async fn what_is_protected_has_no_link_and_is_not_reached_by_one() {
    let post = Post::new();
    let no = answered(&post).await;
    let link = link_in(&post.newest().body);
    // It became protected after the letter had left.
    act(&post.app, Actor::Requester, &no, Command::Supplement { words: "我不想活了".into(), files: vec![] })
        .unwrap();
    assert!(post.case(&no).1.restricted);
    post.app.anyone().get(&link).await.is(404);
}

#[tokio::test]
async fn no_letter_tells_of_a_case_that_became_protected() {
    let post = Post::new();
    post.take(&letter("a1", "三号楼没有热水", "已经两天了")).await;
    let (no, ..) = post.only_case();
    let first = post.newest();
    // It says so in an answer, which is added all the same.
    post.take(&answer(&first, "a2", "我不想活了")).await;
    assert!(post.case(&no).1.restricted && post.written(&no).contains("不想活"));
    let assign = Command::Assign { unit: unit(), forced: false, reason: String::new() };
    act(&post.app, clerk(), &no, assign).unwrap();
    act(
        &post.app,
        officer_of(&unit()),
        &no,
        Command::ReportProgress { words: "已联系".into(), files: vec![], joined_words: String::new() },
    )
    .unwrap();
    post.send().await;
    assert_eq!(post.server.taken().len(), 1);
}

#[tokio::test]
async fn whoever_has_an_account_gets_the_link_too_but_not_for_a_sealed_case() {
    let post = Post::new();
    let entry = huiyin_people::identity::PersonEntry {
        number: "2026001".into(),
        name: "学生甲".into(),
        kind: huiyin_people::identity::PersonKind::Student,
        department: String::new(),
        email: "stu@example.edu.cn".into(),
        phone: String::new(),
    };
    let now = post.app.now();
    post.app.db.write(move |tx| huiyin_people::identity::upsert(tx, &student(), &entry, now)).await.unwrap();
    for (identity, has_link) in [(Identity::Open, true), (Identity::Sealed, false)] {
        let no = crate::cases::tests::bring_in(&post.app, identity, None);
        post.send().await;
        let unit = crate::cases::tests::unit_of(&post.app, &no);
        act(&post.app, officer_of(&unit), &no, reply()).unwrap();
        post.send().await;
        let told = post.newest();
        assert_eq!(told.body.contains("/follow-up/"), has_link, "{}", told.body);
        assert_eq!(post.case(&no).1.round().outcome, Some(Outcome::Solved));
    }
}
