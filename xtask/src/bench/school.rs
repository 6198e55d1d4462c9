//! The school that is measured: the demo's people and units, with as many cases imported as were asked for.
//!
//! The texts are made here from a few dozen phrases by counting, so that every run has the same ones.

use super::{Browser, Server};
use crate::errand::{House, must};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

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
        std::fs::write(&file, made_up(cases)).map_err(|e| format!("{}: {e}", file.display()))?;
        let began = Instant::now();
        must(school.call().args(["import", "cases"]).arg(&file).arg("--data").arg(&school.data))?;
        Ok((school, cases as f64 / began.elapsed().as_secs_f64()))
    }

    /// Opens the school and waits for its first good answer on this path.
    pub async fn open(&self, path: &str) -> Result<Server, String> {
        Server::start(self.call().args(["demo", "--seed", "1", "--data"]).arg(&self.data), path).await
    }

    /// How long the deadline sweep and the check of every record take, as the program says it.
    pub fn verify(&self) -> Result<Duration, String> {
        let began = Instant::now();
        must(self.call().arg("verify").arg("--data").arg(&self.data))?;
        Ok(began.elapsed())
    }

    fn call(&self) -> Command {
        let mut call = Command::new(&self.program);
        call.current_dir(&self.root).env("HUIYIN_ROOT", &self.root).env("RUST_LOG", "warn");
        // One machine sends what thousands of people would; the limits on floods are not what is measured.
        call.env("HUIYIN_RATE_LIMITS", "off");
        call
    }
}

/// Signs in by the demo's one click on the first role whose words are on the sign-in page.
pub async fn sign_in(server: &Server, role: &str) -> Result<Browser, String> {
    let mut browser = Browser::open(&server.address).await?;
    let page = browser.page("/sign-in").await?;
    let form = super::form::Form::holding(page.text(), role)
        .ok_or(format!("the sign-in page offers nobody called {role}"))?;
    let answer = browser.send(&form).await?;
    if answer.status.is_redirection() {
        Ok(browser)
    } else {
        Err(format!("signing in as {role} answered {}", answer.status))
    }
}

fn made_up(cases: u64) -> String {
    let mut file = String::from("time\ttitle\tbody\treply\treply_time\n");
    let pick =
        |list: &[&'static str], number: u64| list[usize::try_from(number).unwrap_or_default() % list.len()];
    for number in 0..cases {
        // Thirteen minutes apart from September 2025 on: twenty thousand fill half a year.
        let at = 1_756_684_800_000 + i64::try_from(number).unwrap_or_default() * 780_000;
        let (place, matter) = (pick(&PLACES, number / 12), pick(&MATTERS, number));
        let wish = pick(&WISHES, number / 7);
        write!(file, "{}\t{place}{matter}\t{place}从{}号起{matter}，{wish}", instant(at), number % 28 + 1)
            .ok();
        if number % 20 == 0 {
            file.push_str("\t\t\n");
        } else {
            writeln!(file, "\t您反映的{place}{matter}已经处理，谢谢您的提醒。\t{}", instant(at + 90_000_000))
                .ok();
        }
    }
    file
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
    fn every_line_has_all_columns() {
        assert!(made_up(100).lines().all(|line| line.split('\t').count() == 5));
    }
}
