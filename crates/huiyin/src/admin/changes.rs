//! What a form changes in the settings, in words: every change is kept with what it was before (10.3).

/// The differences a form makes, one sentence each.
#[derive(Default)]
pub(super) struct Changes(Vec<String>);

impl Changes {
    /// Puts what was typed in the place of what stood there, and notes it if that is a difference.
    pub fn text(&mut self, label: &str, place: &mut String, typed: String) {
        if *place != typed {
            self.note(label, place, &typed);
            *place = typed;
        }
    }

    /// The same for a list of words.
    pub fn words(&mut self, label: &str, place: &mut Vec<String>, typed: Vec<String>) {
        if *place != typed {
            self.note(label, &place.join("、"), &typed.join("、"));
            *place = typed;
        }
    }

    /// The same for a yes or no.
    pub fn flag(&mut self, label: &str, place: &mut bool, typed: bool) {
        if *place != typed {
            self.note(label, yes_or_no(*place), yes_or_no(typed));
            *place = typed;
        }
    }

    /// Notes a difference if there is one.
    pub fn compare(&mut self, label: &str, before: &str, after: &str) {
        if before != after {
            self.note(label, before, after);
        }
    }

    /// Notes a difference.
    pub fn note(&mut self, label: &str, before: &str, after: &str) {
        self.0.push(format!("{label}：{} → {}", or_nothing(before), or_nothing(after)));
    }

    /// Everything that is different, after the name of what was changed; nothing if nothing is.
    pub fn about(self, whose: &str) -> Option<String> {
        if self.0.is_empty() { None } else { Some(format!("{whose}　{}", self.0.join("；"))) }
    }
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}

fn yes_or_no(flag: bool) -> &'static str {
    if flag { "是" } else { "否" }
}

/// The words of a box in which they stand apart by commas, semicolons, spaces or lines.
pub(super) fn split_words(typed: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in typed.split(|c: char| c.is_whitespace() || "、，,；;".contains(c)) {
        if !word.is_empty() && words.iter().all(|known| known != word) {
            words.push(word.to_owned());
        }
    }
    words
}
