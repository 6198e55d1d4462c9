//! What else comes into a mailbox: floods, monsters, answering machines, letters that came back. Nothing is lost.

use super::{Post, answer, letter};
use huiyin_foundation::outbox::standings;

#[tokio::test]
async fn of_one_sender_ten_letters_an_hour_are_taken_and_the_rest_stays_in_the_mailbox() {
    let post = Post::new();
    for at in 0..14 {
        post.letterbox.deliver(letter(&format!("a{at}"), &format!("第 {at} 封"), "x").as_bytes());
    }
    post.letterbox.deliver(letter("b", "别人的信", "y").replace("zhang@", "li@").as_bytes());
    post.look().await;
    assert_eq!(post.numbers().len(), 11, "somebody else's letter is not held up");
    let standing = post.standing();
    assert_eq!((standing.laid_aside, standing.reasons), (4, vec![("同一来信人一小时内太多", 4)]));
    assert_eq!(post.letterbox.flags().iter().filter(|flags| *flags == "F").count(), 4);
    // It is not looked at again by itself, and taken once somebody asks for it.
    post.app.pass_hours(2);
    assert_eq!(post.look().await, 0);
    post.app.db.write(crate::mailbox::try_again).await.unwrap();
    post.look().await;
    assert_eq!((post.numbers().len(), post.standing().laid_aside), (15, 0));
}

#[tokio::test]
async fn of_a_letter_of_forty_megabytes_the_beginning_is_taken_and_what_comes_behind_it_too() {
    let post = Post::new();
    let line = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n";
    let body = format!(
        "--x\nContent-Type: text/plain; charset=utf-8\n\n视频太大了\n--x\nContent-Type: video/mp4\n\
         Content-Transfer-Encoding: base64\n\n{}--x--\n",
        line.repeat((40 << 20) / line.len())
    );
    let large = letter("a1", "录像", &body)
        .replace("text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit", "multipart/mixed; boundary=x");
    post.letterbox.deliver(large.as_bytes());
    post.letterbox.deliver(letter("a2", "小事", "灯坏了").as_bytes());
    assert_eq!(post.look().await, 2);
    let numbers = post.numbers();
    let (_, case, title, body) = post.case(&numbers[0]);
    assert_eq!((title.as_str(), case.files.len()), ("录像", 0));
    assert!(body.starts_with("视频太大了") && body.contains("只收了开头的文字"), "{body}");
    post.send().await;
    assert!(post.server.taken().iter().any(|back| back.body.contains("附件没有收")));
}

#[tokio::test]
async fn letters_without_subject_text_or_sender_and_those_nobody_can_unfold_are_cases_all_the_same() {
    let post = Post::new();
    let mut nested = "Content-Type: text/plain; charset=utf-8\n\n最里面\n".to_owned();
    for level in 0..20 {
        nested = format!(
            "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{nested}\n--b{level}--\n"
        );
    }
    let deep =
        format!("From: a@example.edu.cn\nSubject: deep\nMessage-ID: <d@x.cn>\nMIME-Version: 1.0\n{nested}");
    let knot =
        format!("From: b@example.edu.cn\nSubject: knot\n{}", "Content-Type: message/rfc822\n\n".repeat(3000));
    for strange in ["Subject: \n\n", "From: c@example.edu.cn\n\n\n", "no head at all", &deep, &knot] {
        post.letterbox.deliver(strange.as_bytes());
    }
    assert_eq!(post.look().await, 5);
    let titles: Vec<String> = post.numbers().iter().map(|no| post.case(no).2).collect();
    assert_eq!(titles.len(), 5, "{titles:?}");
    assert!(
        titles.contains(&"来信没有写主题".to_owned()) && titles.contains(&"deep".to_owned()),
        "{titles:?}"
    );
    let bodies: String = post.numbers().iter().map(|no| post.case(no).3).collect();
    assert!(bodies.contains("最里面") && bodies.contains("no head at all"), "{bodies}");
}

#[tokio::test]
async fn answering_machines_get_no_answer_and_what_programs_write_is_left_for_a_person() {
    let post = Post::new();
    post.take(&letter("a1", "停水", "三号楼")).await;
    let first = post.newest();
    let away = answer(&first, "a2", "我在休假").replacen("MIME", "Auto-Submitted: auto-replied\nMIME", 1);
    post.take(&away).await;
    for (name, more) in
        [("m1", "Auto-Submitted: auto-generated"), ("m2", "Precedence: bulk"), ("m3", "List-Id: <all>")]
    {
        post.take(&letter(name, "通知", "x").replacen("MIME", &format!("{more}\nMIME"), 1)).await;
    }
    assert_eq!((post.numbers().len(), post.server.taken().len()), (1, 1));
    let standing = post.standing();
    assert_eq!((standing.by_machines, standing.laid_aside), (1, 3));
    assert_eq!(standing.reasons, [("群发信", 2), ("程序发的信", 1)]);
}

#[tokio::test]
async fn our_own_letter_coming_in_makes_no_case_and_no_letter() {
    let post = Post::new();
    post.take(&letter("a1", "停水", "三号楼")).await;
    let own = post.newest();
    let looped = letter("x", &own.subject, &own.body).replace("<x@stu.example.edu.cn>", &own.id);
    post.take(&looped).await;
    assert_eq!((post.numbers().len(), post.server.taken().len(), post.standing().by_machines), (1, 1, 1));
    // Nor is anybody answered who never reads, or ourselves.
    for (name, from) in [("n1", "noreply@example.edu.cn"), ("n2", "huiyin@example.edu.cn")] {
        post.take(&letter(name, "x", "y").replace("zhang@stu.example.edu.cn", from)).await;
    }
    assert_eq!((post.numbers().len(), post.server.taken().len()), (3, 1));
}

#[tokio::test]
async fn a_letter_that_came_back_is_seen_in_the_ledger() {
    let post = Post::new();
    post.take(&letter("a1", "停水", "三号楼")).await;
    let ours = post.newest().id;
    let report = format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@example.edu.cn\nSubject: Undelivered\nMessage-ID: <r1@example.edu.cn>\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n\
         Content-Type: text/plain\n\nno such user\n--x\nContent-Type: text/rfc822-headers\n\nMessage-ID: {ours}\n\n--x--\n"
    );
    post.take(&report).await;
    let since = post.app.now().day();
    let standing = post.app.db.read_now(move |tx| standings(tx, since)).unwrap().remove(0);
    assert_eq!((standing.sent, standing.given_up, standing.last_reason.as_str()), (0, 1, "对方邮箱退信"));
    assert_eq!(post.numbers().len(), 1);
    // One about a letter that was never ours is left for a person.
    post.take(&report.replace("r1@", "r2@").replace(&ours, "<made-up@example.edu.cn>")).await;
    assert_eq!(post.standing().laid_aside, 1);
}

#[tokio::test]
async fn a_letter_is_known_again_for_half_a_year_and_then_forgotten() {
    let post = Post::new();
    post.take(&letter("a", "宿舍热水", "三天没有热水")).await;
    let forget = async || {
        let now = post.app.now();
        post.app.db.write(move |tx| crate::mailbox::forget(tx, now)).await.unwrap()
    };
    post.app.pass_hours(189 * 24);
    assert_eq!(forget().await, 0);
    // The mail server was brought back from its own backup: the letter is there once more and unread.
    post.letterbox.forget_marks();
    assert_eq!((post.look().await, post.numbers().len()), (1, 1));
    post.app.pass_hours(48);
    assert_eq!(forget().await, 1);
    let left = post
        .app
        .db
        .read(|tx| tx.query_one("select count(*) as letters from mailbox_letters", &[])?.int("letters"));
    assert_eq!((left.await.unwrap(), post.numbers().len()), (0, 1));
}
