//! How far a page's record had grown, carried by its forms and read by nobody: a number in the open would tell by its gaps that
//! something stands in the record which the reader may not see.

use super::Page;
use crate::keys::Keys;
use std::fmt::Display;

impl Page {
    /// The mark of a record that had grown up to here; another one each time, also for the same number.
    pub fn mark(&self, of: &impl Display, at: &impl Display) -> String {
        self.keys.seal(&place(of), &at.to_string())
    }
}

/// Up to where the record had grown when this mark was made. A bare number is taken too: it only says how old a page claims to
/// be, and hides nothing.
pub fn marked(keys: &Keys, of: &impl Display, mark: &str) -> Option<u32> {
    mark.parse().ok().or_else(|| keys.open(&place(of), mark).ok()?.parse().ok())
}

fn place(of: &impl Display) -> String {
    format!("marks/{of}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_for_its_own_record_only_and_never_the_same_twice() {
        let keys = Keys::for_tests();
        let mark = |of: &str| keys.seal(&place(&of), "17");
        assert_eq!(marked(&keys, &"HY-1", &mark("HY-1")), Some(17));
        assert_eq!(marked(&keys, &"HY-2", &mark("HY-1")), None);
        assert_eq!(marked(&keys, &"HY-1", "3"), Some(3));
        assert_eq!(marked(&keys, &"HY-1", "-3"), None);
        assert_ne!(mark("HY-1"), mark("HY-1"));
    }
}
