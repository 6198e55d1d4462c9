//! Reads licence expressions as crates declare them: names joined by OR and AND, with brackets and exceptions.

/// Whether the expression can be met with allowed licences alone.
pub fn is_met(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    // Old manifests write "MIT/Apache-2.0" for OR.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, at: 0, is_allowed };
    let met = reader.any()?;
    if reader.at == words.len() {
        Ok(met)
    } else {
        Err(format!("“{expression}” is not a licence expression"))
    }
}

struct Reader<'a> {
    words: &'a [&'a str],
    at: usize,
    is_allowed: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn any(&mut self) -> Result<bool, String> {
        let mut met = self.all()?;
        while self.takes("OR") {
            met |= self.all()?;
        }
        Ok(met)
    }

    fn all(&mut self) -> Result<bool, String> {
        let mut met = self.one()?;
        while self.takes("AND") {
            met &= self.one()?;
        }
        Ok(met)
    }

    fn one(&mut self) -> Result<bool, String> {
        if self.takes("(") {
            let met = self.any()?;
            return if self.takes(")") { Ok(met) } else { Err("a bracket is not closed".into()) };
        }
        let name = self.words.get(self.at).ok_or("the expression ends too early")?;
        self.at += 1;
        if self.takes("WITH") {
            let exception = self.words.get(self.at).ok_or("the expression ends after WITH")?;
            self.at += 1;
            return Ok((self.is_allowed)(&format!("{name} WITH {exception}")) || (self.is_allowed)(name));
        }
        Ok((self.is_allowed)(name))
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_next = self.words.get(self.at).is_some_and(|next| next.eq_ignore_ascii_case(word));
        self.at += usize::from(is_next);
        is_next
    }
}

#[cfg(test)]
mod tests {
    use super::is_met;

    fn met(expression: &str) -> bool {
        is_met(expression, &|name| ["MIT", "Apache-2.0", "Unicode-3.0"].contains(&name)).unwrap()
    }

    #[test]
    fn one_allowed_alternative_is_enough() {
        assert!(met("GPL-2.0-only OR MIT"));
        assert!(met("MIT/Apache-2.0"));
        assert!(!met("GPL-2.0-only"));
    }

    #[test]
    fn every_part_of_an_and_must_be_allowed() {
        assert!(met("(MIT OR GPL-2.0-only) AND Unicode-3.0"));
        assert!(!met("MIT AND GPL-2.0-only"));
    }

    #[test]
    fn an_exception_widens_an_allowed_licence() {
        assert!(met("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only"));
    }

    #[test]
    fn nonsense_is_named() {
        assert!(is_met("MIT MIT", &|_| true).is_err());
        assert!(is_met("(MIT", &|_| true).is_err());
    }
}
