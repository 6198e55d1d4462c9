//! Everybody who may knock, and two cases of two units to knock for.

use huiyin_cases::cases::log::{Bringer, Standing, carry_out, staff, submit};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Command, Identity, Place, Submission};
use huiyin_domain::ids::{CaseNo, ChannelId, KindId, PersonId, UnitId};
use huiyin_foundation::error::Error;
use huiyin_foundation::testing::{Hand, TestApp};
use huiyin_people::identity::{PersonEntry, PersonKind, set_duties, upsert};

/// The unit of the first case.
pub const UNIT_A: &str = "logistics";
/// The unit of the second case.
pub const UNIT_B: &str = "library";

/// Everybody, with the heading of their column.
pub fn everybody(app: &TestApp) -> Vec<(&'static str, Hand<'_>)> {
    vec![
        ("nobody", app.anyone()),
        ("owner-A", app.student()),
        ("owner-B", app.other_student()),
        ("officer-A", app.officer(UNIT_A)),
        ("officer-B", app.officer(UNIT_B)),
        ("head-A", app.unit_head(UNIT_A)),
        ("clerk", app.clerk()),
        ("leader-A", app.leader("deputy-services")),
        ("supervisor", app.holder(Role::Supervisor)),
        ("publisher", app.holder(Role::Publisher)),
        ("auditor", app.holder(Role::Auditor)),
        ("admin", app.holder(Role::Admin)),
        ("volunteer", app.volunteer("emergency-repair")),
    ]
}

/// Gives everybody the account that their session speaks of.
pub async fn engage(app: &TestApp) {
    for (heading, hand) in everybody(app) {
        if !hand.visitor.is_signed_in() {
            continue;
        }
        let (id, duties, now) = (hand.id(), hand.visitor.duties.clone(), app.now());
        let entry = PersonEntry {
            number: heading.to_owned(),
            name: hand.visitor.name.clone(),
            kind: if duties.is_empty() { PersonKind::Student } else { PersonKind::Staff },
            department: String::new(),
            email: String::new(),
            phone: String::new(),
        };
        let done: Result<(), Error> = app
            .db
            .write(move |tx| {
                let (person, _) = upsert(tx, &id, &entry, now)?;
                set_duties(tx, &person, &duties)?;
                Ok(())
            })
            .await;
        done.expect("the cast moves in");
    }
}

/// A case of the first unit, brought by the student.
pub async fn case_of_a(app: &TestApp) -> CaseNo {
    case_of(app, app.student().id(), UNIT_A).await
}

/// A case of the second unit, brought by the other student.
pub async fn case_of_b(app: &TestApp) -> CaseNo {
    case_of(app, app.other_student().id(), UNIT_B).await
}

async fn case_of(app: &TestApp, owner: PersonId, unit: &'static str) -> CaseNo {
    let school = app.app();
    let made: Result<CaseNo, Error> = app
        .db
        .write(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            let submission = Submission {
                kind: KindId::from("suggestion"),
                category: None,
                title: "一件小事".to_owned(),
                body: String::new(),
                place: Place::default(),
                identity: Identity::Open,
                channel: ChannelId::from("online"),
                danger: false,
                may_publish: true,
                contact: String::new(),
                on_behalf_of: String::new(),
                outside_no: String::new(),
                files: vec![],
                unit: None,
                about: Vec::new(),
                split_from: None,
            };
            let no = submit(tx, &bench, &Actor::Requester, None, &Bringer::Account(owner), None, submission)?;
            let clerk =
                staff(&PersonId::from("p-clerk"), &[Duty { role: Role::Clerk, unit: None, post: None }]);
            carry_out(
                tx,
                &bench,
                &clerk,
                None,
                &no,
                Command::Assign { unit: UnitId::from(unit), forced: false, reason: String::new() },
            )?;
            Ok(no)
        })
        .await;
    made.expect("a case comes in")
}
