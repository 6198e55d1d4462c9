//! Letters over a real mail server: taken, put off, refused, not answered.

mod roads;

use super::*;
use crate::config::Outlets;
use crate::testing::{MailServer, TEST_MORNING};
use std::time::Duration;

fn mail(post: &str) -> Mail {
    let outlets = Outlets::parse(post, "post.toml").unwrap();
    Carriers::new(&outlets).unwrap().mail.unwrap()
}

fn letter(to: &str) -> Letter<'_> {
    let (name, subject) = ("0193-abc", "【回音】HY-20261124-0042 已答复，请看结果并评价");
    Letter {
        name,
        to,
        subject,
        body: "请看：http://127.0.0.1/cases/HY-20261124-0042\n",
        references: "",
        at: TEST_MORNING,
    }
}

#[tokio::test]
async fn a_letter_arrives_readable_named_and_marked_as_written_by_a_machine() {
    let server = MailServer::new();
    mail(&server.post()).send(&letter("stu@example.edu.cn")).await.unwrap();
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].to, ["stu@example.edu.cn"]);
    assert_eq!(taken[0].id, "<0193-abc@example.edu.cn>");
    assert_eq!(taken[0].subject, "【回音】HY-20261124-0042 已答复，请看结果并评价");
    assert_eq!(taken[0].from, "回音 <huiyin@example.edu.cn>");
    assert_eq!(taken[0].auto, "auto-generated");
    assert!(taken[0].body.contains("请看：http://127.0.0.1/cases/HY-20261124-0042"));
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_again_one_that_refuses_is_not() {
    let server = MailServer::new();
    let mail = mail(&server.post());
    let busy = mail.send(&letter("busy@example.edu.cn")).await.unwrap_err();
    assert!(matches!(&busy, Trouble::Later(reason) if reason.contains("451")), "{busy:?}");
    let refused = mail.send(&letter("nobody@example.edu.cn")).await.unwrap_err();
    assert!(matches!(&refused, Trouble::Never(reason) if reason.contains("550")), "{refused:?}");
    let Trouble::Never(reason) = refused else { unreachable!() };
    assert!(!reason.contains("nobody"), "a reason names nobody");
    let wrong = mail.send(&letter("没有这样的地址")).await.unwrap_err();
    assert!(matches!(wrong, Trouble::Never(_)), "{wrong:?}");
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn a_server_that_does_not_answer_or_is_not_there_stops_the_channel_and_not_the_letter() {
    let server = MailServer::new();
    let slow = mail(&server.post()).hasty(Duration::from_millis(300));
    let silent = slow.send(&letter("slow@example.edu.cn")).await.unwrap_err();
    assert!(matches!(silent, Trouble::Channel(_)), "{silent:?}");
    let post = server.post();
    drop(server);
    let gone = mail(&post).send(&letter("stu@example.edu.cn")).await.unwrap_err();
    assert_eq!(gone, Trouble::Channel("邮件服务器拒绝连接".to_owned()));
}
