//! What goes over the wire of IMAP: a command with its tag, and answers cut into pieces (RFC 3501).
//!
//! Every answer is bounded: a line, a literal, and how many answers one command may have. Whoever is on the other side
//! can neither fill the memory nor keep us waiting for longer than the patience of one reading.

use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

/// Longest line of an answer, without its literals.
const LINE_BYTES_MAX: u64 = 1 << 20;
/// Most answers to one command.
const ANSWERS_MAX: usize = 100_000;

/// A connection, protected or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A piece of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Open,
    Close,
    /// A word, a quoted text or a literal.
    Text(Vec<u8>),
}

impl Piece {
    /// Whether it is this word, in any case.
    pub fn is(&self, word: &str) -> bool {
        matches!(self, Piece::Text(text) if text.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// It as a number.
    pub fn number(&self) -> Option<u64> {
        let Piece::Text(text) = self else { return None };
        std::str::from_utf8(text).ok()?.parse().ok()
    }
}

/// How a command ended.
pub(super) enum Ended {
    Done(Vec<Vec<Piece>>),
    /// The server says no, in its own words.
    Refused(String),
}

/// A connection that commands are sent over.
pub(super) struct Wire {
    stream: BufReader<Box<dyn Stream>>,
    tag: u32,
    patience: Duration,
}

impl Wire {
    pub fn new(stream: Box<dyn Stream>, patience: Duration) -> Wire {
        Wire { stream: BufReader::new(stream), tag: 0, patience }
    }

    /// The bare connection, to be protected. What came in before that is nobody's word.
    pub fn into_stream(self) -> Result<Box<dyn Stream>, String> {
        if !self.stream.buffer().is_empty() {
            return Err("收信服务器在加密之前说了不该说的话".to_owned());
        }
        Ok(self.stream.into_inner())
    }

    /// The greeting.
    pub async fn greeting(&mut self) -> Result<(), String> {
        let line = self.answer(0).await?;
        if line.get(1).is_some_and(|piece| piece.is("OK")) {
            return Ok(());
        }
        Err("收信服务器暂停服务".to_owned())
    }

    /// Sends a command and reads all that is answered; no literal may be longer than this.
    pub async fn call(&mut self, command: &str, literal_bytes_max: u64) -> Result<Ended, String> {
        self.tag += 1;
        let tag = format!("h{}", self.tag);
        let line = format!("{tag} {command}\r\n");
        let sent = async {
            self.stream.write_all(line.as_bytes()).await?;
            self.stream.flush().await
        };
        tokio::time::timeout(self.patience, sent).await.map_err(|_| silence())?.map_err(|_| broken())?;
        let mut answers = Vec::new();
        loop {
            let line = self.answer(literal_bytes_max).await?;
            match line.first() {
                Some(first) if first.is(&tag) => {
                    let is_done = line.get(1).is_some_and(|piece| piece.is("OK"));
                    return Ok(if is_done { Ended::Done(answers) } else { Ended::Refused(said(&line)) });
                }
                Some(first) if first.is("*") => {
                    if line.get(1).is_some_and(|piece| piece.is("BYE")) && command != "LOGOUT" {
                        return Err("收信服务器断开了连接".to_owned());
                    }
                    answers.push(line);
                    if answers.len() > ANSWERS_MAX {
                        return Err(unruly());
                    }
                }
                _ => return Err(unruly()),
            }
        }
    }

    /// One answer with its literals.
    async fn answer(&mut self, literal_bytes_max: u64) -> Result<Vec<Piece>, String> {
        let (patience, mut pieces, mut left) = (self.patience, Vec::new(), literal_bytes_max);
        loop {
            let line = tokio::time::timeout(patience, self.line()).await.map_err(|_| silence())??;
            let (words, literal) = cut(&line)?;
            pieces.extend(words);
            let Some(length) = literal else { return Ok(pieces) };
            left = left.checked_sub(length).ok_or_else(unruly)?;
            let mut text = Vec::new();
            let mut letter = (&mut self.stream).take(length);
            let read = letter.read_to_end(&mut text);
            // A long letter over a slow line: so long for each half megabyte.
            let patience = patience * (1 + u32::try_from(length >> 19).unwrap_or(u32::MAX).min(120));
            tokio::time::timeout(patience, read).await.map_err(|_| silence())?.map_err(|_| broken())?;
            if text.len() as u64 != length {
                return Err(broken());
            }
            pieces.push(Piece::Text(text));
        }
    }

    async fn line(&mut self) -> Result<Vec<u8>, String> {
        let mut line = Vec::new();
        (&mut self.stream).take(LINE_BYTES_MAX).read_until(b'\n', &mut line).await.map_err(|_| broken())?;
        match line.pop() {
            Some(b'\n') => {}
            Some(_) if line.len() as u64 + 1 == LINE_BYTES_MAX => return Err(unruly()),
            _ => return Err(broken()),
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(line)
    }
}

/// Cuts a line into pieces; says how long the literal is that follows it, if one does.
fn cut(line: &[u8]) -> Result<(Vec<Piece>, Option<u64>), String> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some(&byte) = line.get(at) {
        match byte {
            b' ' => at += 1,
            b'(' => {
                pieces.push(Piece::Open);
                at += 1;
            }
            b')' => {
                pieces.push(Piece::Close);
                at += 1;
            }
            b'"' => {
                let mut text = Vec::new();
                at += 1;
                loop {
                    match line.get(at) {
                        Some(b'"') => break,
                        Some(b'\\') => {
                            at += 1;
                            text.push(*line.get(at).ok_or_else(unruly)?);
                        }
                        Some(byte) => text.push(*byte),
                        None => return Err(unruly()),
                    }
                    at += 1;
                }
                at += 1;
                pieces.push(Piece::Text(text));
            }
            b'{' if line.ends_with(b"}") => {
                let digits = std::str::from_utf8(&line[at + 1..line.len() - 1]).unwrap_or_default();
                return Ok((pieces, Some(digits.parse().map_err(|_| unruly())?)));
            }
            _ => {
                let length = line[at..].iter().position(|byte| b" ()".contains(byte));
                let end = length.map_or(line.len(), |length| at + length);
                pieces.push(Piece::Text(line[at..end].to_vec()));
                at = end;
            }
        }
    }
    Ok((pieces, None))
}

/// What the server says besides no, without what might be personal in it: its code in brackets.
fn said(line: &[Piece]) -> String {
    let words = line.iter().skip(2).filter_map(|piece| match piece {
        Piece::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        _ => None,
    });
    let words = words.take_while(|word| word.starts_with('[') || word.ends_with(']'));
    words.collect::<Vec<_>>().join(" ")
}

fn silence() -> String {
    "收信服务器迟迟不答复".to_owned()
}

fn broken() -> String {
    "收信服务器中断了连接".to_owned()
}

fn unruly() -> String {
    "收信服务器的答复读不懂".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Piece {
        Piece::Text(words.as_bytes().to_vec())
    }

    #[test]
    fn an_answer_is_cut_into_words_quotes_brackets_and_literals() {
        let (pieces, literal) = cut(b"* 3 FETCH (UID 7 RFC822.SIZE 41 BODY[]<0> {12}").unwrap();
        let words = ["*", "3", "FETCH"].map(text).into_iter().chain([Piece::Open]);
        let rest = ["UID", "7", "RFC822.SIZE", "41", "BODY[]<0>"].map(text);
        assert_eq!(pieces, words.chain(rest).collect::<Vec<_>>());
        assert_eq!(literal, Some(12));
        let (pieces, literal) = cut(br#"* LIST (\HasNoChildren) "." "a \"b\"""#).unwrap();
        assert_eq!((pieces.last(), literal), (Some(&text("a \"b\"")), None));
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for line in [&b"* OK \"open"[..], b"* {x}", b"* {99999999999999999999}", b"* \"\\"] {
            assert!(cut(line).is_err(), "{}", String::from_utf8_lossy(line));
        }
    }
}
