//! The school that is measured: the demo's people and units, with as many cases imported as were asked for.
//!
//! The texts are made here from a few dozen phrases by counting, so that every run has the same ones.

use super::{Browser, Server};
use crate::errand::{House, must};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

const DAY_MS: i64 = 86_400_000;
const YEAR_MS: i64 = 365 * DAY_MS;

const PLACES: [&str; 8] = ["东区", "西区", "一号楼", "三号楼", "图书馆", "二食堂", "体育馆", "实验楼"];
const MATTERS: [&str; 12] = [
    "热水供应不稳定",
    "走廊的灯坏了",
    "无线网络常常断开",
    "自习座位不够",
    "晚餐时窗口排队太长",
    "洗衣机漏水",
    "选课系统打不开",
    "校车班次太少",
    "空调不制冷",
    "快递点关门太早",
    "门禁刷不开",
    "路面积水",
];
const WISHES: [&str; 5] =
    ["希望尽快看一看。", "请问什么时候能修好？", "建议增加人手。", "请告知处理办法。", "已经一周了。"];

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
        std::fs::write(&file, made_up(cases, now_ms())).map_err(|e| format!("{}: {e}", file.display()))?;
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

/// The cases of one year up to the day before yesterday. Of the last two months every third is still open, which makes
/// some five in a hundred of all, and most of those are late: the first sweep has them all to note.
fn made_up(cases: u64, now_ms: i64) -> String {
    let mut file = String::from("time\ttitle\tbody\treply\treply_time\n");
    let pick =
        |list: &[&'static str], chance: u64| list[usize::try_from(chance).unwrap_or_default() % list.len()];
    let apart_ms = YEAR_MS / i64::try_from(cases.max(1)).unwrap_or(YEAR_MS);
    for number in 0..cases {
        let age_ms = 2 * DAY_MS + apart_ms * i64::try_from(cases - number).unwrap_or_default();
        let at = now_ms - age_ms;
        let chance = mixed(number);
        let (place, matter, wish) =
            (pick(&PLACES, chance), pick(&MATTERS, chance >> 8), pick(&WISHES, chance >> 16));
        let floor = (chance >> 24) % 28 + 1;
        write!(file, "{}\t{place}{matter}\t{place}从{floor}号起{matter}，{wish}", instant(at)).ok();
        if age_ms < 60 * DAY_MS && (chance >> 32).is_multiple_of(3) {
            file.push_str("\t\t\n");
        } else {
            let answered_at = instant(at + 25 * DAY_MS / 24);
            writeln!(file, "\t您反映的{place}{matter}已经处理，谢谢您的提醒。\t{answered_at}").ok();
        }
    }
    file
}

/// A number that looks like chance and is the same in every run.
fn mixed(number: u64) -> u64 {
    let mut bits = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits ^ (bits >> 27)
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

    #[test]
    fn moments_are_written_in_shanghais_time() {
        assert_eq!(instant(0), "1970-01-01T08:00:00+08:00");
        assert_eq!(instant(1_756_684_800_000), "2025-09-01T08:00:00+08:00");
        assert_eq!(instant(1_709_136_000_000), "2024-02-29T00:00:00+08:00");
    }

    #[test]
    fn every_line_has_all_columns_and_one_in_twenty_is_open() {
        let file = made_up(10_000, 1_790_000_000_000);
        assert!(file.lines().all(|line| line.split('\t').count() == 5));
        let open = file.lines().filter(|line| line.ends_with("\t\t")).count();
        assert!((450..650).contains(&open), "{open}");
    }
}
