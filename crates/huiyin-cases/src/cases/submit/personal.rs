//! Numbers in a text by which somebody can be known. They are pointed out before it is sent and never changed or refused
//! (1.7): whoever writes may have good reason to give them.

/// 「身份证号、手机号」; empty when there are none.
pub(super) fn numbers_in(text: &str) -> String {
    let mut found: Vec<&str> = Vec::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        let ends_an_identity_card = matches!(c, 'X' | 'x') && digits.len() == 17;
        if c.is_ascii_digit() || ends_an_identity_card {
            digits.push(c);
            continue;
        }
        if let Some(what) = kind_of(&digits)
            && !found.contains(&what)
        {
            found.push(what);
        }
        // Numbers are written in groups: 138 5311 2233.
        if !matches!(c, ' ' | '-') {
            digits.clear();
        }
    }
    found.join("、")
}

fn kind_of(digits: &str) -> Option<&'static str> {
    match digits.len() {
        18 => Some("身份证号"),
        11 if digits.starts_with('1') => Some("手机号"),
        10..=12 if digits.starts_with('0') => Some("电话号码"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::numbers_in;

    #[test]
    fn numbers_of_people_are_pointed_out_and_other_numbers_are_not() {
        assert_eq!(numbers_in("我的电话 138 5311 2233，身份证37010119990101123X"), "手机号、身份证号");
        assert_eq!(numbers_in("家里 0531-88886666 打不通"), "电话号码");
        assert_eq!(numbers_in("3 号楼 602 从 22:30 停水到 2026-11-24，一共 40 人"), "");
        assert_eq!(numbers_in("打 120 也打 8110"), "");
    }
}
