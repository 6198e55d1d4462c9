//! Keys are kept to their owner; codes survive being typed by people.

use super::*;
use tempfile::tempdir;

fn write_with_mode(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn keys_once_made_are_read_back_the_same() {
    let data = tempdir().unwrap();
    let made = Keys::load_or_create(data.path()).unwrap();
    let read = Keys::load_or_create(data.path()).unwrap();
    assert_eq!(made.hmac(Label::Sessions, b"x"), read.hmac(Label::Sessions, b"x"));
    let mode = fs::metadata(data.path().join(KEY_FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(matches!(Keys::create(data.path()), Err(KeyTrouble::Exists(_))));
}

#[test]
fn a_key_file_that_others_may_read_is_refused_with_the_remedy() {
    let data = tempdir().unwrap();
    Keys::create(data.path()).unwrap();
    let path = data.path().join(KEY_FILE);
    for mode in [0o644, 0o640, 0o604, 0o660, 0o601] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let trouble = Keys::load(data.path()).unwrap_err().to_string();
        assert!(trouble.contains("chmod 600"), "{trouble}");
        assert_eq!(trouble.lines().count(), 1);
    }
}

#[test]
fn short_empty_and_typed_keys_are_refused() {
    let data = tempdir().unwrap();
    let path = data.path().join(KEY_FILE);
    for text in ["", "secret", "huiyin-root-key-1 abcd", &format!("{KEY_FILE_PREFIX}{}", "00".repeat(32))] {
        write_with_mode(&path, text, 0o600);
        assert!(matches!(Keys::load(data.path()), Err(KeyTrouble::Malformed(_))), "{text}");
    }
}

#[test]
fn a_missing_key_file_is_named() {
    let data = tempdir().unwrap();
    let trouble = Keys::load(data.path()).unwrap_err();
    assert!(trouble.to_string().contains("backup"), "{trouble}");
}

#[test]
fn each_use_has_its_own_key() {
    let keys = Keys::for_tests();
    let mut seen: Vec<[u8; 32]> = LABELS.iter().map(|(label, _)| keys.hmac(*label, b"same")).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), LABELS.len());
    for (at, (label, _)) in LABELS.iter().enumerate() {
        assert_eq!(*label as usize, at);
    }
}

#[test]
fn a_keyed_hash_fits_only_its_own_bytes() {
    let keys = Keys::for_tests();
    let made = keys.hmac(Label::FormTokens, b"token");
    assert!(keys.hmac_fits(Label::FormTokens, b"token", &made));
    assert!(!keys.hmac_fits(Label::FormTokens, b"tokem", &made));
    assert!(!keys.hmac_fits(Label::Sessions, b"token", &made));
    assert!(!keys.hmac_fits(Label::FormTokens, b"token", &made[..31]));
}

#[test]
fn a_sealed_text_opens_in_its_own_place_only() {
    let keys = Keys::for_tests();
    let sealed = keys.seal("cases/1/name", "李同学 13800000000");
    assert!(!sealed.contains("138"));
    assert_eq!(keys.open("cases/1/name", &sealed).unwrap(), "李同学 13800000000");
    assert_eq!(keys.open("cases/2/name", &sealed), Err(SealBroken));
    assert_ne!(sealed, keys.seal("cases/1/name", "李同学 13800000000"));
    let mut altered = sealed.clone().into_bytes();
    altered[40] = if altered[40] == b'A' { b'B' } else { b'A' };
    assert_eq!(keys.open("cases/1/name", &String::from_utf8(altered).unwrap()), Err(SealBroken));
    for broken in ["", "A", "AAAA", "不是", &sealed[..30]] {
        assert_eq!(keys.open("cases/1/name", broken), Err(SealBroken));
    }
}

#[test]
fn nothing_secret_is_printed() {
    let keys = Keys::for_tests();
    let code = keys.receipt_code_from(b"nonce");
    let printed = format!("{keys:?} {code:?}");
    assert!(!printed.contains(code.as_str()));
    assert!(!printed.contains('7'));
}

#[test]
fn ids_sort_by_the_moment_they_were_made() {
    let keys = Keys::for_tests();
    let earlier = keys.uuid_v7(Instant(1_793_000_000_000));
    let later = keys.uuid_v7(Instant(1_793_000_000_001));
    assert!(earlier < later);
    assert_eq!(&earlier[14..15], "7");
    assert_ne!(keys.uuid_v7(Instant(5)), keys.uuid_v7(Instant(5)));
}

#[test]
fn random_letters_are_readable_and_differ() {
    let keys = Keys::for_tests();
    let letters = keys.random_letters(8);
    assert_eq!(letters.len(), 8);
    assert!(letters.bytes().all(|letter| ALPHABET.contains(&letter)));
    assert_ne!(letters, keys.random_letters(8));
}

#[test]
fn the_same_form_gives_the_same_receipt_code() {
    let keys = Keys::for_tests();
    let code = keys.receipt_code_from(b"nonce of a form");
    assert_eq!(code, keys.receipt_code_from(b"nonce of a form"));
    assert_ne!(code, keys.receipt_code_from(b"nonce of another form"));
    assert_eq!(code.as_str().len(), 24);
    assert_eq!(code.grouped().len(), 29);
    assert_eq!(keys.receipt_code_hash(&code).len(), 43);
}

#[test]
fn a_code_is_read_however_people_type_it() {
    // This code holds both a 0 and a 1.
    let keys = Keys::for_tests();
    let code = (0u32..)
        .map(|n| keys.receipt_code_from(&n.to_be_bytes()))
        .find(|code| code.as_str().contains('0') && code.as_str().contains('1'))
        .unwrap();
    let plain = code.as_str().to_owned();
    let wide: String = plain.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect();
    for typed in [
        code.grouped(),
        plain.to_lowercase(),
        format!("  {} \n", code.grouped().replace('-', " ")),
        code.grouped().replace('-', "—"),
        plain.replace('0', "O").replace('1', "l"),
        plain.replace('0', "o").replace('1', "I"),
        wide,
    ] {
        assert_eq!(ReceiptCode::parse(&typed).as_ref(), Ok(&code), "{typed}");
    }
}

#[test]
fn every_mistyped_letter_and_every_swap_is_noticed() {
    let code = Keys::for_tests().receipt_code_from(b"typing");
    let letters = code.as_str().as_bytes().to_vec();
    for place in 0..letters.len() {
        for other in ALPHABET.iter().filter(|other| **other != letters[place]) {
            let mut typed = letters.clone();
            typed[place] = *other;
            assert_eq!(ReceiptCode::parse(std::str::from_utf8(&typed).unwrap()), Err(ReceiptTypo::Check));
        }
        for second in place + 1..letters.len() {
            let mut typed = letters.clone();
            typed.swap(place, second);
            if typed != letters {
                assert_eq!(ReceiptCode::parse(std::str::from_utf8(&typed).unwrap()), Err(ReceiptTypo::Check));
            }
        }
    }
}

#[test]
fn what_cannot_be_a_code_is_told_apart() {
    let code = Keys::for_tests().receipt_code_from(b"typing");
    assert_eq!(ReceiptCode::parse(""), Err(ReceiptTypo::Length(0)));
    assert_eq!(ReceiptCode::parse(&code.as_str()[..23]), Err(ReceiptTypo::Length(23)));
    assert_eq!(ReceiptCode::parse(&format!("{}A", code.as_str())), Err(ReceiptTypo::Length(25)));
    assert_eq!(ReceiptCode::parse("回音"), Err(ReceiptTypo::Sign('回')));
    assert_eq!(ReceiptCode::parse("U"), Err(ReceiptTypo::Sign('U')));
    assert_eq!(ReceiptCode::parse(&"A".repeat(100_000)), Err(ReceiptTypo::Length(100_000)));
}
