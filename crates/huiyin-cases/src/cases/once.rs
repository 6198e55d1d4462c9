//! A form carried out once, however often it is sent: pressed twice, loaded again, or sent anew by a nervous network.
//!
//! What is remembered is a keyed hash of the form's one-time nonce, of where it was sent, and of what was written in it:
//! who goes back and writes something else has written another form.

use super::numbers;
use huiyin_domain::calendar::Day;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::{Keys, Label};
use huiyin_foundation::web::{Form, Token};

/// A form on its way to an act on a case.
#[derive(Clone, Debug)]
pub(crate) struct SentForm(Option<String>);

impl SentForm {
    /// The form as it came; to be made before its files are taken out. `place` says which act it asks for.
    pub fn of(keys: &Keys, no: &CaseNo, place: &str, form: &Form) -> SentForm {
        let (Token::Valid(nonce) | Token::Stale(nonce)) = form.token() else { return SentForm(None) };
        let place = format!("{no} {place}");
        SentForm(Some(
            keys.hmac_text(Label::SentForms, &[&nonce.0, place.as_bytes(), &form.digest()].concat()),
        ))
    }

    /// Whether this form was carried out before, perhaps days ago.
    pub fn is_done(&self, tx: &mut Tx) -> Result<bool, Error> {
        let Some(form) = &self.0 else { return Ok(false) };
        Ok(numbers::of_form(tx, form)?.is_some())
    }

    /// Notes that this form is being carried out; false if it was before. Undone with the transaction if that fails.
    pub fn is_first(&self, tx: &mut Tx, no: &CaseNo, today: Day) -> Result<bool, Error> {
        let Some(form) = &self.0 else { return Ok(true) };
        if self.is_done(tx)? {
            return Ok(false);
        }
        numbers::remember_form(tx, form, no, today)?;
        Ok(true)
    }
}
