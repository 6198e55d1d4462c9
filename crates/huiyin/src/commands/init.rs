//! `huiyin init`: makes a new school and prints a one-time link for its first administrator (10.1).

use super::say;
use crate::cli::{self, Answering};
use crate::rules;
use crate::school;
use crate::stop::Stop;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::PersonId;
use huiyin_domain::policy;
use huiyin_foundation::clock::Clock;
use huiyin_foundation::db::DbError;
use huiyin_people::identity::{PersonEntry, PersonKind, SETUP_LINK_HOURS, offer_setup, set_duties, upsert};

/// The number the first administrator signs in with.
const ADMINISTRATOR: &str = "admin";
const ADMINISTRATOR_NAME: &str = "系统管理员";

/// Makes it.
pub fn run(options: cli::Init) -> Result<(), Stop> {
    let name = options.name.trim();
    if name.is_empty() {
        return Err(Stop::wrong_use("--name: write the school's name, such as --name 校名"));
    }
    let duty_phone = options.duty_phone.trim();
    if !policy::can_be_dialled(duty_phone) && !duty_phone.is_empty() {
        return Err(Stop::wrong_use(
            "--duty-phone: write a number that can be dialled, such as 0531-12345678",
        ));
    }
    let answering = Answering { base_url: options.base_url.clone(), ..Answering::default() };
    let config = options.place.config_with(&answering)?;
    let address = config.base_url.clone().unwrap_or_else(|| format!("http://{}", config.listen));
    let mut policy = rules::policy(&options.preset)?;
    policy.school.name = name.to_owned();
    if !duty_phone.is_empty() {
        policy.school.duty_phone = duty_phone.to_owned();
    }
    let data = config.data.display().to_string();
    let department =
        policy.unit(&policy.school.coordinator).map_or_else(String::new, |unit| unit.name.clone());
    let app = school::create(config, options.preset.clone(), policy, Clock::System, false)?;
    let (keys, now) = (app.keys.clone(), app.now());
    let path = app.db.write_now(move |tx| {
        let entry = PersonEntry {
            number: ADMINISTRATOR.to_owned(),
            name: ADMINISTRATOR_NAME.to_owned(),
            kind: PersonKind::Staff,
            department,
            email: String::new(),
            phone: String::new(),
        };
        let (person, _) = upsert(tx, &PersonId(keys.uuid_v7(now)), &entry, now)?;
        set_duties(tx, &person, &[Duty { role: Role::Admin, unit: None, post: None }])?;
        offer_setup(tx, &keys, &person, now)
    });
    let path = path.map_err(|error: DbError| Stop::from(error))?;
    app.db.close();
    say(format!("made the school “{name}” in {data}"))?;
    say(format!("1. run it:         huiyin serve --data {data}"))?;
    say(format!(
        "2. then, within {SETUP_LINK_HOURS} hours, set the password of “{ADMINISTRATOR}” with this link, which works once:"
    ))?;
    say(format!("   {address}{path}"))
}
