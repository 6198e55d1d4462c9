//! A night of five thousand deadlines while the server was down (4.6, 9.1): one catch-up, each witnessed once, one digest
//! for each person, and one message to the group.

use super::{leaking_tap, student};
use crate::cases::deadlines::{Swept, sweep};
use crate::cases::log::{Bringer, Standing, submit};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Identity};
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::{MailServer, Receiver, Reply, TEST_MORNING, TestSchool};
use huiyin_people::identity::{PersonEntry, PersonKind, set_duties, upsert};
use huiyin_people::notices::delivery::deliver;
use std::collections::BTreeMap;

const CASES: usize = 5_000;

fn employ(tx: &mut Tx, id: &str, role: Role, unit: Option<&UnitId>) -> Result<(), Error> {
    let entry = PersonEntry {
        number: id.to_owned(),
        name: id.to_owned(),
        kind: PersonKind::Staff,
        department: String::new(),
        email: format!("{id}@example.edu.cn"),
        phone: String::new(),
    };
    let id = PersonId::from(id);
    upsert(tx, &id, &entry, TEST_MORNING)?;
    set_duties(tx, &id, &[Duty { role, unit: unit.cloned(), post: None }])?;
    Ok(())
}

#[tokio::test]
async fn a_night_of_five_thousand_deadlines_is_caught_up_with_once_and_each_person_hears_of_it_once() {
    let server = MailServer::new();
    let group = Receiver::new(&[Reply::Says(200, "{\"errcode\":0}")]).await;
    let policy = TestSchool::new().policy_in_force();
    let unit = policy.policy.units.iter().find(|unit| unit.id.as_str() == "logistics").unwrap().id.clone();
    let post = format!(
        "{}\n[[robots]]\nname = \"后勤群\"\nkind = \"wecom\"\nurl = \"{}/send\"\nunit = \"{unit}\"\n",
        server.post(),
        group.url
    );
    let school = TestSchool::new().with_post(&post);
    let (standing, app, of) = (Standing::of(&school), school.app(), unit.clone());
    school
        .db
        .write(move |tx| {
            employ(tx, "officer-1", Role::Officer, Some(&of))?;
            employ(tx, "officer-2", Role::Officer, Some(&of))?;
            employ(tx, "head", Role::UnitHead, Some(&of))?;
            employ(tx, "clerk", Role::Clerk, Some(&"office".into()))?;
            let quiet = Standing { outlets: Default::default(), ..standing.clone() };
            let bench = quiet.bench(&app.keys);
            for _ in 0..CASES {
                let submission = leaking_tap(Identity::Open);
                let bringer = Bringer::Account(student());
                submit(tx, &bench, &Actor::Requester, None, &bringer, None, submission)?;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();

    // Down over the weekend, up again in the middle of a night.
    school.pass_hours(24 * 5 + 17);
    assert_eq!(sweep(&school.app()).await.unwrap(), Swept { changed: CASES as u64, failed: 0 });
    assert_eq!(sweep(&school.app()).await.unwrap(), Swept::default());
    let missed = school.db.read(|tx| {
        // How many limits are witnessed as missed, and how often each at most?
        let row = tx.query_one(
            "select count(*) as witnesses,
                    count(distinct case_no) as cases
               from case_events
              where name = 'deadline_missed'",
            params![],
        )?;
        Ok::<_, Error>((row.get::<usize>("witnesses")?, row.get::<usize>("cases")?))
    });
    assert_eq!(missed.await.unwrap(), (2 * CASES, CASES), "first words and result, each once");

    // In the night nobody is woken; in the morning everybody has one letter.
    deliver(&school.app()).await.unwrap();
    assert!(server.taken().is_empty(), "{:?}", server.taken());
    school.pass_hours(6);
    deliver(&school.app()).await.unwrap();
    let mut letters: BTreeMap<String, usize> = BTreeMap::new();
    for letter in server.taken() {
        *letters.entry(letter.to[0].clone()).or_default() += 1;
        assert!(letter.subject.contains("条新消息"), "{}", letter.subject);
    }
    assert!(letters.len() >= 3 && letters.values().all(|count| *count == 1), "{letters:?}");
    assert_eq!(group.heard().len(), 1, "the group hears once");
    deliver(&school.app()).await.unwrap();
    assert_eq!(server.taken().len(), letters.len());
}
