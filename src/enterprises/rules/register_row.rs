//! Rows of a commercial register as enterprises: every cell read and checked, all faults of a row told at once.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::capital::Capital;
use super::credit_code::CreditCode;
use super::record::status_of;
use super::register_date::read_date;
use super::tracks::track_of;
use crate::enterprises::model::EnterpriseStatus;
use crate::platform::table_file::{ColumnSpec, HeaderFault, HeaderMap, Table, TableRow, map_header};
use crate::platform::text::Say;
use crate::programme::RuleSet;

/// What a register may say of an enterprise. Names of persons have no column here on purpose.
pub const COLUMNS: &[ColumnSpec] = &[
    required("name", &["企业名称", "名称", "单位名称", "公司名称", "name", "enterprise_name", "company_name"]),
    required(
        "credit_code",
        &["统一社会信用代码", "信用代码", "社会信用代码", "credit_code", "uscc", "unified_social_credit_code"],
    ),
    optional("english_name", &["英文名称", "企业英文名称", "english_name", "name_en"]),
    optional(
        "registered_on",
        &["注册日期", "成立日期", "注册时间", "成立时间", "registered_on", "registration_date", "established_on"],
    ),
    optional("kind", &["企业类型", "类型", "企业性质", "kind", "enterprise_type"]),
    optional("capital", &["注册资金", "注册资本", "registered_capital", "capital"]),
    optional("business_scope", &["经营范围", "business_scope"]),
    optional("province", &["所在省份", "省份", "省", "province"]),
    optional("city", &["地区", "城市", "所在城市", "所在地区", "city"]),
    optional("address", &["注册地址", "地址", "住所", "registered_address", "address"]),
    optional("tracks", &["赛道", "所属赛道", "赛道代码", "tracks", "track"]),
    optional("park", &["园区", "所属园区", "所在园区", "park"]),
    optional("status", &["登记状态", "经营状态", "企业状态", "状态", "status"]),
];

const fn required(key: &'static str, names: &'static [&'static str]) -> ColumnSpec {
    ColumnSpec { key, names, required: true }
}

const fn optional(key: &'static str, names: &'static [&'static str]) -> ColumnSpec {
    ColumnSpec { key, names, required: false }
}

/// One enterprise as the register states it. `None` and an empty list mean the register does not say, so what is
/// known already stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// As Excel counts, the header being 1.
    pub number: usize,
    pub name: String,
    pub credit_code: CreditCode,
    pub english_name: Option<String>,
    pub registered_on: Option<NaiveDate>,
    /// 企业类型, in the register's words.
    pub kind: Option<String>,
    /// Out of the cell as it stands: `N/A` is `Unknown` with that text.
    pub capital: Capital,
    /// The capital in the register's words, when it says anything at all.
    pub capital_text: Option<String>,
    pub business_scope: Option<String>,
    pub province: Option<String>,
    /// 地区: prefecture-level city.
    pub city: Option<String>,
    pub address: Option<String>,
    /// Track codes, once each.
    pub tracks: Vec<String>,
    pub park: Option<String>,
    pub status: Option<EnterpriseStatus>,
}

/// One thing wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The header as the file writes it; empty when the row as a whole is at fault.
    pub column: String,
    pub code: &'static str,
    pub say: Say,
}

/// A whole register read. A row is in exactly one of the two lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterReading {
    pub rows: Vec<RegisterRow>,
    /// Row numbers with all their faults, in the order of the file.
    pub rejected: Vec<(usize, Vec<RowFault>)>,
    /// Headers that mean nothing to us, as written.
    pub unknown_columns: Vec<String>,
}

/// Reads every row of a register. `today` is the business day: nothing is registered after it.
pub fn read_register(rules: &RuleSet, table: &Table, today: NaiveDate) -> Result<RegisterReading, Vec<HeaderFault>> {
    let header = map_header(&table.header, COLUMNS)?;
    let mut repeated = repeated_codes(&header, &table.rows);
    let (mut rows, mut rejected) = (Vec::new(), Vec::new());
    for row in &table.rows {
        match (read_row(rules, &header, row, today), repeated.remove(&row.number)) {
            (Ok(sound), None) => rows.push(sound),
            (outcome, repetition) => {
                let mut faults = outcome.err().unwrap_or_default();
                faults.extend(repetition);
                rejected.push((row.number, faults));
            }
        }
    }
    Ok(RegisterReading { rows, rejected, unknown_columns: header.unknown })
}

/// Reads one row, by itself: codes that occur twice in a file are found by [`repeated_codes`].
pub fn read_row(
    rules: &RuleSet,
    header: &HeaderMap,
    row: &TableRow,
    today: NaiveDate,
) -> Result<RegisterRow, Vec<RowFault>> {
    let mut cells = Cells { header, row, faults: Vec::new() };
    if header.overrun_by(row) {
        let say = crate::say!(
            "该行的单元格比表头多，可能是逗号未加引号",
            "the row has more cells than the header: perhaps a comma without quotes"
        );
        cells.faults.push(RowFault { column: String::new(), code: "too_many_cells", say });
    }
    let name = cells.required_text("name", 200);
    let credit_code = cells.credit_code();
    let english_name = cells.text("english_name", 300);
    let registered_on = cells.date("registered_on", today);
    let kind = cells.text("kind", 100);
    let capital = Capital::parse(header.cell(row, "capital"));
    let capital_text = cells.text("capital", 100);
    let business_scope = cells.text("business_scope", 10_000);
    let province = cells.text("province", 100);
    let city = cells.text("city", 100);
    let address = cells.text("address", 500);
    let tracks = cells.tracks(rules, "tracks", 500);
    let park = cells.text("park", 200);
    let status = cells.status("status");
    match (name, credit_code) {
        (Some(name), Some(credit_code)) if cells.faults.is_empty() => Ok(RegisterRow {
            number: row.number,
            name,
            credit_code,
            english_name,
            registered_on,
            kind,
            capital,
            capital_text,
            business_scope,
            province,
            city,
            address,
            tracks,
            park,
            status,
        }),
        _ => Err(cells.faults),
    }
}

/// Rows whose credit code an earlier row has already, by row number; each fault names the first row. Rows with
/// other faults count too, so that nothing new comes up once those are mended.
pub fn repeated_codes(header: &HeaderMap, rows: &[TableRow]) -> HashMap<usize, RowFault> {
    let mut first_rows: HashMap<CreditCode, usize> = HashMap::new();
    let mut repeated = HashMap::new();
    for row in rows {
        let Ok(code) = CreditCode::parse(header.cell(row, "credit_code")) else { continue };
        let first = *first_rows.entry(code).or_insert(row.number);
        if first != row.number {
            let column = header.text("credit_code").unwrap_or_default().to_owned();
            let say = crate::say!(
                "统一社会信用代码与第 {first} 行重复",
                "the unified social credit code is already in row {first}"
            );
            repeated.insert(row.number, RowFault { column, code: "duplicate_in_file", say });
        }
    }
    repeated
}

/// The cells of one row, with the faults found so far.
struct Cells<'a> {
    header: &'a HeaderMap,
    row: &'a TableRow,
    faults: Vec<RowFault>,
}

impl<'a> Cells<'a> {
    /// Registers write `N/A` or a dash for "not known".
    fn stated(&self, key: &str) -> Option<&'a str> {
        let text = self.header.cell(self.row, key);
        let says_nothing =
            matches!(text, "" | "-" | "--" | "—" | "——" | "－" | "/") || text.eq_ignore_ascii_case("n/a");
        if says_nothing { None } else { Some(text) }
    }

    fn fault(&mut self, key: &str, code: &'static str, say: Say) {
        let column = self.header.text(key).unwrap_or(key).to_owned();
        self.faults.push(RowFault { column, code, say });
    }

    fn text(&mut self, key: &str, longest: usize) -> Option<String> {
        let text = self.stated(key)?;
        if text.chars().count() > longest {
            self.fault(
                key,
                "too_long",
                crate::say!("内容过长，最多 {longest} 个字符", "too long: {longest} characters at most"),
            );
            return None;
        }
        Some(text.to_owned())
    }

    fn required_text(&mut self, key: &str, longest: usize) -> Option<String> {
        if self.stated(key).is_none() {
            self.fault(key, "required", crate::say!("必填，不能为空", "required, but empty"));
        }
        self.text(key, longest)
    }

    fn credit_code(&mut self) -> Option<CreditCode> {
        let text = self.required_text("credit_code", usize::MAX)?;
        CreditCode::parse(&text).map_err(|fault| self.fault("credit_code", fault.code(), fault.say())).ok()
    }

    fn date(&mut self, key: &str, today: NaiveDate) -> Option<NaiveDate> {
        let text = self.stated(key)?;
        let Some(date) = read_date(text) else {
            self.fault(
                key,
                "date_format",
                crate::say!("不是有效日期，应形如 2000-01-31", "not a date: write it like 2000-01-31"),
            );
            return None;
        };
        let earliest = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a real date");
        if date < earliest || date > today {
            self.fault(
                key,
                "date_range",
                crate::say!("日期应在 {earliest} 至 {today} 之间", "the date must lie between {earliest} and {today}"),
            );
            return None;
        }
        Some(date)
    }

    /// By code or by name.
    fn tracks(&mut self, rules: &RuleSet, key: &str, longest: usize) -> Vec<String> {
        let Some(text) = self.text(key, longest) else { return Vec::new() };
        let mut codes: Vec<String> = Vec::new();
        for item in text.split([',', '，', ';', '；', '、', '|', '\n']).map(str::trim).filter(|item| !item.is_empty())
        {
            match track_of(rules, item) {
                Some(code) if codes.iter().any(|known| known == code) => {}
                Some(code) => codes.push(code.to_owned()),
                None => {
                    self.fault(key, "track_unknown", crate::say!("没有赛道“{item}”", "there is no track \"{item}\""));
                }
            }
        }
        codes
    }

    fn status(&mut self, key: &str) -> Option<EnterpriseStatus> {
        let text = self.stated(key)?;
        let status = status_of(text);
        if status.is_none() {
            let say = crate::say!("不认识的状态“{text}”", "\"{text}\" is no status known here");
            self.fault(key, "status_unknown", say);
        }
        status
    }
}

#[cfg(test)]
mod tests {
    use super::super::capital::Currency;
    use super::*;
    use crate::platform::table_file::read_table;
    use crate::programme::laoshan_2026;

    fn day(text: &str) -> NaiveDate {
        read_date(text).unwrap()
    }

    fn read(csv: &str) -> RegisterReading {
        read_register(laoshan_2026(), &read_table(csv.as_bytes(), 1000).unwrap(), day("2026-11-23")).unwrap()
    }

    /// Row number, column and code of every fault.
    fn faults(reading: &RegisterReading) -> Vec<(usize, &str, &str)> {
        let all = reading.rejected.iter();
        all.flat_map(|(row, faults)| faults.iter().map(|fault| (*row, fault.column.as_str(), fault.code))).collect()
    }

    #[test]
    fn no_header_spelling_means_two_columns() {
        for spec in COLUMNS {
            for name in spec.names {
                let header: Vec<String> = [*name, "企业名称", "信用代码"].map(String::from).to_vec();
                let keys = match map_header(&header, COLUMNS) {
                    Ok(map) => COLUMNS.iter().filter(|other| map.text(other.key) == Some(name)).count(),
                    // The required columns meet themselves.
                    Err(faults) => {
                        assert!(spec.required && faults.len() == 1, "{name}");
                        1
                    }
                };
                assert_eq!(keys, 1, "{name}");
            }
        }
    }

    #[test]
    fn a_full_row_is_read_whatever_the_order_and_language_of_the_headers() {
        let reading = read(
            "备注,USCC,*企业名称（必填）,Registered On,企业类型,注册资本,经营范围,所在省份,地区,住所,赛道,Park,英文名称,登记状态\n\
             x,91370212maqjwylf5k,青岛示例海洋科技有限公司,2015年3月9日,有限责任公司,500(万元人民币),\"海洋仪器,软件\",山东,青岛,\
             崂山区示例路1号,太赫兹、deep_sea；terahertz,示例园,Qingdao Demo Ocean,在营\n",
        );
        let row = RegisterRow {
            number: 2,
            name: "青岛示例海洋科技有限公司".into(),
            credit_code: CreditCode::parse("91370212MAQJWYLF5K").unwrap(),
            english_name: Some("Qingdao Demo Ocean".into()),
            registered_on: Some(day("2015-03-09")),
            kind: Some("有限责任公司".into()),
            capital: Capital::Known { amount_fen: 500_000_000, currency: Currency::Cny },
            capital_text: Some("500(万元人民币)".into()),
            business_scope: Some("海洋仪器,软件".into()),
            province: Some("山东".into()),
            city: Some("青岛".into()),
            address: Some("崂山区示例路1号".into()),
            tracks: vec!["terahertz".into(), "deep_sea".into()],
            park: Some("示例园".into()),
            status: Some(EnterpriseStatus::Active),
        };
        assert_eq!(
            reading,
            RegisterReading { rows: vec![row], rejected: vec![], unknown_columns: vec!["备注".into()] }
        );
    }

    #[test]
    fn cells_that_say_nothing_are_absent() {
        for nothing in ["", "N/A", "n/a", "-", "--", "——", "/"] {
            let csv = format!(
                "企业名称,信用代码,注册日期,企业类型,注册资金,赛道\n示例,91370212MAQJWYLF5K,{nothing},{nothing},{nothing},{nothing}\n"
            );
            let reading = read(&csv);
            let row = &reading.rows[0];
            assert_eq!((row.registered_on, &row.kind, &row.capital_text), (None, &None, &None), "{nothing}");
            assert_eq!(row.capital, Capital::Unknown { text: nothing.to_owned() });
            assert!(row.tracks.is_empty());
        }
    }

    #[test]
    fn all_faults_of_a_row_are_told_at_once_under_the_headers_of_the_file() {
        let long = "长".repeat(201);
        let reading = read(&format!(
            "Name,统一社会信用代码,成立日期,住所\n\
             ,91370212MAQJWYLF5F,2000-02-30,x\n\
             {long},N/A,2026-11-24,x\n\
             示例,91370212MAQJWYLF5I,1899-12-31,x\n\
             示例,91370212MA55TH2H71,2000-01-31,崂山区,示例路\n\
             示例,91370212MA55TH2H7,36526,x\n"
        ));
        assert!(reading.rows.is_empty());
        assert_eq!(
            faults(&reading),
            [
                (2, "Name", "required"),
                (2, "统一社会信用代码", "credit_code_check"),
                (2, "成立日期", "date_format"),
                (3, "Name", "too_long"),
                (3, "统一社会信用代码", "required"),
                (3, "成立日期", "date_range"),
                (4, "统一社会信用代码", "credit_code_letter"),
                (4, "成立日期", "date_range"),
                (5, "", "too_many_cells"),
                (6, "统一社会信用代码", "credit_code_length"),
                (6, "成立日期", "date_format"),
            ]
        );
    }

    #[test]
    fn a_track_or_status_nobody_knows_is_a_fault() {
        let reading = read(
            "企业名称,信用代码,所属赛道,经营状态\n甲,91370212MAQJWYLF5K,太赫兹、炼金术,不明\n乙,91370212MA55TH2H71,,注销\n",
        );
        assert_eq!(faults(&reading), [(2, "所属赛道", "track_unknown"), (2, "经营状态", "status_unknown")]);
        assert_eq!(reading.rows[0].status, Some(EnterpriseStatus::Deregistered));
    }

    #[test]
    fn a_name_may_have_two_hundred_characters() {
        let reading = read(&format!("企业名称,信用代码\n{},91370212MAQJWYLF5K\n", "长".repeat(200)));
        assert_eq!(reading.rows.len(), 1);
    }

    #[test]
    fn a_repeated_code_names_the_first_row_even_if_that_one_is_faulty() {
        let reading = read(
            "企业名称,信用代码\n\
             ,91370212MAQJWYLF5K\n\
             甲,91370212MA55TH2H71\n\
             \n\
             乙,91370212-maqjwylf5k\n\
             丙,9137 0212 MAQJ WYLF 5K\n",
        );
        assert_eq!(reading.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [3]);
        assert_eq!(
            faults(&reading),
            [(2, "企业名称", "required"), (5, "信用代码", "duplicate_in_file"), (6, "信用代码", "duplicate_in_file")]
        );
        assert!(reading.rejected[2].1[0].say.en.ends_with("already in row 2"));
    }

    #[test]
    fn a_register_without_its_required_columns_is_refused() {
        let table = read_table("企业名称,名称,地址\nx,y,z\n".as_bytes(), 10).unwrap();
        let codes: Vec<_> = read_register(laoshan_2026(), &table, day("2026-11-23"))
            .unwrap_err()
            .iter()
            .map(HeaderFault::code)
            .collect();
        assert_eq!(codes, ["column_duplicate", "column_missing"]);
    }
}
