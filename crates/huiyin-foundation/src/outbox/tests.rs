//! A letter is put down once, sent at least once, and what fails is seen.

use super::*;
use crate::db::{DbError, Tx};
use crate::testing::{TEST_MORNING, TestSchool};

fn letter<'a>(channel: &'a str, recipient: &'a str, case_no: &'a str) -> NewLetter<'a> {
    NewLetter {
        channel,
        recipient,
        kind: "missed",
        topic: "due",
        case_no,
        words: "已超期",
        is_urgent: false,
        at: TEST_MORNING,
        not_before: TEST_MORNING,
    }
}

async fn written<T: Send + 'static>(
    school: &TestSchool,
    work: impl FnMut(&mut Tx) -> Result<T, DbError> + Send + 'static,
) -> T {
    school.db.write(work).await.unwrap()
}

async fn put_down(school: &TestSchool, channel: &'static str, recipient: &'static str, count: usize) {
    let keys = school.keys.clone();
    written(school, move |tx| {
        for at in 0..count {
            put(tx, &keys, &letter(channel, recipient, &format!("HY-20261124-{at:04}")))?;
        }
        for new in unsorted(tx, 1000)? {
            sort(tx, &new.id, &Sorted::At(TEST_MORNING), TEST_MORNING.day())?;
        }
        Ok(())
    })
    .await;
}

async fn taken(school: &TestSchool) -> Vec<Batch> {
    let now = school.now();
    written(school, move |tx| claim(tx, now, 100)).await
}

async fn ended(school: &TestSchool, batch: &Batch, outcome: Outcome) {
    let (batch, now) = (batch.clone(), school.now());
    written(school, move |tx| settle(tx, &batch, &outcome, now, 0)).await;
}

async fn stands(school: &TestSchool) -> Standing {
    written(school, |tx| standings(tx, TEST_MORNING.day())).await.remove(0)
}

#[tokio::test]
async fn what_one_recipient_gets_at_one_time_leaves_as_one_and_nobody_takes_it_twice() {
    let school = TestSchool::new();
    put_down(&school, MAIL, "a", 3).await;
    put_down(&school, MAIL, "b", 1).await;
    let batches = taken(&school).await;
    let sizes: Vec<(&str, usize)> =
        batches.iter().map(|batch| (batch.recipient(), batch.letters.len())).collect();
    assert_eq!(sizes, [("a", 3), ("b", 1)]);
    assert!(taken(&school).await.is_empty(), "another worker finds nothing");
}

#[tokio::test]
async fn a_worker_that_died_leaves_its_letters_to_the_next_under_the_same_name() {
    let school = TestSchool::new();
    put_down(&school, MAIL, "a", 2).await;
    let first = taken(&school).await.remove(0);
    // What comes meanwhile is another letter.
    put_down(&school, MAIL, "a", 1).await;
    school.clock.advance_ms(180_000);
    let again = taken(&school).await;
    assert_eq!(again.len(), 2);
    let same = again.iter().find(|batch| batch.id == first.id).unwrap();
    assert_eq!(same.letters.len(), 2);
    ended(&school, same, Outcome::Sent).await;
    assert_eq!((stands(&school).await.sent, stands(&school).await.waiting), (2, 1));
}

#[tokio::test]
async fn what_fails_comes_again_later_and_is_given_up_after_days_until_a_person_says_once_more() {
    let school = TestSchool::new();
    put_down(&school, MAIL, "a", 1).await;
    for tries in 1..=TRIES_MAX {
        let batch = taken(&school).await.remove(0);
        assert_eq!(batch.tries, tries - 1);
        ended(&school, &batch, Outcome::Later("邮件服务器请稍后再送（451）".to_owned())).await;
        assert!(taken(&school).await.is_empty(), "not at once");
        school.clock.advance_ms(wait_ms(tries, 0));
    }
    let standing = stands(&school).await;
    assert_eq!((standing.waiting, standing.given_up), (0, 1));
    assert!(standing.last_reason.contains("451"));
    let now = school.now();
    assert_eq!(written(&school, move |tx| send_again(tx, MAIL, now)).await, 1);
    let batch = taken(&school).await.remove(0);
    assert_eq!(batch.tries, 0);
    ended(&school, &batch, Outcome::Never("邮件服务器拒收（550）".to_owned())).await;
    assert_eq!(stands(&school).await.given_up, 1);
}

#[tokio::test]
async fn what_its_channel_keeps_waiting_loses_no_try() {
    let school = TestSchool::new();
    put_down(&school, MAIL, "a", 1).await;
    let batch = taken(&school).await.remove(0);
    let until = school.now().plus_ms(120_000);
    let laid_back = batch.clone();
    written(&school, move |tx| release(tx, &laid_back, until, "连不上邮件服务器")).await;
    assert_eq!(stands(&school).await.failing, 1);
    school.clock.advance_ms(120_000);
    assert_eq!(taken(&school).await[0].tries, 0);
}

#[tokio::test]
async fn a_webhook_hears_of_each_event_by_itself_and_a_group_of_all_at_once() {
    let school = TestSchool::new();
    put_down(&school, "hook:ops", "", 3).await;
    put_down(&school, "robot:group", "", 3).await;
    let batches = taken(&school).await;
    let of = |channel: &str| batches.iter().filter(|batch| batch.channel() == channel).count();
    assert_eq!((of("hook:ops"), of("robot:group")), (3, 1));
}

#[tokio::test]
async fn the_ledger_is_kept_for_half_a_year_and_what_was_sent_keeps_no_words() {
    let school = TestSchool::new();
    put_down(&school, MAIL, "a", 1).await;
    let batch = taken(&school).await.remove(0);
    ended(&school, &batch, Outcome::Sent).await;
    let words = written(&school, |tx| tx.query_one("select words from outbox", &[])?.text("words")).await;
    assert_eq!(words, "");
    let (now, half_a_year) = (school.now(), school.now().plus_ms(200 * 24 * 3_600_000));
    assert_eq!(written(&school, move |tx| forget(tx, now)).await, 0);
    assert_eq!(written(&school, move |tx| forget(tx, half_a_year)).await, 1);
}
