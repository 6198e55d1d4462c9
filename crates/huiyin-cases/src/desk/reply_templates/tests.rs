//! What stands in templates, and what is filled in.

use super::blanks::{Blanks, complaint};
use super::shipped::{FILES, all};

const KNOWN: Blanks<'_> = Blanks {
    salutation: "林晚同学",
    no: "HY-20261122-0001",
    place: "图书馆",
    title: "灯不亮",
    category: "报修",
    unit: "后勤",
    phone: "8051",
    due: "11 月 25 日 10:00",
};

#[test]
fn every_shipped_file_is_a_template_and_leaves_no_blank_that_is_known() {
    let all: Vec<_> = all().collect();
    assert_eq!(all.len(), FILES.len());
    for template in all {
        assert_eq!(complaint(&template.words), "", "{}", template.id);
        let words = KNOWN.fill(&template.words);
        assert!(!words.contains(['{', '}']), "{}: {words}", template.id);
        assert!(words.starts_with("林晚同学："), "{}: {words}", template.id);
    }
}

#[test]
fn what_is_not_known_of_a_case_is_left_for_the_writer() {
    let unknown = Blanks { phone: "", place: "", due: "", ..KNOWN };
    assert_eq!(unknown.fill("请拨 {{电话}}，{{地点}}，{{ 期限 }}前。"), "请拨 【电话】，，【期限】前。");
}

#[test]
fn an_unknown_name_or_an_open_bracket_is_complained_about() {
    assert!(complaint("您好，{{姓名}}。").contains("没有「{{姓名}}」这一项"));
    assert!(complaint("您好，{{称呼。").contains("没有对应的「}}」"));
    assert_eq!(complaint("您好，{{ 受理编号 }}。"), "");
}
