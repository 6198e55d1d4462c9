//! The desk over HTTP: what officers read, what they may do, and what they are told when they may not.

mod answering;
mod batch;
mod counts;
mod field;
mod lists;
mod second_look;
mod turns;
mod workbench;

use crate::cases::log::{Bringer, Standing, carry_out, load, submit};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Case, Command, Identity, Place, Stage, Submission};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::error::Error;
use huiyin_foundation::testing::{Answer, Hand, TestApp};
use huiyin_people::identity::{self, PersonEntry, PersonKind};

const DESK: &str = "/desk/logistics";

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

fn repair(title: &str, identity: Identity) -> Submission {
    Submission {
        kind: "repair".into(),
        category: Some("repairs".into()),
        title: title.into(),
        body: "昨晚开始漏水，地面都湿了。".into(),
        place: Place { id: Some("library".into()), room: "三层东侧".into() },
        identity,
        channel: "online".into(),
        danger: false,
        may_publish: true,
        contact: "13800006021".into(),
        on_behalf_of: String::new(),
        outside_no: String::new(),
        files: vec![],
        unit: None,
        about: Vec::new(),
        split_from: None,
    }
}

fn bring_in(app: &TestApp, submission: Submission) -> CaseNo {
    let (standing, school) = (Standing::of(app), app.app());
    let bringer = match submission.identity {
        Identity::Anonymous => Bringer::Receipt(format!("hash of {}", submission.title)),
        _ => Bringer::Account("p-student".into()),
    };
    let brought = app.db.write_now(move |tx| {
        let bench = standing.bench(&school.keys);
        submit(tx, &bench, &Actor::Requester, None, &bringer, None, submission)
    });
    brought.unwrap()
}

fn leak(app: &TestApp) -> CaseNo {
    bring_in(app, repair("图书馆三层水龙头漏水", Identity::Open))
}

fn act(app: &TestApp, actor: Actor, no: &CaseNo, command: Command) {
    let (standing, school, no) = (Standing::of(app), app.app(), no.clone());
    let done = app.db.write_now(move |tx| {
        let bench = standing.bench(&school.keys);
        carry_out(tx, &bench, &actor, Some(&"logistics".into()), &no, command).map(|_| ())
    });
    done.unwrap();
}

fn case(app: &TestApp, no: &CaseNo) -> Case {
    let no = no.clone();
    app.db.read_now(move |tx| load(tx, &no)).unwrap().unwrap().case
}

fn know(app: &TestApp, id: &str, name: &str, kind: PersonKind) {
    let entry = PersonEntry {
        number: id.into(),
        name: name.into(),
        kind,
        department: "计算机学院".into(),
        email: String::new(),
        phone: String::new(),
    };
    let (id, now) = (PersonId::from(id), app.now());
    app.db
        .write_now(move |tx| identity::upsert(tx, &id, &entry, now).map(|_| ()).map_err(Error::from))
        .unwrap();
}

fn second_officer(app: &TestApp) -> Hand<'_> {
    let duty = Duty { role: Role::Officer, unit: Some("logistics".into()), post: None };
    app.person("p-second", "第二位", vec![duty])
}

fn seen(page: &Answer) -> String {
    let html = page.html();
    let (_, rest) = html.split_once("name=\"seen\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}
