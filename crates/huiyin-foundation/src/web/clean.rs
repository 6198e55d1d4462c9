//! Makes sent text harmless without losing words: NUL bytes, bytes that are no text, line endings, direction marks.

/// Bytes as text. What is no valid UTF-8 becomes U+FFFD, NUL goes, line endings become `\n`.
pub(super) fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.replace("\r\n", "\n")
        .chars()
        .filter(|c| *c != '\0')
        .map(|c| if c == '\r' { '\n' } else { c })
        .collect()
}

/// Whether some of it could not be read as text.
pub(super) fn is_damaged(text: &str) -> bool {
    text.contains('\u{fffd}')
}

/// One line: direction marks gone, line ends and other controls turned into spaces, trimmed.
pub(crate) fn line(text: &str) -> String {
    let kept = text.chars().filter(|c| !turns_direction(*c));
    let line: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    if is_blank(&line) { String::new() } else { line.trim().to_owned() }
}

/// Several lines: overriding marks and controls other than line ends gone, spaces at line ends gone, trimmed.
pub(crate) fn lines(text: &str) -> String {
    let kept = |c: &char| *c == '\n' || *c == '\t' || !(c.is_control() || overrides_direction(*c));
    let text: String = text.chars().filter(kept).collect();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    if is_blank(&text) { String::new() } else { text.trim().to_owned() }
}

/// Whether there is nothing to be seen of it: spaces, and signs that have no shape of their own.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_shapeless(c))
}

/// Default-ignorable code points, and the two letters and the pattern that are drawn as nothing.
fn is_shapeless(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Marks that reorder what follows: a name or a title written with them reads differently from what is stored.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn overrides_direction(c: char) -> bool {
    matches!(c, '\u{202d}' | '\u{202e}')
}
