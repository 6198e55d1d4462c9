//! The names of our letters (Message-ID): what is written into one, and what is read when somebody answers or a mail server
//! sends one back. A name holds chance and a keyed word, so that nobody can make one up.

/// Length of the id of a batch, as chance wrote it.
const ID_LENGTH: usize = 36;
/// Length of the keyed name of an exchange.
const EXCHANGE_LENGTH: usize = 32;

/// The left part of a name that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterName {
    /// The batch that left under it.
    pub batch: String,
    /// The exchange it belongs to; none when it went to somebody with an account.
    pub exchange: Option<String>,
}

impl LetterName {
    /// The left part of the name.
    pub fn written(&self) -> String {
        match &self.exchange {
            Some(exchange) => format!("{}.{exchange}", self.batch),
            None => self.batch.clone(),
        }
    }

    /// Reads a name; none if it cannot be one of ours. The right part, our domain, may have changed since.
    pub fn read(name: &str) -> Option<LetterName> {
        let (left, _) = name.trim_matches(['<', '>', ' ']).split_once('@')?;
        let (batch, exchange) = match left.split_once('.') {
            Some((batch, exchange)) => (batch, Some(exchange)),
            None => (left, None),
        };
        let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        let fits = batch.len() == ID_LENGTH
            && is_hex(batch)
            && exchange.is_none_or(|exchange| exchange.len() == EXCHANGE_LENGTH && is_hex(exchange));
        fits.then(|| LetterName { batch: batch.to_lowercase(), exchange: exchange.map(str::to_lowercase) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_ours_is_read_again_and_no_other_is() {
        let (batch, exchange) = ("0192f1c4-0000-7000-8000-0123456789ab".to_owned(), Some("0f".repeat(16)));
        for name in [LetterName { batch: batch.clone(), exchange }, LetterName { batch, exchange: None }] {
            let written = format!("<{}@example.edu.cn>", name.written());
            assert_eq!(LetterName::read(&written), Some(name));
        }
        for foreign in [
            "",
            "a@b",
            "0192f1c4-0000-7000-8000-0123456789ab",
            "<x.y@z>",
            "0192f1c4-0000-7000-8000-0123456789ab.00@h",
        ] {
            assert_eq!(LetterName::read(foreign), None, "{foreign}");
        }
    }
}
