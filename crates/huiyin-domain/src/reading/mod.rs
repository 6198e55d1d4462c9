//! Reads the TOML files of a school: everything that is wrong with them is said at once, each thing with its line.
//!
//! A [`Sheet`] is one text, a [`Table`] one table of it. Asking a table for a key says what is wrong with the value and
//! answers with a stand-in, so that reading goes on; at the end nobody uses what was read if anything was complained of.
//! Keys nobody asked for are complained of too: a misspelt knob must not silently do nothing.

mod table;

pub(crate) use table::Table;

use std::cell::RefCell;
use std::fmt;
use toml::de::DeTable;

/// Something wrong with a preset or a calendar, for the administrator who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// Which file, as the caller named it.
    pub file: String,
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 第 {} 行：{}", self.file, self.line, self.reason)
    }
}

/// One text with what is wrong with it.
pub(crate) struct Sheet<'t> {
    file: &'t str,
    text: &'t str,
    root: DeTable<'t>,
    complaints: RefCell<Vec<Complaint>>,
}

impl<'t> Sheet<'t> {
    /// Reads the text; a text that is not TOML is complained of and gives what could be read of it.
    pub(crate) fn parse(text: &'t str, file: &'t str) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let sheet = Sheet { file, text, root: root.into_inner(), complaints: RefCell::default() };
        for error in errors {
            sheet.complain(error.span().map_or(0, |span| span.start), syntax_reason(error.message()));
        }
        sheet
    }

    /// The outermost table.
    pub(crate) fn root(&self) -> Table<'_> {
        Table::new(self, &self.root, 0, String::new())
    }

    /// Notes what is wrong at a byte of the text; of several complaints of the same line and wording one is enough.
    pub(crate) fn complain(&self, at: usize, reason: String) {
        let before = self.text.as_bytes().iter().take(at);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        let complaint = Complaint { file: self.file.to_owned(), line, reason };
        let mut complaints = self.complaints.borrow_mut();
        if !complaints.contains(&complaint) {
            complaints.push(complaint);
        }
    }

    /// Whether nothing was wrong so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.complaints.borrow().is_empty()
    }

    /// Everything that was wrong, in the order of the lines.
    pub(crate) fn complaints(&self) -> Vec<Complaint> {
        let mut complaints = self.complaints.borrow().clone();
        complaints.sort();
        complaints
    }
}

fn syntax_reason(message: &str) -> String {
    match message {
        "duplicate key" => "同一个键写了两次，请删去一处".to_owned(),
        other => format!("不是正确的 TOML 写法（{other}），请检查引号、等号和括号"),
    }
}
