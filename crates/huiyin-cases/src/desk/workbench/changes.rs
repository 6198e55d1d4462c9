//! What became of a text from one draft to the next, told in the parts of its sentences: kept, taken out, put in.
//!
//! Chinese is written without spaces and a single sign says little, so a text is cut behind its commas and stops: a reader
//! sees which clause is new, not which strokes.

/// A stretch of text in the order in which it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// In both drafts.
    Kept(String),
    /// Only in the earlier one.
    Out(String),
    /// Only in the later one.
    In(String),
}

/// From the earlier draft to the later.
pub fn changes(before: &str, after: &str) -> Vec<Change> {
    let (old, new) = (clauses(before), clauses(after));
    let common = longest_common(&old, &new);
    let (mut i, mut j, mut told) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            tell(&mut told, Change::Kept(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || common[i + 1][j] >= common[i][j + 1]) {
            tell(&mut told, Change::Out(old[i].to_owned()));
            i += 1;
        } else {
            tell(&mut told, Change::In(new[j].to_owned()));
            j += 1;
        }
    }
    told
}

/// Cut behind each sign that ends a clause.
fn clauses(text: &str) -> Vec<&str> {
    text.split_inclusive(['，', '。', '；', '：', '、', '！', '？', '\n']).collect()
}

/// In row i and column j: how many clauses the rests from i and from j have in common, in order.
fn longest_common(old: &[&str], new: &[&str]) -> Vec<Vec<u16>> {
    let mut common = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = if old[i] == new[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    common
}

/// Adds a stretch; one of the same sort as the last only makes that one longer.
fn tell(told: &mut Vec<Change>, change: Change) {
    match (told.last_mut(), &change) {
        (Some(Change::Kept(last)), Change::Kept(more))
        | (Some(Change::Out(last)), Change::Out(more))
        | (Some(Change::In(last)), Change::In(more)) => last.push_str(more),
        _ => told.push(change),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        let say = |change| match change {
            Change::Kept(words) => words,
            Change::Out(words) => format!("[-{words}]"),
            Change::In(words) => format!("[+{words}]"),
        };
        changes(before, after).into_iter().map(say).collect()
    }

    #[test]
    fn a_changed_clause_is_told_and_the_rest_is_kept() {
        let (before, after) = ("水工已到场，阀门换新。请放心。", "水工已到场，阀门周五换新。请放心。");
        assert_eq!(told(before, after), "水工已到场，[-阀门换新。][+阀门周五换新。]请放心。");
    }

    #[test]
    fn what_is_the_same_has_no_changes_and_what_is_new_is_all_new() {
        assert_eq!(told("已修好。", "已修好。"), "已修好。");
        assert_eq!(told("", "已修好。请看。"), "[+已修好。请看。]");
        assert_eq!(told("已修好。", ""), "[-已修好。]");
        assert!(changes("", "").is_empty());
    }

    #[test]
    fn both_drafts_can_be_read_off_the_changes() {
        let (before, after) = ("甲，乙。\n丙，丁", "乙。丙，戊；丁");
        let side = |wanted: fn(&Change) -> Option<&String>| -> String {
            changes(before, after).iter().filter_map(wanted).map(String::as_str).collect()
        };
        let old = side(|change| match change {
            Change::Kept(words) | Change::Out(words) => Some(words),
            Change::In(_) => None,
        });
        let new = side(|change| match change {
            Change::Kept(words) | Change::In(words) => Some(words),
            Change::Out(_) => None,
        });
        assert_eq!((old.as_str(), new.as_str()), (before, after));
    }
}
