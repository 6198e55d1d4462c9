//! A letter becomes a case, is answered by letter, and is not taken twice.

use super::{Post, code_in, letter};
use crate::cases::tests::found_by_verify;
use huiyin_domain::case::Identity;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

#[tokio::test]
async fn a_letter_becomes_a_case_and_its_sender_gets_number_time_and_key() {
    let post = Post::new();
    post.take(&letter("a1", "三号楼没有热水", "已经两天了，晚上六点以后都是冷水。")).await;
    let (no, case, title, body) = post.only_case();
    assert_eq!((title.as_str(), body.as_str()), ("三号楼没有热水", "已经两天了，晚上六点以后都是冷水。"));
    assert_eq!((case.channel.as_str(), case.identity), ("president-mailbox", Identity::Open));
    assert_eq!(post.letterbox.flags(), ["S"]);
    let back = post.newest();
    assert_eq!(back.to, ["zhang@stu.example.edu.cn"]);
    let promised = "11 月 25 日（周三）10:01 前首次回应您";
    assert_eq!(back.subject, format!("【回音】{no} 来信已收到，{promised}"));
    assert_eq!((back.auto.as_str(), back.reply_to.as_str()), ("auto-generated", "<a1@stu.example.edu.cn>"));
    assert!(!back.body.contains("热水"), "{}", back.body);
    // The key opens the case.
    let code = code_in(&back);
    post.app.anyone().post("/receipt", &[("code", &code)]).await.is(200).says("三号楼没有热水");
    let page = post.app.clerk().get(&format!("/staff/cases/{no}")).await;
    page.is(200).says("张三（来信自称，未核实）").says("校长信箱");
    assert_eq!(post.standing().cases, 1);
    assert_eq!(found_by_verify(&post.app), None);
}

#[tokio::test]
async fn a_letter_is_never_joined_to_an_account_whatever_address_it_bears() {
    let post = Post::new();
    let entry = huiyin_people::identity::PersonEntry {
        number: "2026001".into(),
        name: "张三".into(),
        kind: huiyin_people::identity::PersonKind::Student,
        department: String::new(),
        email: "zhang@stu.example.edu.cn".into(),
        phone: String::new(),
    };
    let now = post.app.now();
    let keep = move |tx: &mut Tx| huiyin_people::identity::upsert(tx, &"p-student".into(), &entry, now);
    post.app.db.write(keep).await.unwrap();
    post.take(&letter("a1", "举报", "有人用我的名字写信")).await;
    let (no, ..) = post.only_case();
    post.app.student().get("/cases").await.hides(no.as_str());
    post.app.student().get(&format!("/cases/{no}")).await.is(404);
}

#[tokio::test]
async fn the_address_of_a_sender_stands_nowhere_in_the_clear_beside_the_exchange() {
    let post = Post::new();
    post.take(&letter("a1", "请为我保密", "宿舍的事")).await;
    let (no, case, ..) = post.only_case();
    assert_eq!(case.identity, Identity::Sealed);
    let everything = |tx: &mut Tx| {
        let mut all = String::new();
        for sql in [
            "select case_no || exchange || address || letter || code as line from correspondents",
            "select letter || sender || fate as line from mailbox_letters",
            "select words as line from case_texts",
            "select recipient || words as line from outbox",
        ] {
            for row in tx.query(sql, &[])? {
                all.push_str(row.str("line")?);
            }
        }
        Ok::<_, Error>(all)
    };
    let all = post.app.db.read_now(everything).unwrap();
    assert!(!all.contains("zhang@") && !all.contains("张三") && !all.contains("stu.example"), "{all}");
    // What is protected is not named in a letter; the key is all there is.
    let back = post.newest();
    assert!(!back.subject.contains(no.as_str()) && !back.body.contains(no.as_str()), "{}", back.body);
    post.app.anyone().post("/receipt", &[("code", &code_in(&back))]).await.is(200).says("请为我保密");
}

#[tokio::test]
async fn danger_in_a_letter_alarms_and_the_letter_back_names_telephones_and_no_number() {
    let post = Post::new();
    post.take(&letter("a1", "活着没意思", "我不想活了")).await;
    let (no, case, ..) = post.only_case();
    assert!(case.restricted && case.is_crisis());
    let back = post.newest();
    assert!(!back.body.contains(no.as_str()) && back.body.contains("120") && back.body.contains("8110"));
    post.app.clerk().get(&format!("/staff/cases/{no}")).await.is(200).says("不想活");
}

#[tokio::test]
async fn attachments_are_judged_like_those_of_a_form_and_what_is_refused_is_named() {
    let post = Post::new();
    let mut png = Vec::new();
    image::DynamicImage::new_rgb8(8, 8)
        .write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)
        .unwrap();
    let png = data_encoding::BASE64.encode(&png);
    let body = format!(
        "--x\nContent-Type: text/plain; charset=utf-8\n\n见照片\n\
         --x\nContent-Type: image/png; name=\"../../2026001张三.png\"\nContent-Transfer-Encoding: base64\n\n{png}\n\
         --x\nContent-Type: application/msword; name=\"张三.docx\"\nContent-Disposition: attachment\n\
         Content-Transfer-Encoding: base64\n\naGFsbG8=\n--x--\n"
    );
    let head = letter("a1", "灯坏了", &body);
    post.take(&head.replace(
        "text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit",
        "multipart/mixed; boundary=x",
    ))
    .await;
    let (no, case, _, body) = post.only_case();
    assert_eq!(case.files.len(), 1);
    assert!(
        body.starts_with("见照片") && body.contains("附件没有收下（.docx）：第 2 个文件不是照片"),
        "{body}"
    );
    assert!(post.newest().body.contains("附件没有收下（.docx）"));
    post.app.clerk().get(&format!("/staff/cases/{no}")).await.hides("2026001");
}

#[tokio::test]
async fn the_same_letter_makes_one_case_though_marks_are_lost_or_the_mailbox_is_numbered_anew() {
    let post = Post::new();
    let same = letter("a1", "停水", "三号楼");
    post.take(&same).await;
    // Whoever had taken it was cut off before it could be marked.
    post.letterbox.forget_marks();
    assert_eq!(post.look().await, 1);
    post.letterbox.number_anew();
    post.look().await;
    // It was delivered twice, by two ways.
    post.take(&format!("Received: from elsewhere\n{same}")).await;
    assert_eq!((post.numbers().len(), post.server.taken().len()), (1, 1));
    assert_eq!(post.letterbox.flags(), ["S", "S"]);
    // Another letter under the same name is another letter.
    post.take(&letter("a1", "停水", "五号楼")).await;
    assert_eq!(post.numbers().len(), 2);
}

#[tokio::test]
async fn a_letter_that_was_taken_goes_into_the_folder_that_the_school_wants() {
    let post = Post::with("after = \"move:Taken\"");
    post.take(&letter("a1", "停水", "三号楼")).await;
    post.take(&letter("a2", "停电", "五号楼")).await;
    assert_eq!((post.letterbox.count_in("Taken"), post.letterbox.flags().len()), (2, 0));
    assert_eq!(post.numbers().len(), 2);
}

#[tokio::test]
async fn a_mailbox_that_does_not_answer_is_seen_and_holds_up_nothing() {
    let post = Post::new();
    let (letterbox, app) = (post.letterbox, post.app);
    drop(letterbox);
    app.clock.advance_ms(60_000);
    assert_eq!(super::look(&app.app()).await.unwrap(), 0);
    let since = app.now().day();
    let standing = app.db.read_now::<_, Error>(move |tx| Ok(crate::mailbox::standing(tx, since)?)).unwrap();
    assert_eq!((standing.trouble.as_str(), standing.opened), ("连不上收信服务器", None));
}

#[tokio::test]
async fn a_wrong_password_and_a_channel_that_is_not_registered_are_said() {
    for (more, words) in [
        ("channel = \"nowhere\"", "渠道登记里没有 nowhere"),
        ("mailbox = \"Nothing\"", "打不开文件夹 Nothing"),
    ] {
        let post = Post::with(more);
        post.look().await;
        assert!(post.standing().trouble.contains(words), "{}", post.standing().trouble);
    }
    let letterbox = huiyin_foundation::testing::Letterbox::new();
    let wrong = letterbox.post("").replace("geheim", "falsch");
    let app = huiyin_foundation::testing::TestSchool::new().with_post(&wrong);
    super::look(&app.app()).await.unwrap();
    let since = app.now().day();
    let standing = app.db.read_now::<_, Error>(move |tx| Ok(crate::mailbox::standing(tx, since)?)).unwrap();
    assert!(standing.trouble.contains("不认账号"), "{}", standing.trouble);
}
