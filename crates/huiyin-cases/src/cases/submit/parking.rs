//! Answers parked while a person signs in: sealed, found only with the key that stands in the way back, gone as soon as the
//! form goes on, and after some two hours in any case. Nothing says whose they are. So many lie here at most; then the
//! oldest make room.

use super::answers::Answers;
use super::queries;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::{Keys, Label};
use huiyin_foundation::school::App;

/// How long signing in may take.
const KEPT_HOURS: i64 = 2;
const HOUR_MS: i64 = 3_600_000;
/// Answers put by at once, at most.
const PARKED_MAX: u32 = 2_000;
/// Larger than the longest answers that the form takes.
const TEXT_BYTES_MAX: usize = 24 << 10;

/// Parks the answers; the key finds them again.
pub(super) async fn park(app: &App, answers: &Answers) -> Result<String, Error> {
    let key = app.keys.random_token();
    let name = name_of(&app.keys, &key);
    let text = serde_json::to_string(answers).map_err(Error::internal)?;
    if text.len() > TEXT_BYTES_MAX {
        return Err(Error::invalid("body", "内容太多，存不下，请删短一些再去登录"));
    }
    let sealed = app.keys.seal(&place_of(&name), &text);
    let hour = app.now().floor_to_hour();
    app.db
        .write(move |tx| {
            queries::forget_parked_before(tx, hour.plus_ms(-KEPT_HOURS * HOUR_MS))?;
            queries::make_room(tx, PARKED_MAX)?;
            queries::park(tx, &name, &sealed, hour)
        })
        .await?;
    Ok(key)
}

/// The answers of a key, with the key in them; none if they are gone.
pub(super) async fn find(app: &App, key: &str) -> Result<Option<Answers>, Error> {
    let name = name_of(&app.keys, key);
    let place = place_of(&name);
    let oldest = app.now().floor_to_hour().plus_ms(-KEPT_HOURS * HOUR_MS);
    let Some(sealed) = app.db.read(move |tx| queries::parked(tx, &name, oldest)).await? else {
        return Ok(None);
    };
    let text = app.keys.open(&place, &sealed).map_err(Error::internal)?;
    let answers: Answers = serde_json::from_str(&text).map_err(Error::internal)?;
    Ok(Some(Answers { parked: key.to_owned(), ..answers }))
}

/// The form goes on with its answers in hidden fields: what was parked of it is not needed any more.
pub(super) async fn clear(app: &App, answers: &mut Answers) -> Result<(), Error> {
    let key = std::mem::take(&mut answers.parked);
    if key.is_empty() {
        return Ok(());
    }
    let name = name_of(&app.keys, &key);
    app.db.write(move |tx| queries::unpark(tx, &name)).await
}

/// Under which name a key's answers lie; the table does not hold the key.
fn name_of(keys: &Keys, key: &str) -> String {
    keys.hmac_text(Label::ParkedAnswers, key.as_bytes())
}

fn place_of(name: &str) -> String {
    format!("parked {name}")
}
