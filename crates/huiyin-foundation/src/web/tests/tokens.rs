//! The token of a form: who it is for, how long it holds, what happens when it does not.

use super::site;
use crate::keys::Keys;
use crate::web::mint_token;
use crate::web::token::{Token, check};
use huiyin_domain::calendar::Instant;

const NOW: Instant = Instant(1_795_485_600_000);

#[test]
fn a_fresh_token_is_valid_for_its_own_session_only() {
    let keys = Keys::for_tests();
    let token = mint_token(&keys, "session-1", NOW);
    assert!(matches!(check(&keys, "session-1", &token, NOW), Token::Valid(_)));
    assert_eq!(check(&keys, "session-2", &token, NOW), Token::Foreign);
    assert_eq!(check(&keys, "anyone", &token, NOW), Token::Foreign);
}

#[test]
fn a_token_goes_stale_after_half_a_day_and_is_still_known_as_ours() {
    let keys = Keys::for_tests();
    let token = mint_token(&keys, "anyone", NOW);
    assert!(matches!(check(&keys, "anyone", &token, NOW.plus_hours(12)), Token::Valid(_)));
    let fresh = check(&keys, "anyone", &token, NOW);
    for later in [NOW.plus_hours(12).plus_ms(1), NOW.plus_ms(-120_000)] {
        let stale = check(&keys, "anyone", &token, later);
        assert!(matches!(stale, Token::Stale(nonce) if Some(nonce) == fresh.nonce()));
        assert_eq!(stale.nonce(), None);
    }
}

#[test]
fn two_forms_never_share_a_nonce_and_the_same_form_keeps_its_own() {
    let keys = Keys::for_tests();
    let (one, two) = (mint_token(&keys, "anyone", NOW), mint_token(&keys, "anyone", NOW));
    let nonce = |token: &str| check(&keys, "anyone", token, NOW).nonce().unwrap();
    assert_ne!(nonce(&one), nonce(&two));
    assert_eq!(nonce(&one), nonce(&one));
}

#[test]
fn nothing_altered_cut_or_invented_is_taken_for_a_token() {
    let keys = Keys::for_tests();
    let token = mint_token(&keys, "anyone", NOW);
    assert_eq!(check(&keys, "anyone", "", NOW), Token::Missing);
    for place in 0..token.len() {
        let mut altered = token.clone().into_bytes();
        altered[place] = if altered[place] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        assert_eq!(check(&keys, "anyone", &altered, NOW), Token::Foreign, "altered at {place}");
        assert_eq!(
            check(&keys, "anyone", &token[..place], NOW) == Token::Foreign,
            place > 0,
            "cut at {place}"
        );
    }
    for invented in ["..", "a.b.c", "🦉.1.x", &"x".repeat(10_000)] {
        assert_eq!(check(&keys, "anyone", invented, NOW), Token::Foreign);
    }
}

#[tokio::test]
async fn a_form_that_comes_too_late_still_arrives_with_its_words() {
    let app = site();
    let token = app.student().token();
    app.pass_hours(13);
    let answer = app.student().post_as_is("/say", &[("_token", &token), ("title", "灯坏了")]).await;
    answer.is(200).says("title[灯坏了]").says("token[Stale(");
}
