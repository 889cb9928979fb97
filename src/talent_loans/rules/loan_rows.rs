//! Rows of a bank's list of loans. Columns are called after the fields of the form, so that a fault of either finds its place.

use std::collections::HashMap;

use super::tables::{CellFault, Cells, optional, required};
use crate::error::{FieldCode, FieldError};
use crate::platform::table_file::{ColumnSpec, HeaderFault, HeaderMap, Table, TableRow, map_header};
use crate::say;
use crate::talent_loans::model::*;

pub const COLUMNS: &[ColumnSpec] = &[
    required("contract_no", &["合同编号", "借款合同编号", "合同号", "contract_no"]),
    required("credit_code", &["统一社会信用代码", "信用代码", "credit_code", "uscc"]),
    required("id_number", &["人才证件号码", "证件号码", "身份证号", "id_number"]),
    optional("id_document", &["人才证件类型", "证件类型", "id_document"]),
    // The unit is part of the name: an amount in 万元 must not be taken for yuan.
    required("principal_fen", &["贷款金额（元）", "贷款本金（元）", "合同金额（元）", "principal_yuan"]),
    optional("currency", &["币种", "currency"]),
    optional("day_basis", &["计息基础", "day_basis"]),
    required("kind", &["定价方式", "利率类型", "pricing"]),
    optional("rate_ppm", &["年利率（%）", "固定年利率（%）", "rate_percent"]),
    optional("tenor", &["LPR期限", "lpr_tenor"]),
    optional("spread_bp", &["加点（BP）", "LPR加点（BP）", "spread_bp"]),
    optional("repricing", &["重定价周期", "重定价方式", "repricing"]),
    required("signed_on", &["签约日期", "签订日期", "signed_on"]),
    required("matures_on", &["到期日期", "到期日", "matures_on"]),
    required("purpose", &["贷款用途", "用途", "purpose"]),
    optional("purpose_note", &["用途说明", "purpose_note"]),
];

pub struct LoanRows<'t> {
    header: HeaderMap,
    /// Rows that could be read.
    pub rows: Vec<(&'t TableRow, CreateLoanBody)>,
    pub faults: Vec<CellFault>,
}

impl LoanRows<'_> {
    /// A fault of the form as one of the row it came from.
    pub fn place(&self, row: usize, fault: FieldError) -> CellFault {
        let key = fault.pointer.rsplit('/').next().unwrap_or_default();
        // A row names the parties by their numbers only.
        let key = match key {
            "enterprise_id" => "credit_code",
            "talent_id" => "id_number",
            key => key,
        };
        CellFault {
            row,
            column: self.header.text(key).unwrap_or_default().to_owned(),
            code: fault.code,
            say: fault.say,
        }
    }
}

pub fn read_loan_rows(table: &Table) -> Result<LoanRows<'_>, Vec<HeaderFault>> {
    let header = map_header(&table.header, COLUMNS)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for row in &table.rows {
        let mut cells = Cells::new(&header, row);
        let body = read_row(&mut cells);
        if let Some(number) = cells.text("contract_no") {
            let first = *numbers.entry(number).or_insert(row.number);
            if first != row.number {
                let say = say!("合同编号与第 {first} 行重复", "the contract number is already in row {first}");
                cells.fault("contract_no", FieldCode::Duplicate, say);
            }
        }
        match body.filter(|_| cells.faults.is_empty()) {
            Some(body) => rows.push((row, body)),
            None => faults.append(&mut cells.faults),
        }
    }
    Ok(LoanRows { header, rows, faults })
}

fn read_row(cells: &mut Cells) -> Option<CreateLoanBody> {
    let contract_no = cells.required("contract_no");
    let credit_code = cells.required("credit_code");
    let id_number = cells.required("id_number");
    let id_document = match cells.text("id_document") {
        Some(_) => cells.word("id_document", ID_DOCUMENTS),
        None => Some(IdDocument::ResidentId),
    };
    let principal_fen = cells.yuan("principal_fen");
    let currency = match cells.text("currency") {
        Some("人民币" | "RMB" | "元") | None => None,
        other => other.map(str::to_owned),
    };
    let day_basis = match cells.text("day_basis") {
        Some(_) => cells.word("day_basis", DAY_BASES),
        None => Some(DayBasis::Act360),
    };
    let pricing = read_pricing(cells);
    let (signed_on, matures_on) = (cells.date("signed_on"), cells.date("matures_on"));
    let purpose = cells.word("purpose", PURPOSES);
    Some(CreateLoanBody {
        bank_id: None,
        contract_no: contract_no?.to_owned(),
        enterprise_id: None,
        credit_code: Some(credit_code?.to_owned()),
        talent_id: None,
        id_document: Some(id_document?),
        id_number: Some(id_number?.to_owned()),
        scheme_id: None,
        principal_fen: principal_fen?,
        currency,
        day_basis: Some(day_basis?),
        pricing: pricing?,
        signed_on: signed_on?,
        instalments: Vec::new(),
        matures_on: matures_on?,
        purpose: purpose?,
        purpose_note: cells.text("purpose_note").map(str::to_owned),
    })
}

fn read_pricing(cells: &mut Cells) -> Option<Pricing> {
    let floats = cells
        .word("kind", &[(false, &["fixed", "固定利率", "固定"]), (true, &["lpr", "浮动利率", "浮动", "LPR加点"])])?;
    let unused: &[&str] = if floats { &["rate_ppm"] } else { &["tenor", "spread_bp", "repricing"] };
    for key in unused {
        if cells.text(key).is_some() {
            let say = say!("与定价方式不符，请留空", "does not go with this pricing: leave it empty");
            cells.fault(key, FieldCode::NotAllowed, say);
        }
    }
    if !floats {
        return cells.percent("rate_ppm").map(|rate_ppm| Pricing::Fixed { rate_ppm });
    }
    let (tenor, spread_bp) = (cells.word("tenor", TENORS), cells.whole("spread_bp"));
    let repricing = cells.word("repricing", REPRICINGS);
    Some(Pricing::Lpr { tenor: tenor?, spread_bp: spread_bp?, repricing: repricing? })
}

const ID_DOCUMENTS: &[(IdDocument, &[&str])] = &[
    (IdDocument::ResidentId, &["resident_id", "居民身份证", "身份证"]),
    (IdDocument::ForeignPermanentResident, &["foreign_permanent_resident", "外国人永久居留身份证", "外国人永久居留证"]),
    (IdDocument::HkMacaoTaiwanPermit, &["hk_macao_taiwan_permit", "港澳居民来往内地通行证", "台湾居民来往大陆通行证"]),
    (IdDocument::Passport, &["passport", "护照"]),
];
const DAY_BASES: &[(DayBasis, &[&str])] =
    &[(DayBasis::Act360, &["act/360", "360", "实际/360"]), (DayBasis::Act365, &["act/365", "365", "实际/365"])];
const TENORS: &[(LprTenor, &[&str])] = &[
    (LprTenor::OneYear, &["1y", "1年期", "一年期"]),
    (LprTenor::FiveYears, &["5y", "5年期以上", "五年期以上", "5年期"]),
];
const REPRICINGS: &[(Repricing, &[&str])] = &[
    (Repricing::Monthly, &["monthly", "按月", "月"]),
    (Repricing::Quarterly, &["quarterly", "按季", "季"]),
    (Repricing::Yearly, &["yearly", "按年", "年"]),
    (Repricing::January, &["january", "每年1月1日", "1月1日"]),
];
const PURPOSES: &[(LoanPurpose, &[&str])] = &[
    (LoanPurpose::Research, &["research", "研发"]),
    (LoanPurpose::ResultsConversion, &["results_conversion", "成果转化"]),
    (LoanPurpose::Production, &["production", "生产", "生产经营"]),
    (LoanPurpose::Equipment, &["equipment", "设备购置"]),
    (LoanPurpose::WorkingCapital, &["working_capital", "流动资金"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::table_file::read_table;

    #[test]
    fn a_row_is_read_whatever_the_language_and_every_fault_is_named_by_its_column() {
        let table = read_table(
            "合同编号,统一社会信用代码,证件号码,贷款金额（元）,定价方式,年利率（%）,LPR期限,加点（BP）,重定价周期,签约日期,到期日期,用途\n\
             A-1,91370212MAQJWYLF5K,11010519491231002X,\"5,000,000\",固定,3.45,,,,2026年1月5日,2027-01-05,研发\n\
             A-2,91370212MAQJWYLF5K,11010519491231002X,1000.50,LPR,,1年期,-20,每年1月1日,2026/1/5,2027/1/5,production\n\
             A-1,,x,12.345,LPR,3.4,,abc,weekly,2026-02-30,2027-01-05,炒股\n"
                .as_bytes(),
            10,
        )
        .expect("a table");
        let read = read_loan_rows(&table).expect("known columns");
        let shown: Vec<_> =
            read.rows.iter().map(|(row, b)| (row.number, b.principal_fen, b.pricing, b.purpose)).collect();
        let floating = Pricing::Lpr { tenor: LprTenor::OneYear, spread_bp: -20, repricing: Repricing::January };
        assert_eq!(
            shown,
            [
                (2, 500_000_000, Pricing::Fixed { rate_ppm: 34_500 }, LoanPurpose::Research),
                (3, 100_050, floating, LoanPurpose::Production),
            ]
        );
        assert_eq!(read.rows[0].1.signed_on, read.rows[1].1.signed_on);
        let faults: Vec<_> = read.faults.iter().map(|f| (f.row, f.column.as_str(), f.code.as_str())).collect();
        assert_eq!(
            faults,
            [
                (4, "统一社会信用代码", "required"),
                (4, "贷款金额（元）", "format"),
                (4, "年利率（%）", "not_allowed"),
                (4, "LPR期限", "required"),
                (4, "加点（BP）", "format"),
                (4, "重定价周期", "unknown"),
                (4, "签约日期", "format"),
                (4, "用途", "unknown"),
                (4, "合同编号", "duplicate"),
            ]
        );
    }
}
