//! `laoshan subsidy-calc FILE|-`: prices subsidy claims without a server or a database.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::error::{AppError, Code, FieldCode, FieldError, ProblemField};
use crate::platform::http::pointer;
use crate::platform::text::Say;
use crate::say;
use crate::talent_loans::model::{SubsidyQuoteBody, SubsidyQuoteView};
use crate::talent_loans::rules::subsidy::quote;

use super::{DONE, ENVIRONMENT, Failure, REFUSED};

#[derive(Debug, Args)]
pub struct SubsidyCalc {
    /// The claim as JSON; `-` reads stdin.
    file: PathBuf,
    /// One claim per line; one answer per line, bad lines answered in their place.
    #[arg(long)]
    lines: bool,
}

impl SubsidyCalc {
    pub fn run(self) -> Result<u8, Failure> {
        let (out, err) = (io::stdout().lock(), io::stderr().lock());
        if self.file == Path::new("-") {
            return Ok(run(io::stdin().lock(), self.lines, out, err));
        }
        let file = File::open(&self.file);
        let file = file.map_err(|e| Failure::new(ENVIRONMENT, format!("{}: {e}", self.file.display())))?;
        Ok(run(BufReader::with_capacity(1 << 18, file), self.lines, out, err))
    }
}

/// Reads one quote, or with `lines` one per line, and writes the answers as JSON in the same order; a refused quote is
/// answered in its place by a problem object. Answers the exit code: 0 done, 1 something was refused, 3 reading or writing
/// failed.
pub fn run(input: impl BufRead, lines: bool, out: impl Write, mut err: impl Write) -> u8 {
    let mut out = BufWriter::with_capacity(1 << 18, out);
    let answered = if lines { answer_lines(input, &mut out) } else { answer_document(input, &mut out) };
    match answered.and_then(|tally| out.flush().map(|()| tally)) {
        Ok(Tally { refused: 0, .. }) => DONE,
        Ok(Tally { read, refused }) => {
            // The answer has been written; a closed stderr must not turn it into another one.
            let _ = writeln!(err, "{}", both(&say!("{read} 份中 {refused} 份被拒绝", "{refused} of {read} refused")));
            REFUSED
        }
        Err(e) => {
            let _ = writeln!(err, "{}", both(&say!("读写失败：{e}", "reading or writing failed: {e}")));
            ENVIRONMENT
        }
    }
}

#[derive(Default)]
struct Tally {
    read: usize,
    refused: usize,
}

impl Tally {
    fn count<T, E>(&mut self, answer: &Result<T, E>) {
        self.read += 1;
        self.refused += usize::from(answer.is_err());
    }
}

fn answer_document(mut input: impl BufRead, out: &mut impl Write) -> io::Result<Tally> {
    let mut text = vec![];
    input.read_to_end(&mut text)?;
    let answer = answer(without_bom(&text));
    match &answer {
        Ok(view) => serde_json::to_writer_pretty(&mut *out, view)?,
        Err(problem) => serde_json::to_writer_pretty(&mut *out, problem)?,
    }
    writeln!(out)?;
    let mut tally = Tally::default();
    tally.count(&answer);
    Ok(tally)
}

/// An empty line is answered too (by a problem), so that answer n always belongs to line n.
fn answer_lines(mut input: impl BufRead, out: &mut impl Write) -> io::Result<Tally> {
    let mut tally = Tally::default();
    let mut line = vec![];
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = if tally.read == 0 { without_bom(&line) } else { &line };
        let answer = answer(text).map_err(|problem| Problem { line: Some(tally.read + 1), ..problem });
        match &answer {
            Ok(view) => serde_json::to_writer(&mut *out, view)?,
            Err(problem) => serde_json::to_writer(&mut *out, problem)?,
        }
        out.write_all(b"\n")?;
        tally.count(&answer);
        line.clear();
    }
    Ok(tally)
}

fn answer(text: &[u8]) -> Result<SubsidyQuoteView, Problem> {
    // The reader that follows the path is slower, so only a quote that cannot be read is read by it.
    let body = serde_json::from_slice::<SubsidyQuoteBody>(text).map_err(|e| unreadable(text, &e))?;
    Ok(quote(&body)?)
}

/// What is answered in place of a quote: the problem shape of RFC 9457, each text in both languages.
#[derive(Serialize)]
struct Problem {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    code: &'static str,
    /// Of the input, from 1; only with JSON lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    errors: Vec<ProblemField>,
}

impl From<AppError> for Problem {
    fn from(e: AppError) -> Self {
        let field = |f: FieldError| ProblemField { pointer: f.pointer, code: f.code, detail: both(&f.say) };
        Self {
            kind: format!("/problems/{}", e.code.as_str()),
            title: both(&e.code.title()),
            status: e.code.status(),
            detail: e.detail.as_ref().map(both),
            code: e.code.as_str(),
            line: None,
            errors: e.fields.into_iter().map(field).collect(),
        }
    }
}

fn unreadable(text: &[u8], plain: &serde_json::Error) -> AppError {
    let detail = say!("无法读取：{plain}", "cannot be read: {plain}");
    let mut refused = AppError::with(Code::MalformedJson, detail);
    let mut reader = serde_json::Deserializer::from_slice(text);
    // A text that is no JSON, or goes on after it, is wrong as a whole; a fault of the data has a place.
    if plain.is_data()
        && let Err(e) = serde_path_to_error::deserialize::<_, SubsidyQuoteBody>(&mut reader)
    {
        let message = e.inner().to_string();
        let code = code_of(&message);
        let mut pointer = pointer(e.path());
        if code == FieldCode::Required {
            pointer = format!("{pointer}/{}", message.split('`').nth(1).unwrap_or_default());
        }
        let say = Say::new(format!("{}：{message}", code.title().zh), message);
        refused.fields.push(FieldError { pointer, code: code.as_str().into(), say });
    }
    refused
}

/// serde_json tells the kinds of data faults apart by their words only.
fn code_of(message: &str) -> FieldCode {
    let kinds = [
        ("unknown ", FieldCode::Unknown),
        ("missing field", FieldCode::Required),
        ("duplicate field", FieldCode::Duplicate),
        ("invalid value", FieldCode::Format),
    ];
    kinds.into_iter().find(|(start, _)| message.starts_with(start)).map_or(FieldCode::WrongType, |(_, code)| code)
}

/// Spreadsheet programs put a byte order mark before their UTF-8.
fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// A file of answers has no reader whose language is known.
fn both(text: &Say) -> String {
    format!("{} / {}", text.zh, text.en)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn calc(input: &str, lines: bool) -> (u8, String, String) {
        let (mut out, mut err) = (vec![], vec![]);
        let code = run(input.as_bytes(), lines, &mut out, &mut err);
        (code, String::from_utf8(out).expect("utf-8"), String::from_utf8(err).expect("utf-8"))
    }

    /// 5 million yuan at 3.45 % for a year, act/360, half of the interest.
    fn a_quote() -> Value {
        let segment =
            json!({"principal_fen": 500_000_000, "rate_ppm": 34_500, "from": "2025-03-10", "to": "2026-03-10"});
        json!({
            "day_basis": "act/360",
            "base": {"kind": "share_of_interest", "share_ppm": 500_000},
            "loans": [{"id": "L1", "segments": [segment]}],
        })
    }

    #[test]
    fn one_document_is_answered_by_one_document() {
        let (code, out, err) = calc(&format!("\u{feff}{}", a_quote()), false);
        assert_eq!((code, err.as_str()), (0, ""));
        let answer: Value = serde_json::from_str(&out).expect("json");
        let loan = &answer["loans"][0];
        assert_eq!(answer["total_fen"], 8_744_792);
        assert_eq!(answer["bound_by"], json!([]));
        assert_eq!((&loan["id"], &loan["eligible_days"], &loan["flags"]), (&json!("L1"), &json!(365), &json!([])));
        assert_eq!((&loan["interest_fen"], &loan["subsidy_fen"]), (&json!(17_489_583), &json!(8_744_792)));
        assert_eq!(loan["sheet"][0]["interest"], "6296250000000000/360000000");
    }

    #[test]
    fn bad_lines_are_answered_in_their_place_and_good_ones_still_computed() {
        let mut negative = a_quote();
        negative["loans"][0]["segments"][0]["principal_fen"] = json!(-1);
        let input = format!("{}\r\n{{\n\n{negative}\n{}", a_quote(), a_quote());
        let (code, out, err) = calc(&input, true);
        let answers: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("json")).collect();
        assert_eq!((code, answers.len()), (1, 5));
        assert_eq!((&answers[0]["total_fen"], &answers[4]["total_fen"]), (&json!(8_744_792), &json!(8_744_792)));
        for (i, status) in [(1, 400), (2, 400), (3, 422)] {
            assert_eq!((&answers[i]["status"], &answers[i]["line"]), (&json!(status), &json!(i + 1)));
        }
        assert_eq!(answers[3]["errors"][0]["pointer"], "/loans/0/segments/0/principal_fen");
        assert_eq!(answers[3]["errors"][0]["code"], "out_of_range");
        assert!(err.contains("3 of 5 refused"), "{err}");
    }

    #[test]
    fn no_lines_are_no_answers() {
        assert_eq!(calc("", true), (0, String::new(), String::new()));
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_pointer() {
        type Edit = fn(&mut Value);
        let rows: [(Edit, &str, &str); 9] = [
            (|q| q["loans"][0]["segments"][0]["to"] = json!("2025-02-30"), "/loans/0/segments/0/to", "format"),
            (|q| q["loans"][0]["segments"][0]["to"] = json!("2025-3-1"), "/loans/0/segments/0/to", "format"),
            (|q| q["claim_from"] = json!("2023-02-29"), "/claim_from", "format"),
            (|q| q["loans"][0]["colour"] = json!(1), "/loans/0/colour", "unknown"),
            (|q| q["loans"][0]["segments"][0]["rate_ppm"] = json!(3.45), "/loans/0/segments/0/rate_ppm", "wrong_type"),
            (|q| q["day_basis"] = json!("30/360"), "/day_basis", "unknown"),
            (|q| q["base"]["kind"] = json!("gift"), "/base/kind", "unknown"),
            (|q| q["base"]["points_ppm"] = json!(1), "/base", "unknown"),
            (|q| drop(q["loans"][0].as_object_mut().map(|loan| loan.remove("id"))), "/loans/0/id", "required"),
        ];
        for (edit, pointer, code) in rows {
            let mut quote = a_quote();
            edit(&mut quote);
            let (exit, out, _) = calc(&quote.to_string(), false);
            let fault = &serde_json::from_str::<Value>(&out).expect("json")["errors"][0];
            assert_eq!((exit, &fault["pointer"], &fault["code"]), (1, &json!(pointer), &json!(code)), "{out}");
        }
    }

    #[test]
    fn text_that_is_no_json_or_goes_on_after_it_is_malformed() {
        for text in ["", "{", "not json", &format!("{} x", a_quote())] {
            let (exit, out, _) = calc(text, false);
            let answer: Value = serde_json::from_str(&out).expect("json");
            assert_eq!((exit, &answer["code"], &answer["errors"]), (1, &json!("malformed_json"), &json!([])), "{text}");
        }
    }

    struct Broken;

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_answer_that_cannot_be_written_is_a_fault_of_the_environment() {
        assert_eq!(run(a_quote().to_string().as_bytes(), false, Broken, io::sink()), 3);
    }
}
