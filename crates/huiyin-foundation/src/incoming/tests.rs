//! Letters as they come: odd encodings, broken ones, nested ones, and those no person wrote.

use super::*;
use data_encoding::BASE64;

fn letter(head: &str, body: &[u8]) -> Incoming {
    let bytes = [head.replace('\n', "\r\n").as_bytes(), b"\r\n\r\n", body].concat();
    read(&bytes, true)
}

const PLAIN: &str = "From: =?utf-8?B?5byg5LiJ?= <Zhang.San@Stu.Example.EDU.cn>\nSubject: =?gb2312?B?sai2wLCh?=\n\
                     Message-ID: <a1@stu.example.edu.cn>\nDate: Tue, 24 Nov 2026 09:58:00 +0800";

#[test]
fn a_plain_letter_is_read_with_its_sender_and_subject() {
    let read = letter(PLAIN, "灯坏了。\r\n\r\n请看看。".as_bytes());
    assert_eq!((read.from.as_str(), read.called.as_str()), ("zhang.san@stu.example.edu.cn", "张三"));
    assert_eq!((read.name.as_str(), read.subject.as_str()), ("a1@stu.example.edu.cn", "报独啊"));
    assert_eq!(read.words, "灯坏了。\n\n请看看。");
    assert_eq!((read.nature, read.is_whole), (Nature::Person, true));
}

#[test]
fn words_are_read_in_every_encoding_that_chinese_programs_write() {
    let words = "三号楼没有热水，已经两天了";
    let gbk = encoding_rs::GBK.encode(words).0.into_owned();
    let big5 = encoding_rs::BIG5.encode("三號樓沒有熱水").0.into_owned();
    let head = |kind: &str, how: &str| {
        format!(
            "{PLAIN}\nMIME-Version: 1.0\nContent-Type: text/plain{kind}\nContent-Transfer-Encoding: {how}"
        )
    };
    for charset in ["gb2312", "GBK", "gb18030", "\"gb2312\""] {
        let read = letter(&head(&format!("; charset={charset}"), "8bit"), &gbk);
        assert_eq!(read.words, words, "{charset}");
        let read = letter(&head(&format!("; charset={charset}"), "base64"), BASE64.encode(&gbk).as_bytes());
        assert_eq!(read.words, words, "{charset} in base64");
    }
    assert_eq!(letter(&head("; charset=big5", "8bit"), &big5).words, "三號樓沒有熱水");
    // Nothing said, or something nobody knows.
    for kind in ["", "; charset=x-unknown", "; charset=utf-8", "; charset=\"\""] {
        assert_eq!(letter(&head(kind, "8bit"), &gbk).words, words, "{kind}");
        assert_eq!(letter(&head(kind, "base64"), BASE64.encode(&gbk).as_bytes()).words, words, "{kind}");
    }
    assert_eq!(letter(PLAIN, &gbk).words, words);
}

#[test]
fn a_head_written_without_any_encoding_is_read_too() {
    let head =
        encoding_rs::GBK.encode("From: 李四 <li@example.edu.cn>\r\nSubject: 宿舍停电\r\n\r\n").0.into_owned();
    let read = read(&[&head[..], b"x"].concat(), true);
    assert_eq!((read.called.as_str(), read.subject.as_str()), ("李四", "宿舍停电"));
}

#[test]
fn broken_base64_and_bytes_that_are_no_letter_lose_no_words() {
    let head = format!("{PLAIN}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64");
    let read_broken = letter(&head, "5LiJ5Y+35qW8!!!!这里没有编码".as_bytes());
    assert!(!read_broken.words.is_empty(), "{read_broken:?}");
    assert!(!read(b"\xff\xfe\x00 no letter at all", true).words.contains('\0'));
    assert_eq!(read(b"", true).words, "");
}

#[test]
fn a_page_is_made_plain_and_its_scripts_and_styles_are_not_words() {
    let html = "<html><head><style>p{color:red}</style></head><body><p>食堂的<b>汤</b>凉了</p>\
                <script>alert(1)</script><p>请热一热</p></body></html>";
    let read = letter(&format!("{PLAIN}\nContent-Type: text/html; charset=utf-8"), html.as_bytes());
    assert!(read.words.contains("食堂的汤凉了") && read.words.contains("请热一热"), "{}", read.words);
    assert!(!read.words.contains("alert") && !read.words.contains("color") && !read.words.contains('<'));
}

fn nested(depth: usize, inner: &str) -> Vec<u8> {
    let mut body = format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{inner}\r\n");
    for level in 0..depth {
        body = format!(
            "Content-Type: multipart/mixed; boundary=\"b{level}\"\r\n\r\n--b{level}\r\n{body}\r\n--b{level}--\r\n"
        );
    }
    format!("{}\r\nMIME-Version: 1.0\r\n{body}", PLAIN.replace('\n', "\r\n")).into_bytes()
}

#[test]
fn twenty_parts_within_parts_are_read_and_a_hundred_thousand_end_nothing() {
    let read_twenty = read(&nested(20, "最里面的话"), true);
    assert_eq!((read_twenty.words.as_str(), read_twenty.is_whole), ("最里面的话", true));
    let open = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    let bytes = format!("{}\r\n{open}", PLAIN.replace('\n', "\r\n"));
    let read = read(bytes.as_bytes(), true);
    assert_eq!((read.subject.as_str(), read.is_whole), ("报独啊", false));
}

#[test]
fn attachments_are_known_by_content_and_only_the_ending_of_their_name_is_read() {
    let part = |head: &str| format!("--x\r\n{head}\r\nContent-Transfer-Encoding: base64\r\n\r\naGFsbG8=\r\n");
    let body = [
        "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n见附件\r\n".to_owned(),
        part("Content-Type: image/png; name=\"../../etc/passwd.png\""),
        part("Content-Type: application/msword\r\nContent-Disposition: attachment; filename*=utf-8''%E5%BC%A0%E4%B8%89.docx"),
        part("Content-Type: application/octet-stream; name=\"=?gbk?B?1cXI/S5wZGY=?=\"\r\nContent-Disposition: attachment"),
        part("Content-Type: application/x; name=\"a.b/../c\"\r\nContent-Disposition: attachment"),
        "--x--\r\n".to_owned(),
    ]
    .concat();
    let read = letter(
        &format!("{PLAIN}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x"),
        body.as_bytes(),
    );
    assert_eq!(read.words, "见附件");
    let endings: Vec<&str> = read.attachments.iter().map(|file| file.ending.as_str()).collect();
    assert_eq!(endings, ["png", "docx", "pdf", ""]);
    assert!(read.attachments.iter().all(|file| &file.bytes[..] == b"hallo"));
}

#[test]
fn what_no_person_wrote_is_told_from_what_a_person_wrote() {
    for (more, nature) in [
        ("", Nature::Person),
        ("Auto-Submitted: no", Nature::Person),
        ("X-Auto-Response-Suppress: OOF", Nature::Person),
        ("Auto-Submitted: auto-replied (vacation)", Nature::AutoReply),
        ("Auto-Submitted: auto-generated", Nature::Machine),
        ("X-Autoreply: yes", Nature::AutoReply),
        ("Precedence: bulk", Nature::Bulk),
        ("List-Id: <all.example.edu.cn>", Nature::Bulk),
        ("X-Loop: huiyin", Nature::Machine),
        ("Return-Path: <>", Nature::Machine),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", Nature::Bounce),
    ] {
        assert_eq!(letter(&format!("{PLAIN}\n{more}").replace("\n\n", "\n"), b"x").nature, nature, "{more}");
    }
    let away = "From: a@example.edu.cn\nSubject: 自动回复：我在休假\nIn-Reply-To: <x@example.edu.cn>";
    assert_eq!(letter(away, b"x").nature, Nature::AutoReply);
    assert_eq!(letter("From: a@example.edu.cn\nSubject: 自动回复功能坏了", b"x").nature, Nature::Person);
}

#[test]
fn a_reply_names_the_letters_before_it_and_a_bounce_the_one_that_came_back() {
    let reply = letter(&format!("{PLAIN}\nIn-Reply-To: <b@h>\nReferences: <a@h> <b@h>"), b"x");
    assert_eq!(reply.thread, ["b@h", "b@h", "a@h"]);
    let report = format!("{PLAIN}\nContent-Type: multipart/report; report-type=delivery-status; boundary=x");
    let body = b"--x\r\nContent-Type: text/plain\r\n\r\nno such user\r\n--x\r\nContent-Type: text/rfc822-headers\r\n\r\n\
                 Message-ID: <ours@example.edu.cn>\r\n\r\n--x--\r\n";
    let bounce = letter(&report, body);
    assert!(bounce.thread.contains(&"ours@example.edu.cn".to_owned()), "{:?}", bounce.thread);
}

#[test]
fn an_address_that_is_none_is_not_written_to() {
    for from in ["nobody", "<>", "\"a b\"@x.cn", "a@localhost", "a@b.cn\u{1}", ""] {
        assert_eq!(letter(&format!("From: {from}\nSubject: x"), b"x").from, "", "{from}");
    }
}
