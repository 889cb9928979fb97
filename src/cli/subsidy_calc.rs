//! `laoshan subsidy-calc FILE|-`: prices subsidy claims without a server or a database.

use std::io::{self, BufRead, BufWriter, Write};

use serde::Serialize;
use serde_path_to_error::{Path, Segment};

use crate::platform::text::Say;
use crate::say;
use crate::talent_loans::model::{QuoteFault, SubsidyQuoteBody, SubsidyQuoteView};
use crate::talent_loans::rules::subsidy::quote;

const DONE: i32 = 0;
const REFUSED: i32 = 1;
const ENVIRONMENT: i32 = 3;

/// Reads one quote, or with `lines` one per line, and writes the answers as JSON in the same order; a refused quote is
/// answered in its place by a problem object. Answers the exit code: 0 done, 1 something was refused, 3 reading or writing
/// failed.
pub fn run(input: impl BufRead, lines: bool, out: impl Write, mut err: impl Write) -> i32 {
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
    let body = match serde_json::from_slice::<SubsidyQuoteBody>(text) {
        Ok(body) => body,
        Err(e) => return Err(Problem::unreadable(json_fault(text, &e))),
    };
    quote(&body).map_err(Problem::refused)
}

/// What is answered in place of a quote: the problem shape of RFC 9457, each text in both languages.
#[derive(Serialize)]
struct Problem {
    title: String,
    status: u16,
    detail: String,
    code: &'static str,
    /// Of the input, from 1; only with JSON lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    errors: Vec<ProblemError>,
}

#[derive(Serialize)]
struct ProblemError {
    pointer: String,
    code: &'static str,
    detail: String,
}

impl Problem {
    /// Not such a document at all: reading ended at the first fault.
    fn unreadable(fault: QuoteFault) -> Self {
        let title = say!("请求内容无法读取", "the quote cannot be read");
        Self::new(400, "unreadable", &title, vec![fault])
    }

    fn refused(faults: Vec<QuoteFault>) -> Self {
        Self::new(422, "invalid", &say!("请求内容有误", "the quote has faults"), faults)
    }

    fn new(status: u16, code: &'static str, title: &Say, faults: Vec<QuoteFault>) -> Self {
        let n = faults.len();
        let detail = both(&say!("共 {n} 处错误，未作任何计算", "faults: {n}; nothing was computed"));
        let errors = faults.into_iter().map(|fault| ProblemError {
            detail: both(&fault.text),
            pointer: fault.pointer,
            code: fault.code,
        });
        Self { title: both(title), status, detail, code, line: None, errors: errors.collect() }
    }
}

fn json_fault(text: &[u8], plain: &serde_json::Error) -> QuoteFault {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let (mut pointer, message) = match serde_path_to_error::deserialize::<_, SubsidyQuoteBody>(&mut reader) {
        Err(e) => (pointer_of(e.path()), e.inner().to_string()),
        // Only what follows a readable document is wrong.
        Ok(_) => (String::new(), plain.to_string()),
    };
    let code = if plain.is_data() { data_code(&message) } else { "malformed_json" };
    if code == "missing_key" {
        let key = message.split('`').nth(1).unwrap_or_default();
        push_key(&mut pointer, key);
    }
    QuoteFault { pointer, code, text: say!("无法读取：{message}", "cannot be read: {message}") }
}

/// serde_json tells the kinds of data faults apart by their words only.
fn data_code(message: &str) -> &'static str {
    let kinds = [
        ("unknown field", "unknown_key"),
        ("missing field", "missing_key"),
        ("duplicate field", "duplicate_key"),
        ("unknown variant", "unknown_value"),
    ];
    match kinds.into_iter().find(|(start, _)| message.starts_with(start)) {
        Some((_, code)) => code,
        None if message.starts_with("invalid value: string") && message.contains("YYYY-MM-DD") => "invalid_date",
        None => "wrong_type",
    }
}

/// RFC 6901.
fn pointer_of(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push_key(&mut pointer, &index.to_string()),
            Segment::Map { key } => push_key(&mut pointer, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
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

    fn calc(input: &str, lines: bool) -> (i32, String, String) {
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

    fn fault_of(answer: &str) -> Value {
        serde_json::from_str::<Value>(answer).expect("json")["errors"][0].clone()
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
        assert_eq!(answers[3]["errors"][0]["code"], "negative_amount");
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
            (|q| q["loans"][0]["segments"][0]["to"] = json!("2025-02-30"), "/loans/0/segments/0/to", "invalid_date"),
            (|q| q["loans"][0]["segments"][0]["to"] = json!("2025-3-1"), "/loans/0/segments/0/to", "invalid_date"),
            (|q| q["claim_from"] = json!("2023-02-29"), "/claim_from", "invalid_date"),
            (|q| q["loans"][0]["colour"] = json!(1), "/loans/0/colour", "unknown_key"),
            (|q| q["loans"][0]["segments"][0]["rate_ppm"] = json!(3.45), "/loans/0/segments/0/rate_ppm", "wrong_type"),
            (|q| q["day_basis"] = json!("30/360"), "/day_basis", "unknown_value"),
            (|q| q["base"]["kind"] = json!("gift"), "/base/kind", "unknown_value"),
            (|q| q["base"]["points_ppm"] = json!(1), "/base", "unknown_key"),
            (|q| drop(q["loans"][0].as_object_mut().map(|loan| loan.remove("id"))), "/loans/0/id", "missing_key"),
        ];
        for (edit, pointer, code) in rows {
            let mut quote = a_quote();
            edit(&mut quote);
            let (exit, out, _) = calc(&quote.to_string(), false);
            let fault = fault_of(&out);
            assert_eq!((exit, &fault["pointer"], &fault["code"]), (1, &json!(pointer), &json!(code)), "{out}");
        }
    }

    #[test]
    fn text_that_is_no_json_or_goes_on_after_it_is_malformed() {
        for text in ["", "{", "not json", &format!("{} x", a_quote())] {
            let (exit, out, _) = calc(text, false);
            assert_eq!((exit, &fault_of(&out)["code"]), (1, &json!("malformed_json")), "{text}");
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
