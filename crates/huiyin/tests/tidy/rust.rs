//! Rust as the checks read it: code, comments and string literals told apart, nothing more.

/// One stretch of a Rust file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Code, without comments and without what stands inside literals.
    Code(&'a str),
    /// A comment with its slashes.
    Comment(&'a str),
    /// The inside of a string or character literal, escapes as written.
    Text(&'a str),
}

/// The parts of a file with the offset at which each begins.
pub fn parts(source: &str) -> Vec<(usize, Part<'_>)> {
    let mut reader = Reader { source, at: 0, code_from: 0, parts: Vec::new() };
    while reader.at < source.len() {
        reader.step();
    }
    reader.end_code(source.len());
    reader.parts
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    code_from: usize,
    parts: Vec<(usize, Part<'a>)>,
}

impl<'a> Reader<'a> {
    fn step(&mut self) {
        let rest = &self.source[self.at..];
        if rest.starts_with("//") {
            self.comment(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.comment(rest.find("*/").map_or(rest.len(), |end| end + 2));
        } else if rest.starts_with('"') {
            self.string(1, "\"", true);
        } else if let Some(hashes) = raw_opening(rest).filter(|_| !self.is_inside_a_name()) {
            let closing = format!("\"{}", "#".repeat(hashes));
            self.string(rest.find('"').unwrap_or(0) + 1, &closing, false);
        } else if rest.starts_with('\'') {
            self.character(quote_length(rest));
        } else {
            self.at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }

    fn comment(&mut self, length: usize) {
        self.end_code(self.at);
        self.parts.push((self.at, Part::Comment(&self.source[self.at..self.at + length])));
        self.at += length;
        self.code_from = self.at;
    }

    fn string(&mut self, opening: usize, closing: &str, has_escapes: bool) {
        let from = self.at + opening;
        self.end_code(from);
        let mut end = from;
        while end < self.source.len() && !self.source[end..].starts_with(closing) {
            let rest = &self.source[end..];
            let is_escape = has_escapes && rest.starts_with('\\');
            end += rest.chars().take(if is_escape { 2 } else { 1 }).map(char::len_utf8).sum::<usize>();
        }
        self.parts.push((from, Part::Text(&self.source[from..end])));
        self.code_from = end;
        self.at = (end + closing.len()).min(self.source.len());
    }

    /// A character literal, or the quote alone where it begins a lifetime.
    fn character(&mut self, length: usize) {
        if length > 1 {
            self.end_code(self.at + 1);
            self.parts.push((self.at + 1, Part::Text(&self.source[self.at + 1..self.at + length - 1])));
            self.code_from = self.at + length - 1;
        }
        self.at += length;
    }

    fn end_code(&mut self, until: usize) {
        if self.code_from < until {
            self.parts.push((self.code_from, Part::Code(&self.source[self.code_from..until])));
        }
    }

    fn is_inside_a_name(&self) -> bool {
        self.source[..self.at]
            .chars()
            .next_back()
            .is_some_and(|before| before.is_alphanumeric() || before == '_')
    }
}

/// How many `#` a raw string beginning here has.
fn raw_opening(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(hashes)
}

/// The length of a character literal, or of the quote alone where it begins a lifetime.
fn quote_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => {
            rest[2..].char_indices().skip(1).find(|(_, c)| *c == '\'').map_or(1, |(end, _)| end + 3)
        }
        Some(_) => chars.next().filter(|(_, c)| *c == '\'').map_or(1, |(end, _)| end + 1),
        None => 1,
    }
}

#[test]
fn code_comments_and_texts_are_told_apart() {
    let source = "let a = \"x // no\\\" comment\"; // yes 'a\nlet b: &'static str = r#\"raw \"quote\" \"#; let c = '\"'; let d = b'\\'';";
    let texts: Vec<&str> = parts(source)
        .into_iter()
        .filter_map(|(_, part)| if let Part::Text(text) = part { Some(text) } else { None })
        .collect();
    assert_eq!(texts, ["x // no\\\" comment", "raw \"quote\" ", "\"", "\\'"]);
    let comments = parts(source).into_iter().filter(|(_, part)| matches!(part, Part::Comment(_))).count();
    assert_eq!(comments, 1);
}
