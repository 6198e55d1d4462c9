//! What a letter says, made into the words of a case: title, body, and what is said of its sender.

use huiyin_foundation::keys::ReceiptCode;

/// Longest title; a longer subject stands in full at the head of the body.
const TITLE_CHARS_MAX: usize = 40;
/// Longest body that is taken; the letter itself stays in the mailbox.
pub(super) const BODY_CHARS_MAX: usize = 20_000;
/// Longest name of a sender.
const NAME_CHARS_MAX: usize = 40;
/// What answers and forwarded letters begin their subject with.
const MARKS: [&str; 10] =
    ["re:", "fw:", "fwd:", "回复:", "答复:", "转发:", "re：", "回复：", "答复：", "转发："];
/// Words by which people ask that their name be kept from others.
const SECRECY: [&str; 8] =
    ["保密", "匿名", "不要透露", "不愿透露", "别透露", "不要公开我", "别说是我", "不要告诉"];
/// What stands where a key to the case stood.
const HIDDEN: &str = "（查询码或链接已隐去）";

/// Title and body of a case.
pub(super) fn title_and_body(subject: &str, words: &str) -> (String, String) {
    let (subject, words) = (without_keys(bare(subject)), without_keys(words));
    let first = words.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let title = if subject.is_empty() { first } else { subject.as_str() };
    let (title, is_cut) = match title {
        "" => ("来信没有写主题".to_owned(), false),
        title => cut(title, TITLE_CHARS_MAX),
    };
    let body = if is_cut && !subject.is_empty() { format!("主题：{subject}\n\n{words}") } else { words };
    (title, body)
}

/// A subject without the marks of answering.
fn bare(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(mark) =
        MARKS.iter().find(|mark| rest.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)))
    {
        rest = rest[mark.len()..].trim_start();
    }
    rest
}

/// No more than so many characters; says whether some went.
pub(super) fn cut(text: &str, chars_max: usize) -> (String, bool) {
    if text.chars().count() <= chars_max {
        return (text.to_owned(), false);
    }
    (text.chars().take(chars_max - 1).chain(['…']).collect(), true)
}

/// What is said of the sender: never more than that the letter says so.
pub(super) fn on_behalf_of(called: &str, from: &str) -> String {
    match (called, from) {
        ("", "") => "来信人（没有写发件人）".to_owned(),
        ("", from) => format!("{}（来信自称，未核实）", cut(from, NAME_CHARS_MAX).0),
        (called, _) => format!("{}（来信自称，未核实）", cut(called, NAME_CHARS_MAX).0),
    }
}

/// Whether a letter asks that its sender be kept from others. Too often is better than once too little.
pub(super) fn asks_for_secrecy(text: &str) -> bool {
    SECRECY.iter().any(|words| text.contains(words))
}

/// What an answer says itself, without the letter quoted beneath it; all of it if nothing else is left.
pub(super) fn own_words(words: &str) -> String {
    let own: Vec<&str> = words
        .lines()
        .take_while(|line| !begins_quote(line.trim()))
        .filter(|line| !line.trim_start().starts_with('>'))
        .collect();
    let own = own.join("\n").trim().to_owned();
    without_keys(if own.is_empty() { words } else { &own })
}

fn begins_quote(line: &str) -> bool {
    let is_rule = line.starts_with("-----") || line.starts_with("_____");
    let is_original =
        ["原始邮件", "Original Message", "原邮件", "Forwarded"].iter().any(|words| line.contains(words));
    let is_wrote = (line.starts_with("On ") && line.ends_with("wrote:"))
        || line.ends_with("写道：")
        || line.ends_with("写道:");
    let is_blank_rule = is_rule && line.trim_matches(['-', '_', ' ']).is_empty() && line.len() >= 20;
    (is_rule && is_original)
        || is_wrote
        || is_blank_rule
        || (line.contains("【回音】") && line.contains("HY-"))
}

/// The text without receipt codes and links to questions: who reads a case must not get the keys of its requester, which
/// answers quote from our letters.
pub(super) fn without_keys(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | ':');
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        let is_key = run.contains("/follow-up/")
            || run.split(['/', '.', ':']).any(|part| ReceiptCode::parse(part).is_ok());
        kept.push_str(if is_key { HIDDEN } else { run });
        let next = after.chars().next();
        kept.extend(next);
        rest = &after[next.map_or(0, char::len_utf8)..];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use huiyin_foundation::keys::Keys;

    #[test]
    fn a_title_comes_from_the_subject_or_the_first_words_and_nothing_is_lost() {
        assert_eq!(title_and_body("Re: 回复：灯坏了", "请修"), ("灯坏了".into(), "请修".into()));
        assert_eq!(title_and_body("", "\n 食堂汤凉\n请热").0, "食堂汤凉");
        assert_eq!(title_and_body(" ", "").0, "来信没有写主题");
        let long = "字".repeat(60);
        let (title, body) = title_and_body(&long, "x");
        assert!(
            title.chars().count() == 40 && title.ends_with('…') && body.starts_with(&format!("主题：{long}"))
        );
        assert_eq!(title_and_body("re", "x").0, "re");
    }

    #[test]
    fn an_answer_is_read_without_what_it_quotes_and_never_with_a_key() {
        let code = Keys::for_tests().receipt_code_from(b"x").grouped();
        for answer in [
            format!("还是漏水\n\n> 查询码：{code}\n> 查看"),
            format!("还是漏水\n\n------------------ 原始邮件 ------------------\n查询码：{code}"),
            format!("还是漏水\n在 2026年11月24日，回音 写道：\n查询码：{code}"),
            format!("还是漏水\nOn Tue, Nov 24, 2026 huiyin wrote:\n{code}"),
        ] {
            assert_eq!(own_words(&answer), "还是漏水");
        }
        let all = own_words(&format!("> 查询码：{code} 别的\n> http://h/follow-up/HY-1.2.abc，完"));
        assert!(
            all.contains("别的") && all.contains("完") && !all.contains(&code) && !all.contains("abc"),
            "{all}"
        );
        assert_eq!(without_keys("3号楼 602，电话 8888-6666"), "3号楼 602，电话 8888-6666");
    }

    #[test]
    fn who_asks_for_secrecy_is_heard() {
        assert!(asks_for_secrecy("请为我保密") && asks_for_secrecy("我想匿名反映"));
        assert!(!asks_for_secrecy("三号楼停水"));
        assert_eq!(on_behalf_of("张三", "a@b.cn"), "张三（来信自称，未核实）");
    }
}
