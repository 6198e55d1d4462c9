//! The school that is measured: the demo's people and units, with as many cases imported as were asked for.
//!
//! The texts are made from the parts of sentences in phrases.toml by counting, so that every run has the same ones.

use super::phrases::{Draw, Phrases};
use super::{Browser, Server};
use crate::errand::{House, must};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

const DAY_MS: i64 = 86_400_000;
const YEAR_MS: i64 = 365 * DAY_MS;

/// Of four past cases one is shown to everybody.
const PUBLIC_EVERY: u64 = 4;

/// A folder of data for the program under test.
pub struct School {
    program: PathBuf,
    root: PathBuf,
    data: PathBuf,
}

impl School {
    /// Seeds the demo's school and imports the cases; hands back how many a second went in.
    pub async fn prepare(house: &House, folder: &Path, cases: u64) -> Result<(School, f64), String> {
        let data = folder.join(format!("school-{cases}"));
        std::fs::remove_dir_all(&data).ok();
        let school =
            School { program: house.target().join("release/huiyin"), root: house.root.clone(), data };
        drop(school.open("/healthz").await?);
        let file = folder.join(format!("cases-{cases}.tsv"));
        write_made_up(&file, cases).map_err(|e| format!("{}: {e}", file.display()))?;
        let began = Instant::now();
        must(school.call().args(["import", "cases"]).arg(&file).arg("--data").arg(&school.data))?;
        let took = began.elapsed();
        std::fs::remove_file(&file).ok();
        Ok((school, cases as f64 / took.as_secs_f64()))
    }

    /// Opens the school and waits for its first good answer on this path.
    pub async fn open(&self, path: &str) -> Result<Server, String> {
        Server::start(self.call().args(["demo", "--seed", "1", "--data"]).arg(&self.data), path).await
    }

    /// How long the check of every record takes; fails if it finds anything.
    pub fn verify(&self) -> Result<Duration, String> {
        let began = Instant::now();
        must(self.call().arg("verify").arg("--data").arg(&self.data))?;
        Ok(began.elapsed())
    }

    /// Megabytes of the whole database, and of them those of the index for finding.
    pub fn stored_mb(&self) -> Result<(f64, f64), String> {
        let path = self.data.join("huiyin.sqlite");
        let wrong = |e: rusqlite::Error| format!("{}: {e}", path.display());
        let db = rusqlite::Connection::open(&path).map_err(wrong)?;
        let bytes = |condition: &str| {
            let sql = format!("select coalesce(sum(pgsize), 0) from dbstat where {condition}");
            db.query_row(&sql, [], |row| row.get::<_, i64>(0)).map_err(wrong)
        };
        let (all, index) = (bytes("1")?, bytes("name glob '*_words_*' or name glob '*shelf_*'")?);
        Ok((all as f64 / 1e6, index as f64 / 1e6))
    }

    fn call(&self) -> Command {
        let mut call = Command::new(&self.program);
        call.current_dir(&self.root).env("HUIYIN_ROOT", &self.root);
        call.env("RUST_LOG", "error,huiyin::timetable=info");
        // One machine sends what thousands of people would; the limits on floods are not what is measured.
        call.env("HUIYIN_RATE_LIMITS", "off");
        call
    }
}

/// Somebody who sends things in.
pub const STUDENT: &str = "学生，";
/// An officer of a unit that has much to do.
pub const OFFICER: &str = "后勤管理处";

/// Signs in by the demo's one click, as the first person on the page beside whom these words stand.
pub async fn sign_in(server: &Server, role: &str) -> Result<Browser, String> {
    let mut browser = Browser::open(&server.address).await?;
    let page = browser.page("/sign-in").await?;
    let form = super::form::Form::holding(page.text(), role)
        .ok_or(format!("the sign-in page offers nobody with the words {role}"))?;
    let answer = browser.send(&form).await?;
    if answer.status.is_redirection() {
        Ok(browser)
    } else {
        Err(format!("signing in as {role} answered {}", answer.status))
    }
}

fn write_made_up(file: &Path, cases: u64) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(file)?);
    file.write_all(b"time\ttitle\tbody\treply\treply_time\tpublic\n")?;
    let (phrases, now_ms) = (Phrases::read(), now_ms());
    for number in 0..cases {
        file.write_all(made_up(&phrases, number, cases, now_ms).as_bytes())?;
    }
    file.flush()
}

/// One of the cases of one year up to the day before yesterday. Of the last two months every third is still open, which
/// makes some five in a hundred of all, and most of those are late: the first sweep has them all to note.
fn made_up(phrases: &Phrases, number: u64, cases: u64, now_ms: i64) -> String {
    let apart_ms = YEAR_MS / i64::try_from(cases.max(1)).unwrap_or(YEAR_MS);
    let age_ms = 2 * DAY_MS + apart_ms * i64::try_from(cases - number).unwrap_or_default();
    let (at, mut draw) = (now_ms - age_ms, Draw::new(number));
    let (title, body, reply) = phrases.case(&mut draw);
    if age_ms < 60 * DAY_MS && draw.one_in(3) {
        return format!("{}\t{title}\t{body}\t\t\t\n", instant(at));
    }
    let public = if draw.one_in(PUBLIC_EVERY) { "yes" } else { "" };
    format!("{}\t{title}\t{body}\t{reply}\t{}\t{public}\n", instant(at), instant(at + 25 * DAY_MS / 24))
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or_default()
}

/// A moment as RFC 3339 in Shanghai's time.
fn instant(ms: i64) -> String {
    let seconds = ms.div_euclid(1000) + 8 * 3600;
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days since the epoch to year, month and day: counted from March, so that the leap day comes last.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year_of_era + era * 400 + later;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}+08:00", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::{instant, made_up};
    use crate::bench::phrases::Phrases;
    use std::collections::HashSet;

    #[test]
    fn moments_are_written_in_shanghais_time() {
        assert_eq!(instant(0), "1970-01-01T08:00:00+08:00");
        assert_eq!(instant(1_756_684_800_000), "2025-09-01T08:00:00+08:00");
        assert_eq!(instant(1_709_136_000_000), "2024-02-29T00:00:00+08:00");
    }

    #[test]
    fn every_line_has_all_columns_and_one_in_twenty_is_open() {
        let phrases = Phrases::read();
        let lines: Vec<String> =
            (0..10_000).map(|number| made_up(&phrases, number, 10_000, 1_790_000_000_000)).collect();
        assert!(lines.iter().all(|line| line.split('\t').count() == 6 && line.ends_with('\n')));
        let open = lines.iter().filter(|line| line.ends_with("\t\t\t\n")).count();
        assert!((450..650).contains(&open), "{open}");
        let public = lines.iter().filter(|line| line.ends_with("\tyes\n")).count();
        assert!((2_000..2_800).contains(&public), "{public}");
        let bodies: HashSet<&str> = lines.iter().filter_map(|line| line.split('\t').nth(2)).collect();
        assert!(bodies.len() > 9_990, "{} of 10,000 tell the same", 10_000 - bodies.len());
    }
}
