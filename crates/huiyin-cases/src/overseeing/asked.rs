//! What is asked of these lists: letters, and where the list goes on.

use serde::Deserialize;

/// As many letters are looked for at once.
const LETTERS_MAX: usize = 60;

/// The question in the address.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    /// The last line of the page before; empty on the first.
    #[serde(default)]
    pub after: String,
}

impl Asked {
    /// The letters that were typed, without what cannot be seen.
    pub fn letters(&self) -> String {
        self.q.trim().chars().filter(|c| !c.is_control()).take(LETTERS_MAX).collect()
    }
}

/// Letters as a pattern of `like`, its own signs taken as letters.
pub(super) fn pattern(letters: &str) -> String {
    let letters = letters.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{letters}%")
}

/// The address of the same question, for the next page to go on behind it.
pub(super) fn address(path: &str, letters: &str) -> String {
    let letters: String = form_urlencoded::byte_serialize(letters.as_bytes()).collect();
    format!("{path}?q={letters}&")
}
