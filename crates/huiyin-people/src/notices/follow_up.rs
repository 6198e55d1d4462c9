//! The link in the letter that tells of an answer: it leads to the questions of 5.3 without signing in.
//!
//! It names the case and the answer it is about and is signed by this school; it opens nothing but that form, and stops
//! to work with the answer: once judged, answered anew, or the days for judging over. It holds no personal datum.

use data_encoding::BASE64URL_NOPAD;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::keys::{Keys, Label};

/// The path of the link for the answer that was given at this moment.
pub(super) fn path(keys: &Keys, no: &CaseNo, answered: Instant) -> String {
    let named = format!("{no}.{}", answered.0);
    let signature = keys.hmac_text(Label::FollowUps, named.as_bytes());
    format!("/follow-up/{named}.{signature}")
}

/// The case and the moment of its answer that a link is about; none if it was not made here.
pub fn read(keys: &Keys, link: &str) -> Option<(CaseNo, Instant)> {
    let (named, signature) = link.rsplit_once('.')?;
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
    if !keys.hmac_fits(Label::FollowUps, named.as_bytes(), &signature) {
        return None;
    }
    let (no, answered) = named.split_once('.')?;
    Some((CaseNo::from(no), Instant(answered.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_link_made_here_is_read_and_only_as_it_was_made() {
        let keys = Keys::for_tests();
        let (no, at) = (CaseNo::from("HY-20261124-0042"), Instant(1_795_485_600_000));
        let link = path(&keys, &no, at);
        let link = link.strip_prefix("/follow-up/").unwrap();
        assert_eq!(read(&keys, link), Some((no, at)));
        for wrong in
            ["", ".", "HY-20261124-0042", &link.replace("0042", "0043"), &link.replace("1795", "1796")]
        {
            assert_eq!(read(&keys, wrong), None, "{wrong}");
        }
    }
}
