//! A school under load is killed: every number that somebody was given is there.

use super::killing::{School, kill};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;
use std::sync::mpsc::{Sender, channel};
use std::thread;

const REQUESTERS: usize = 4;

/// Sends a request and reads the whole answer; nothing if the school was gone before the end of it.
fn ask(address: &str, method: &str, path: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.contains("</html>").then_some(answer)
}

/// What stands between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

/// Brings in a case without a name, and gives the number it was given.
fn bring(address: &str, nth: usize) -> Option<String> {
    let form = ask(address, "GET", "/receipt", "")?;
    let token = between(&form, "name=\"_token\" value=\"", "\"")?;
    let body = format!(
        "_token={token}&kind=suggestion&title=%E5%A4%9A%E5%BC%80%E4%B8%80%E4%B8%AA%E7%AA%97%E5%8F%A3+{nth}&identity=anonymous&publish=no"
    );
    let receipt = ask(address, "POST", "/nameless/cases", &body)?;
    let number = between(&receipt, "HY-", "<")?;
    Some(format!("HY-{}", number.trim()))
}

/// Starts the school on a free port and says where it answers.
fn serve(school: &School) -> (Child, String) {
    let mut process = school.start(&["serve", "--listen", "127.0.0.1:0", "--rate-limits", "off"]);
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}"));
    (process, address.to_owned())
}

fn keep_bringing(address: String, requester: usize, given: Sender<String>) {
    let mut nth = requester * 10_000;
    while let Some(number) = bring(&address, nth) {
        given.send(number).unwrap();
        nth += 1;
    }
}

#[test]
fn a_school_killed_under_load_at_ten_points_keeps_every_number_it_gave() {
    let school = School::new();
    let mut promised: BTreeSet<String> = BTreeSet::new();
    for point in 0..10 {
        let (process, address) = serve(&school);
        let (give, given) = channel();
        let requesters: Vec<_> = (0..REQUESTERS)
            .map(|requester| {
                let (address, give) = (address.clone(), give.clone());
                thread::spawn(move || keep_bringing(address, requester, give))
            })
            .collect();
        drop(give);
        promised.extend(given.iter().take(4 + 3 * point));
        kill(process);
        for requester in requesters {
            requester.join().unwrap();
        }
        promised.extend(given.iter());
        let kept = school.numbers();
        let lost: Vec<&String> = promised.difference(&kept).collect();
        assert!(lost.is_empty(), "given and gone: {lost:?}");
        assert_eq!(school.verified_cases(), kept.len() as u64);
    }
    assert!(promised.len() >= 100, "{} numbers were given", promised.len());
}
