//! Forms as a browser reads them: which fields a page would send back if nobody touched it.

/// A form found in a page.
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Name and value in the order of the page; what was typed is put in by `set`.
    pub fields: Vec<(String, String)>,
    /// Sent as multipart because it may carry files.
    pub is_multipart: bool,
}

impl Form {
    /// The form whose address begins so; scripts and buttons do not count.
    pub fn find(page: &str, action: &str) -> Option<Form> {
        page.split("<form")
            .skip(1)
            .map(|rest| Form::read(rest.split("</form").next().unwrap_or(rest)))
            .find(|form| form.action.starts_with(action))
    }

    /// The form in which these words stand, in its text or its values.
    pub fn holding(page: &str, words: &str) -> Option<Form> {
        let forms = page.split("<form").skip(1).map(|rest| rest.split("</form").next().unwrap_or(rest));
        forms.filter(|inside| inside.contains(words)).map(Form::read).next()
    }

    /// Fills in a field, or adds one that the page would have after a click.
    pub fn set(&mut self, name: &str, value: &str) {
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some(field) => field.1 = value.to_owned(),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
    }

    /// What a field holds, if the form has it.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body and its content type.
    pub fn encode(&self) -> (String, String) {
        if !self.is_multipart {
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish();
            return ("application/x-www-form-urlencoded".into(), body);
        }
        const EDGE: &str = "----------------------huiyin-bench";
        let mut body = String::new();
        for (name, value) in &self.fields {
            body.push_str(&format!(
                "--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str(&format!("--{EDGE}--\r\n"));
        (format!("multipart/form-data; boundary={EDGE}"), body)
    }

    fn read(inside: &str) -> Form {
        let (opening, rest) = inside.split_once('>').unwrap_or((inside, ""));
        let mut form = Form {
            action: attribute(opening, "action").unwrap_or_default(),
            fields: Vec::new(),
            is_multipart: attribute(opening, "enctype").is_some_and(|kind| kind.starts_with("multipart")),
        };
        for piece in rest.split('<').skip(1) {
            let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
            let name = attribute(tag, "name");
            let value = || attribute(tag, "value").unwrap_or_default();
            match tag.split(|c: char| !c.is_ascii_alphanumeric()).next() {
                Some("input") => match (attribute(tag, "type").as_deref(), name) {
                    (Some("submit" | "button" | "file" | "image" | "reset"), _) | (_, None) => {}
                    (Some("radio" | "checkbox"), Some(name)) => {
                        if has(tag, "checked") {
                            form.fields.push((name, value()));
                        }
                    }
                    (_, Some(name)) => form.fields.push((name, value())),
                },
                Some("textarea") => form.fields.extend(name.map(|name| (name, plain(after)))),
                Some("select") => form.fields.extend(name.map(|name| (name, String::new()))),
                Some("option") => {
                    // Belongs to the select before it; the first option stands until a selected one comes.
                    let is_first = form.fields.last().is_some_and(|(_, chosen)| chosen.is_empty());
                    if (is_first || has(tag, "selected"))
                        && let Some(field) = form.fields.last_mut()
                    {
                        field.1 = attribute(tag, "value").unwrap_or_else(|| plain(after.trim()));
                    }
                }
                _ => {}
            }
        }
        form
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag
        .match_indices(name)
        .map(|(at, _)| at)
        .find(|at| tag[..*at].ends_with(char::is_whitespace) && tag[at + name.len()..].starts_with("=\""))?;
    tag[start + name.len() + 2..].split('"').next().map(plain)
}

fn has(tag: &str, name: &str) -> bool {
    tag.split([' ', '\n', '/']).any(|word| word == name || word.starts_with(&format!("{name}=")))
}

/// Text without the escapes of HTML.
fn plain(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        said.push_str(before);
        let (code, tail) = after.split_once(';').unwrap_or((after, ""));
        let number = code.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
        let number = number.or_else(|| code.strip_prefix('#').map(str::parse));
        said.push(match (code, number) {
            ("amp", _) => '&',
            ("lt", _) => '<',
            ("gt", _) => '>',
            ("quot", _) => '"',
            (_, Some(Ok(number))) => char::from_u32(number).unwrap_or('\u{fffd}'),
            _ => '\u{fffd}',
        });
        rest = tail;
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::Form;

    const PAGE: &str = r#"<form action="/search"><input name="q"></form>
      <form class="say" action="/cases" method="post"><input type="hidden" name="_token" value="a&#38;b">
      <input type="radio" name="identity" value="named"><input type="radio" name="identity" value="anonymous" checked>
      <select name="place"><option value="">none</option><option value="east" selected>East</option></select>
      <textarea name="body">was typed</textarea><button name="go" value="1">Go</button></form>"#;

    #[test]
    fn a_form_sends_what_a_browser_would_send() {
        let mut form = Form::find(PAGE, "/cases").unwrap();
        form.set("body", "new & old");
        assert_eq!(form.encode().1, "_token=a%26b&identity=anonymous&place=east&body=new+%26+old");
        assert!(Form::find(PAGE, "/nowhere").is_none());
    }
}
