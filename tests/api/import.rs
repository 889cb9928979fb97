//! The register import, over the API and on the command line.

use encoding_rs::GB18030;
use laoshan::platform::policy::Role;
use laoshan::platform::table_file::write_xlsx;
use serde_json::{Value, json};

use crate::both;
use crate::support::{Reply, TestUser};

const REGISTER: &str = "企业名称,统一社会信用代码,注册日期,企业类型,注册资金,经营范围,所在省份,地区,注册地址\n\
    青岛示例甲有限公司,91370212MAQJWYLF5K,1980-01-23,N/A,640万元,\"针织品,染色\",山东,青岛,青岛市崂山区示例路1号\n\
    青岛示例乙有限公司,91370212MA55TH2H71,2000/1/31,有限责任公司,612.3400(万美元),软件,山东,青岛,青岛市市南区示例路2号\n\
    青岛示例丙有限公司,91370212MAUCCP508W,,,N/A,,,,\n";

async fn import(officer: &TestUser, query: &str, bytes: impl Into<Vec<u8>>) -> Reply {
    officer.upload(&format!("/enterprises/imports{query}"), "application/octet-stream", bytes.into()).await
}

fn counts(read: u32, created: u32, updated: u32, unchanged: u32) -> Value {
    json!({"read": read, "created": created, "updated": updated, "unchanged": unchanged, "rejected": []})
}

async fn find(officer: &TestUser, code: &str) -> Value {
    let page = officer.get(&format!("/enterprises?credit_code={code}")).await.expect(200);
    let id = page["items"][0]["id"].as_str().expect("the enterprise is on record").to_owned();
    officer.get(&format!("/enterprises/{id}")).await.expect(200)
}

/// The register as a workbook.
fn workbook(csv: &str) -> Vec<u8> {
    let table = laoshan::platform::table_file::read_table(csv.as_bytes(), 100).expect("a table");
    let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
    let rows: Vec<Vec<String>> = table.rows.into_iter().map(|row| row.cells).collect();
    write_xlsx(&header, &rows).expect("a workbook")
}

both! {
    async fn an_import_changes_nothing_that_a_conflict_keeps_from_the_officer(app) {
        let officer = app.user(&[Role::Officer]).await;
        let colleague = app.user(&[Role::Officer]).await;
        import(&colleague, "", REGISTER).await.expect(200);
        let record = find(&colleague, "91370212MAQJWYLF5K").await;
        let stake = json!({"user_id": officer.id, "enterprise_id": record["id"], "reason": "shares"});
        colleague.post("/conflicts", stake).await.expect(201);
        let renamed = REGISTER.replace("示例甲", "示例新").replace("示例乙", "示例改");
        let refused = import(&officer, "", renamed.clone()).await.expect(200);
        assert_eq!(
            (&refused["created"], &refused["updated"], &refused["rejected"][0]["row"], &refused["rejected"][0]["code"]),
            (&json!(0), &json!(0), &json!(2), &json!("conflict_of_interest"))
        );
        let skipped = import(&officer, "?skip_rejected=true", renamed).await.expect(200);
        assert_eq!((&skipped["updated"], &skipped["unchanged"], skipped["rejected"].as_array().unwrap().len()), (&json!(1), &json!(1), 1));
        assert_eq!(find(&colleague, "91370212MAQJWYLF5K").await, record, "neither name nor version");
        assert_eq!(find(&colleague, "91370212MA55TH2H71").await["name"], "青岛示例改有限公司");
    }

    async fn a_register_is_taken_over_and_a_second_time_nothing_changes(app) {
        let officer = app.user(&[Role::Officer]).await;
        assert_eq!(import(&officer, "?dry_run=true", REGISTER).await.expect(200), counts(3, 3, 0, 0));
        assert_eq!(officer.get("/enterprises?count=true").await.expect(200)["total"], 0, "a dry run writes nothing");
        assert_eq!(import(&officer, "", REGISTER).await.expect(200), counts(3, 3, 0, 0));
        let first = find(&officer, "91370212MAQJWYLF5K").await;
        assert_eq!(
            (&first["name"], &first["registered_on"], &first["kind"], &first["capital"], &first["business_scope"]),
            (
                &json!("青岛示例甲有限公司"),
                &json!("1980-01-23"),
                &Value::Null,
                &json!({"state": "known", "amount_fen": 640_000_000, "currency": "CNY"}),
                &json!("针织品,染色")
            )
        );
        assert_eq!((&first["registered_in_laoshan"], &first["source"]), (&json!(true), &json!("import")));
        let second = find(&officer, "91370212MA55TH2H71").await;
        assert_eq!(second["capital"], json!({"state": "known", "amount_fen": 612_340_000, "currency": "USD"}));
        assert_eq!(second["registered_in_laoshan"], false);
        let third = find(&officer, "91370212MAUCCP508W").await;
        assert_eq!(third["capital"], json!({"state": "unknown", "text": "N/A"}));
        assert_eq!(import(&officer, "", REGISTER).await.expect(200), counts(3, 0, 0, 3));
        assert_eq!(find(&officer, "91370212MAQJWYLF5K").await["version"], 1, "an unchanged row is not touched");
        let page = officer.get("/enterprises?q=示例乙").await.expect(200);
        assert_eq!(page["items"][0]["credit_code"], "91370212MA55TH2H71");
    }

    async fn every_encoding_and_format_says_the_same(app) {
        let officer = app.user(&[Role::Officer]).await;
        assert_eq!(import(&officer, "", format!("\u{FEFF}{REGISTER}")).await.expect(200), counts(3, 3, 0, 0));
        let gb = GB18030.encode(REGISTER).0.into_owned();
        assert_eq!(import(&officer, "", gb).await.expect(200), counts(3, 0, 0, 3));
        assert_eq!(import(&officer, "", workbook(REGISTER)).await.expect(200), counts(3, 0, 0, 3));
        let english = "Registered Address,Credit Code,Name\n青岛市崂山区示例路9号,91370212maqj-wylf5k,青岛示例甲有限公司\n";
        assert_eq!(import(&officer, "", english).await.expect(200), counts(1, 0, 1, 0));
    }

    async fn an_empty_cell_never_erases_and_a_new_one_replaces(app) {
        let officer = app.user(&[Role::Officer]).await;
        import(&officer, "", REGISTER).await.expect(200);
        let next = "企业名称,统一社会信用代码,注册资金,注册地址,赛道,经营状态\n\
            青岛改名甲有限公司,91370212MAQJWYLF5K,,,太赫兹、deep_sea,注销\n\
            青岛示例丙有限公司,91370212MAUCCP508W,7万,崂山区,,\n";
        assert_eq!(import(&officer, "?dry_run=true", next).await.expect(200), counts(2, 0, 2, 0));
        assert_eq!(import(&officer, "", next).await.expect(200), counts(2, 0, 2, 0));
        let first = find(&officer, "91370212MAQJWYLF5K").await;
        assert_eq!(
            (&first["name"], &first["address"], &first["capital"]["amount_fen"], &first["tracks"], &first["main_track"]),
            (
                &json!("青岛改名甲有限公司"),
                &json!("青岛市崂山区示例路1号"),
                &json!(640_000_000),
                &json!(["deep_sea", "terahertz"]),
                &json!("terahertz")
            )
        );
        assert_eq!((&first["status"], &first["version"]), (&json!("deregistered"), &json!(2)));
        assert_eq!(officer.get("/enterprises?q=改名&count=true").await.expect(200)["total"], 1);
        assert_eq!(officer.get("/enterprises?q=示例甲&count=true").await.expect(200)["total"], 0);
        let third = find(&officer, "91370212MAUCCP508W").await;
        assert_eq!((&third["capital"]["amount_fen"], &third["registered_in_laoshan"]), (&json!(7_000_000), &json!(true)));
        let auditor = app.user(&[Role::Auditor]).await;
        let id = first["id"].as_str().expect("an id");
        let trail = auditor.get(&format!("/audit-events?subject_kind=enterprise&subject_id={id}")).await.expect(200);
        assert_eq!(trail["items"][0]["changes"]["name"], json!({"old": "青岛示例甲有限公司", "new": "青岛改名甲有限公司"}));
        assert_eq!((&trail["items"][0]["from"], &trail["items"][0]["to"]), (&json!("active"), &json!("deregistered")));
        assert_eq!(import(&officer, "", next).await.expect(200), counts(2, 0, 0, 2));
    }

    async fn a_rejected_row_stops_the_whole_file_unless_it_is_skipped(app) {
        let officer = app.user(&[Role::Officer]).await;
        let file = "单位名称,信用代码,成立日期,赛道\n\
            青岛示例甲有限公司,91370212MAQJWYLF5K,2000-01-31,\n\
            \n\
            ,91370212MAQJWYLF5F,2000-02-30,炼金术\n\
            青岛示例丁有限公司,91370212MAQJWYLF5K,,\n";
        let rejected = json!([
            {"row": 4, "column": "单位名称", "code": "required", "message": "required, but empty"},
            {"row": 4, "column": "信用代码", "code": "credit_code_check", "message":
                "the unified social credit code does not match its check character: look for a typing error"},
            {"row": 4, "column": "成立日期", "code": "date_format", "message": "not a date: write it like 2000-01-31"},
            {"row": 4, "column": "赛道", "code": "track_unknown", "message": "there is no track \"炼金术\""},
            {"row": 5, "column": "信用代码", "code": "duplicate_in_file", "message":
                "the unified social credit code is already in row 2"},
        ]);
        for query in ["", "?dry_run=true"] {
            let summary = import(&officer, query, file).await.expect(422);
            assert_eq!(summary, json!({"read": 3, "created": 0, "updated": 0, "unchanged": 0, "rejected": rejected}));
        }
        assert_eq!(officer.get("/enterprises?count=true").await.expect(200)["total"], 0);
        let summary = import(&officer, "?skip_rejected=true", file).await.expect(200);
        assert_eq!(summary, json!({"read": 3, "created": 1, "updated": 0, "unchanged": 0, "rejected": rejected}));
        assert_eq!(officer.get("/enterprises?count=true").await.expect(200)["total"], 1);
    }

    async fn what_is_no_register_is_refused_with_the_reason(app) {
        let officer = app.user(&[Role::Officer]).await;
        for (bytes, code) in [
            (&b""[..], "table_empty"),
            (b"\xff\xfe\x00\x01\x02", "table_unreadable"),
            ("名称,地址\nx,y\n".as_bytes(), "column_missing"),
            ("名称,信用代码\n\"x,y\n".as_bytes(), "table_unclosed_quote"),
        ] {
            let summary = import(&officer, "?skip_rejected=true", bytes).await.expect(422);
            assert_eq!((&summary["read"], &summary["rejected"][0]["code"]), (&json!(0), &json!(code)));
        }
        import(&officer, "?force=true", REGISTER).await.refused(400, "malformed_request");
        let applicant = app.user(&[Role::Applicant]).await;
        import(&applicant, "", REGISTER).await.refused(403, "forbidden");
        import(&app.anonymous(), "", REGISTER).await.refused(401, "unauthenticated");
    }

    async fn a_thousand_rows_are_searchable_and_chained(app) {
        let officer = app.user(&[Role::Officer]).await;
        let rows: String = (0..1_200).map(|n| format!("青岛第{n}号有限公司,{}\n", code(n))).collect();
        let file = format!("企业名称,信用代码\n{rows}");
        assert_eq!(import(&officer, "", file.clone()).await.expect(200), counts(1_200, 1_200, 0, 0));
        let page = officer.get("/enterprises?q=第777号&count=true").await.expect(200);
        assert_eq!((&page["total"], &page["items"][0]["name"]), (&json!(1), &json!("青岛第777号有限公司")));
        let common = officer.get("/enterprises?q=青岛&count=true&limit=2").await.expect(200);
        assert_eq!((&common["total"], &common["items"][0]["name"]), (&json!(1_200), &json!("青岛第1199号有限公司")));
        let renamed = file.replace("有限公司", "股份公司");
        assert_eq!(import(&officer, "", renamed).await.expect(200), counts(1_200, 0, 1_200, 0));
        let auditor = app.user(&[Role::Auditor]).await;
        let trail = auditor.get("/audit-events?action=enterprise.update&limit=1").await.expect(200);
        assert_eq!(trail["items"][0]["seq"], 2);
    }
}

/// The n-th valid code of a made-up series.
fn code(n: usize) -> String {
    let body = format!("91370212MA{n:07}");
    let check = laoshan::enterprises::rules::credit_code::check_digit_of(&body).expect("a check character");
    format!("{body}{check}")
}

#[test]
fn the_command_line_prints_the_summary_and_exits_by_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("register.csv");
    std::fs::write(&file, REGISTER).expect("a file");
    let run = |args: &[&str], stdin: Option<&str>| {
        let data = dir.path().join("data");
        std::fs::create_dir_all(&data).expect("a data folder");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_laoshan"));
        command.args(["import", "enterprises"]).args(args).arg("--data-dir").arg(data);
        command.env_clear().stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command.stdin(if stdin.is_some() { std::process::Stdio::piped() } else { std::process::Stdio::null() });
        let mut child = command.spawn().expect("the program runs");
        if let Some(text) = stdin {
            use std::io::Write;
            child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("read by the program");
        }
        let output = child.wait_with_output().expect("the program ends");
        let summary: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code(), summary)
    };
    let path = file.to_str().expect("a plain path");
    assert_eq!(run(&[path, "--dry-run"], None), (Some(0), counts(3, 3, 0, 0)));
    assert_eq!(run(&["-"], Some(REGISTER)), (Some(0), counts(3, 3, 0, 0)));
    assert_eq!(run(&[path], None), (Some(0), counts(3, 0, 0, 3)));
    let faulty = "名称,信用代码\n甲,91370212MAQJWYLF5K\n乙,1\n";
    let (exit, summary) = run(&["-"], Some(faulty));
    assert_eq!((exit, &summary["updated"], &summary["rejected"][0]["row"]), (Some(1), &json!(0), &json!(3)));
    let (exit, summary) = run(&["-", "--skip-rejected"], Some(faulty));
    assert_eq!((exit, &summary["updated"]), (Some(0), &json!(1)));
    assert_eq!(run(&["nowhere.csv"], None).0, Some(2));
}
