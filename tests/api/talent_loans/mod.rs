//! Talents, banks, schemes and loans, from the first filing to the ledger.

mod ledger;
mod loans;
mod registers;

use diesel::prelude::*;
use laoshan::platform::actor::UserId;
use laoshan::platform::policy::Role;
use laoshan::schema::{enterprise_members, enterprises};
use serde_json::{Value, json};

use crate::support::{TestApp, TestUser};

pub const FIRM: (&str, &str) = ("91370212MAQJWYLF5K", "青岛示例海洋科技有限公司");
pub const OTHER_FIRM: (&str, &str) = ("91370212MA55TH2H71", "青岛示例量子科技有限公司");
/// 1 million yuan.
pub const MILLION: i64 = 100_000_000;

/// A fund manager, two banks with a clerk each, two enterprises, and a talent who works for both.
pub struct Stage {
    pub manager: TestUser,
    pub clerk: TestUser,
    pub other_clerk: TestUser,
    pub bank: String,
    pub other_bank: String,
    pub firm: String,
    pub talent: String,
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text: {value}")).to_owned()
}

/// A resident identity number with its check character (GB 11643).
pub fn id_number(sequence: u32) -> String {
    let body = format!("37021219850310{sequence:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", &"10X98765432"[(sum % 11) as usize..][..1])
}

pub async fn enterprise(app: &TestApp, (code, name): (&'static str, &'static str)) -> String {
    app.app
        .door
        .system("test", move |cx| {
            let id: laoshan::enterprises::model::EnterpriseId = cx.id();
            diesel::insert_into(enterprises::table)
                .values((
                    enterprises::id.eq(&id),
                    enterprises::credit_code.eq(code),
                    enterprises::name.eq(name),
                    enterprises::name_search.eq(name),
                    enterprises::registered_in_laoshan.eq(true),
                    enterprises::status.eq("active"),
                    enterprises::source.eq("import"),
                    enterprises::created_at.eq(cx.now),
                    enterprises::updated_at.eq(cx.now),
                    enterprises::version.eq(1_i64),
                ))
                .execute(cx.conn)?;
            Ok(id.0)
        })
        .await
        .expect("an enterprise is on record")
}

/// Somebody who acts for an enterprise, or merely says so.
pub async fn member(app: &TestApp, firm: &str, verified: bool) -> TestUser {
    let person = app.user(&[Role::Applicant]).await;
    let (firm, user): (String, UserId) = (firm.to_owned(), person.id.clone());
    app.app
        .door
        .system("test", move |cx| {
            let id: laoshan::enterprises::model::MemberId = cx.id();
            diesel::insert_into(enterprise_members::table)
                .values((
                    enterprise_members::id.eq(id),
                    enterprise_members::enterprise_id.eq(&firm),
                    enterprise_members::user_id.eq(&user),
                    enterprise_members::role.eq("owner"),
                    enterprise_members::verified.eq(verified),
                    enterprise_members::created_at.eq(cx.now),
                ))
                .execute(cx.conn)?;
            Ok(())
        })
        .await
        .expect("a member is on record");
    person
}

pub async fn bank(manager: &TestUser, name: &str, code: &str) -> String {
    let body = json!({"name": name, "cnaps_code": code, "contact": "0532-12345678", "filed_on": "2026-01-05"});
    text(&manager.post("/banks", body).await.expect(201)["id"])
}

pub async fn clerk(app: &TestApp, manager: &TestUser, bank: &str) -> TestUser {
    let clerk = app.user(&[Role::Bank]).await;
    manager.post(&format!("/banks/{bank}/users"), json!({"user_id": clerk.id})).await.expect(200);
    clerk
}

pub async fn talent(manager: &TestUser, sequence: u32, firms: &[&str]) -> String {
    let body = json!({
        "name": "示例人才", "grade": "B", "programme": "示例人才工程", "valid_to": "2028-12-31", "id_number": id_number(sequence),
    });
    let id = text(&manager.post("/talents", body).await.expect(201)["id"]);
    for firm in firms {
        let body = json!({"enterprise_id": firm, "link": "founder", "since": "2020-01-01", "evidence": "持股 60%"});
        manager.post(&format!("/talents/{id}/employments"), body).await.expect(200);
    }
    id
}

pub async fn rates(manager: &TestUser, csv: &str) -> Value {
    manager.upload("/lpr-rates/imports", "text/csv", csv.as_bytes().to_vec()).await.expect(200)
}

pub async fn stage(app: &TestApp) -> Stage {
    let manager = app.user(&[Role::FundManager]).await;
    let bank_id = bank(&manager, "示例银行", "313452060150").await;
    let other_bank = bank(&manager, "另一示例银行", "313452060151").await;
    let firm = enterprise(app, FIRM).await;
    let other_firm = enterprise(app, OTHER_FIRM).await;
    rates(&manager, "发布日期,1年期,5年期以上\n2025-10-20,3.10,3.60\n2026-02-20,3.00,3.50\n").await;
    Stage {
        clerk: clerk(app, &manager, &bank_id).await,
        other_clerk: clerk(app, &manager, &other_bank).await,
        talent: talent(&manager, 1, &[&firm, &other_firm]).await,
        bank: bank_id,
        other_bank,
        firm,
        manager,
    }
}

/// 5 million yuan at a fixed 3.45 % for a year, as a bank files it.
pub fn filing(contract_no: &str) -> Value {
    json!({
        "contract_no": contract_no, "credit_code": FIRM.0, "id_number": id_number(1), "principal_fen": 5 * MILLION,
        "pricing": {"kind": "fixed", "rate_ppm": 34_500}, "signed_on": "2026-03-02", "matures_on": "2027-03-02",
        "purpose": "research",
    })
}

pub fn filing_of(contract_no: &str, millions: i64) -> Value {
    let mut body = filing(contract_no);
    body["principal_fen"] = json!(millions * MILLION);
    body
}

/// Files and answers the id.
pub async fn file(clerk: &TestUser, body: Value) -> String {
    text(&clerk.post("/loans", body).await.expect(201)["id"])
}
