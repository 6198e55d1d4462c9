//! Whatever is asked in whichever box: no result, count, suggestion, highlight or likeness tells a reader of a case that they
//! may not see. Random cases in random standings; everybody asks for the words of each.
//!
//! What somebody may see is asked of the pages of the case itself, which know nothing of any index.

use crate::cast::{UNIT_A, UNIT_B, engage, everybody};
use fastrand::Rng;
use huiyin_cases::cases::log::{Bringer, Standing, carry_out, staff, submit};
use huiyin_cases::cases::shelves;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Command, Identity, Place, PublicText, Submission};
use huiyin_domain::ids::{CaseNo, ChannelId, KindId, PersonId, UnitId};
use huiyin_foundation::error::Error;
use huiyin_foundation::testing::{Hand, TestApp};

const CASES: usize = 12;
/// What everybody writes.
const COMMON: &str = "走廊的灯又坏了";
/// In no case at all.
const NOWHERE: &str = "鷩鷫鷴";

/// A case with words that stand in no other.
struct Told {
    no: CaseNo,
    /// In the title as it was written.
    title: String,
    /// In what was written below.
    body: String,
    /// In what everybody may read, if it was ever shown.
    public: String,
    /// In each title, and never asked for: where it is read, the case is shown.
    tail: String,
}

/// Three characters that stand nowhere else, rare ones of the dictionary.
fn word(number: usize, which: usize) -> String {
    let at = |offset: usize| char::from_u32(0x7000 + (number * 40 + which * 10 + offset * 3) as u32);
    (0..3).filter_map(at).collect()
}

fn bring(app: &TestApp, rng: &mut Rng, number: usize) -> Told {
    let kinds = app.policy_in_force().policy.kinds.clone();
    let kind = rng.choice(&kinds).expect("a school has kinds").id.clone();
    let told = Told {
        no: CaseNo(String::new()),
        title: word(number, 0),
        body: word(number, 1),
        public: word(number, 2),
        tail: word(number, 3),
    };
    let identity = *rng.choice(&[Identity::Open, Identity::Sealed, Identity::Anonymous]).expect("three");
    let owner = if rng.bool() { app.student().id() } else { app.other_student().id() };
    let bringer = match identity {
        Identity::Anonymous => Bringer::Receipt(format!("receipt {number}")),
        _ => Bringer::Account(owner),
    };
    let about = match rng.u8(0..4) {
        0 => vec![UnitId::from(UNIT_A)],
        1 => vec![UnitId::from(UNIT_B)],
        _ => Vec::new(),
    };
    let submission = Submission {
        kind: KindId::from(kind.as_str()),
        category: None,
        title: format!("{}{COMMON}{}", told.title, told.tail),
        body: format!("{COMMON}，{}", told.body),
        place: Place::default(),
        identity,
        channel: ChannelId::from("online"),
        danger: false,
        may_publish: rng.u8(0..4) > 0,
        contact: String::new(),
        on_behalf_of: String::new(),
        outside_no: String::new(),
        files: vec![],
        unit: None,
        about,
        split_from: None,
    };
    let school = app.app();
    let no: Result<CaseNo, Error> = app.db.write_now(move |tx| {
        let standing = Standing::of(&school);
        submit(tx, &standing.bench(&school.keys), &Actor::Requester, None, &bringer, None, submission)
    });
    Told { no: no.expect("a case comes in"), ..told }
}

/// Does something to a case; what a rule refuses is left.
fn tried(app: &TestApp, no: &CaseNo, command: Command) {
    let (school, no) = (app.app(), no.clone());
    let done: Result<(), Error> = app.db.write_now(move |tx| {
        let standing = Standing::of(&school);
        let clerk = staff(&PersonId::from("p-clerk"), &[Duty { role: Role::Clerk, unit: None, post: None }]);
        carry_out(tx, &standing.bench(&school.keys), &clerk, None, &no, command).map(|_| ())
    });
    assert!(matches!(done, Ok(()) | Err(Error::Refused { .. } | Error::Hidden)), "{done:?}");
}

/// What becomes of it.
fn live(app: &TestApp, rng: &mut Rng, told: &Told) {
    if rng.u8(0..4) > 0 {
        let unit = UnitId::from(if rng.bool() { UNIT_A } else { UNIT_B });
        tried(app, &told.no, Command::Assign { unit, forced: false, reason: String::new() });
    }
    if rng.u8(0..3) > 0 {
        let title = format!("{}{COMMON}{}", told.public, told.tail);
        tried(app, &told.no, Command::Publish(PublicText { title, body: COMMON.to_owned() }));
        if rng.u8(0..3) == 0 {
            tried(app, &told.no, Command::Unpublish { reason: "写错了".into() });
        }
    }
    if rng.u8(0..4) == 0 {
        let units = vec![UnitId::from(if rng.bool() { UNIT_A } else { UNIT_B })];
        tried(app, &told.no, Command::Recuse { units, reason: "反映的就是它".into() });
    }
}

/// Where something can be asked.
const BOXES: [&str; 5] =
    ["/search?q=", "/staff/search?q=", "/desk/logistics/search?q=", "/desk/library/search?q=", "alike"];

/// What a box answers, without what was asked and without what is new in every answer.
async fn answer(hand: &Hand<'_>, place: &str, words: &str) -> String {
    let answer = if place == "alike" {
        hand.post("/say/suggestion/alike", &[("title", &format!("{words}{words}"))]).await
    } else {
        let words: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        hand.get(&format!("{place}{words}")).await
    };
    assert!(!answer.status.is_server_error(), "{place}{words}: {}", answer.text());
    let asked: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
    answer.text().replace(words, "◇").replace(&asked, "◇")
}

async fn opens(hand: &Hand<'_>, path: String) -> bool {
    let answer = hand.get(&path).await;
    answer.status.as_u16() == 200
        || (answer.status.as_u16() == 303 && answer.location().starts_with("/desk/"))
}

/// Whether this reader may see the case itself, and whether everybody may read what was made of it for the public.
async fn sees(hand: &Hand<'_>, no: &CaseNo) -> (bool, bool) {
    let is_public = opens(hand, format!("/public/{no}")).await;
    for path in [
        format!("/cases/{no}"),
        format!("/staff/cases/{no}"),
        format!("/desk/{UNIT_A}/cases/{no}"),
        format!("/desk/{UNIT_B}/cases/{no}"),
    ] {
        if opens(hand, path).await {
            return (true, is_public);
        }
    }
    (false, is_public)
}

async fn ask_for_everything(seed: u64) {
    let app = TestApp::new(huiyin::routes());
    engage(&app).await;
    let mut rng = Rng::with_seed(seed);
    let told: Vec<Told> = (0..CASES).map(|number| bring(&app, &mut rng, number)).collect();
    told.iter().for_each(|one| live(&app, &mut rng, one));
    // What came in without a name is found when its hour is over.
    app.pass_hours(2);
    shelves::take_in_ripe(&app.app()).await.expect("the hour is over");
    let (mut shown, mut kept) = (0, 0);
    for (who, hand) in everybody(&app) {
        let mut nothing = Vec::new();
        for place in BOXES {
            nothing.push(answer(&hand, place, NOWHERE).await);
        }
        for one in &told {
            let (sees_it, is_public) = sees(&hand, &one.no).await;
            for (place, nothing) in BOXES.iter().zip(&nothing) {
                for (words, may) in [
                    (&one.title, sees_it),
                    (&one.body, sees_it),
                    (&one.public, is_public),
                    (&one.no.0, sees_it || is_public),
                ] {
                    let said = answer(&hand, place, words).await;
                    if may {
                        shown += usize::from(said.contains(&one.tail));
                        continue;
                    }
                    kept += 1;
                    assert_eq!(
                        &said, nothing,
                        "seed {seed}: {who} asks {place}{words} and learns of {} that it is there",
                        one.no
                    );
                }
                // Among what everybody writes, too, nothing of it stands.
                let common = answer(&hand, place, COMMON).await;
                if !sees_it && !is_public {
                    for hidden in [&one.tail, &one.title, &one.body, &one.public, &one.no.0] {
                        assert!(
                            !common.contains(hidden.as_str()),
                            "seed {seed}: {who} at {place} reads {hidden}"
                        );
                    }
                }
            }
        }
    }
    assert!(shown > 50 && kept > 500, "seed {seed}: {shown} shown, {kept} kept");
}

#[tokio::test]
async fn nobody_learns_by_searching_of_a_case_they_may_not_see() {
    for seed in 1..=3 {
        ask_for_everything(seed).await;
    }
}
