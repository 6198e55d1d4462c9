//! The demonstration: every role one click away on the sign-in page. Elsewhere this door does not exist.

use super::{PersonKind, queries, sign_in};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::PersonId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::{App, School};
use huiyin_foundation::web::Form;

const SHOWN: [(PersonKind, u32); 2] = [(PersonKind::Student, 4), (PersonKind::Staff, 2)];
const OTHERS_SHOWN: u32 = 400;

/// People of one role, as the sign-in page of the demonstration shows them.
pub(super) struct Figure {
    pub heading: &'static str,
    pub people: Vec<Someone>,
}

/// One of them.
pub(super) struct Someone {
    pub id: PersonId,
    pub name: String,
    pub words: String,
}

/// Signs in as somebody of the cast.
pub(super) async fn act(State(app): State<App>, headers: HeaderMap, form: Form) -> Result<Response, Error> {
    let id = PersonId(form.text("person"));
    let known = app.db.read(move |tx| queries::person(tx, &id)).await?;
    let person = known.filter(|person| !person.is_disabled).ok_or(Error::Hidden)?;
    let next = sign_in::own_path(&form.text("next"));
    sign_in::welcome(&app, &headers, person.id, None, next).await
}

/// Everybody who has a duty, some students and some of the staff, by what they are there for.
pub(super) async fn cast(app: &School) -> Result<Vec<Figure>, Error> {
    let in_force = app.policy_in_force();
    let people = app.db.read(|tx| queries::cast(tx, &SHOWN, OTHERS_SHOWN)).await?;
    let mut figures = Vec::new();
    let requesters = people.iter().filter(|person| person.duties.is_empty());
    let requesters = requesters.map(|person| Someone {
        id: person.id.clone(),
        name: person.name.clone(),
        words: format!("{}，{}", person.kind.shown(), person.department),
    });
    figures.push(Figure { heading: "学生和教职工", people: requesters.collect() });
    for role in [
        Role::Clerk,
        Role::Officer,
        Role::UnitHead,
        Role::Leader,
        Role::Supervisor,
        Role::Publisher,
        Role::Auditor,
        Role::Admin,
        Role::Volunteer,
    ] {
        let holders = people.iter().flat_map(|person| {
            let held = person.duties.iter().filter(move |duty| duty.role == role);
            held.map(|duty| Someone {
                id: person.id.clone(),
                name: person.name.clone(),
                words: place_of(duty, &in_force.policy),
            })
        });
        figures.push(Figure { heading: say::role(role), people: holders.collect() });
    }
    figures.retain(|figure| !figure.people.is_empty());
    Ok(figures)
}

/// Where a duty holds, in words.
fn place_of(duty: &Duty, policy: &Policy) -> String {
    let unit = duty.unit.as_ref().and_then(|unit| policy.unit(unit)).map(|unit| unit.name.clone());
    let post = duty.post.as_deref().and_then(|post| policy.leader(post)).map(|leader| leader.name.clone());
    let squad = duty.post.as_deref().and_then(|id| policy.squad(&id.into())).map(|squad| squad.name.clone());
    unit.or(post).or(squad).unwrap_or_else(|| say::role(duty.role).to_owned())
}
