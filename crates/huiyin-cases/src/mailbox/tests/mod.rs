//! Letters in and out, against a real mailbox and a real mail server on this machine.

mod answers;
mod bad;
mod cases;
mod trust;

use super::look;
use crate::cases::log;
use crate::cases::texts;
use huiyin_domain::case::Case;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::testing::{Letterbox, MailServer, Taken, TestApp, TestSchool};
use huiyin_people::notices::delivery::deliver;

/// A school with a mailbox and a mail server.
struct Post {
    letterbox: Letterbox,
    server: MailServer,
    app: TestApp,
}

impl Post {
    fn new() -> Post {
        Post::with("")
    }

    /// With more lines under `[imap]`.
    fn with(more: &str) -> Post {
        Post::over(Letterbox::new(), more)
    }

    fn over(letterbox: Letterbox, more: &str) -> Post {
        let server = MailServer::new();
        let post = format!("{}{}", letterbox.post(more), server.post());
        let app = TestApp::over(TestSchool::new().with_post(&post), crate::routes());
        Post { letterbox, server, app }
    }

    /// Lets a minute pass and looks into the mailbox.
    async fn look(&self) -> u64 {
        self.app.clock.advance_ms(60_000);
        look(&self.app.app()).await.unwrap()
    }

    /// A letter comes, is taken, and what is to be said is said.
    async fn take(&self, letter: &str) {
        self.letterbox.deliver(letter.replace('\n', "\r\n").as_bytes());
        self.look().await;
        self.send().await;
    }

    async fn send(&self) {
        deliver(&self.app.app()).await.unwrap();
    }

    /// The newest letter that left.
    fn newest(&self) -> Taken {
        self.server.taken().pop().expect("a letter left")
    }

    fn numbers(&self) -> Vec<CaseNo> {
        let read = |tx: &mut Tx| {
            let rows = tx.query("select case_no from cases order by submitted_at, case_no", &[])?;
            rows.iter().map(|row| Ok::<_, Error>(row.get("case_no")?)).collect::<Result<Vec<CaseNo>, _>>()
        };
        self.app.db.read_now(read).unwrap()
    }

    /// The only case, with its title and body.
    fn only_case(&self) -> (CaseNo, Case, String, String) {
        let numbers = self.numbers();
        assert_eq!(numbers.len(), 1, "{numbers:?}");
        self.case(&numbers[0])
    }

    fn case(&self, no: &CaseNo) -> (CaseNo, Case, String, String) {
        let key = no.clone();
        let read = move |tx: &mut Tx| Ok::<_, Error>((log::load(tx, &key)?, texts::load(tx, &key)?));
        let (loaded, texts) = self.app.db.read_now(read).unwrap();
        (no.clone(), loaded.unwrap().case, texts.title().to_owned(), texts.body().to_owned())
    }

    /// Everything its requester wrote to a case.
    fn written(&self, no: &CaseNo) -> String {
        let key = no.clone();
        let read = move |tx: &mut Tx| Ok::<_, Error>((log::load(tx, &key)?, texts::load(tx, &key)?));
        let (loaded, texts) = self.app.db.read_now(read).unwrap();
        texts.of_requester(&loaded.unwrap().record)
    }

    fn standing(&self) -> super::Standing {
        let since = self.app.now().day();
        self.app.db.read_now::<_, Error>(move |tx| Ok(super::standing(tx, since)?)).unwrap()
    }
}

/// A letter of 张三 with this name, subject and text.
fn letter(name: &str, subject: &str, words: &str) -> String {
    format!(
        "From: =?utf-8?B?5byg5LiJ?= <zhang@stu.example.edu.cn>\nTo: letters@example.edu.cn\nSubject: {subject}\n\
         Message-ID: <{name}@stu.example.edu.cn>\nDate: Tue, 24 Nov 2026 09:58:00 +0800\nMIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{words}\n"
    )
}

/// An answer to a letter that left.
fn answer(to: &Taken, name: &str, words: &str) -> String {
    letter(name, &format!("Re: {}", to.subject), words).replacen(
        "MIME",
        &format!("In-Reply-To: {}\nMIME", to.id),
        1,
    )
}

/// The receipt code in a letter.
fn code_in(letter: &Taken) -> String {
    let (_, rest) = letter.body.split_once("查询码：").expect("a receipt code");
    rest.lines().next().unwrap().trim().to_owned()
}
