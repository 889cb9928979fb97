//! `laoshan user` and `laoshan keys`, run as programs on a fresh folder.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn laoshan(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_laoshan"))
        .args(args)
        .arg("--data-dir")
        .arg(folder)
        .env("LAOSHAN__PASSWORD__HASH_MEMORY_KIB", "8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A command that refuses its arguments does not read.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

fn printed(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON on stdout")
}

#[test]
fn user_create_makes_an_account_with_a_password_from_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["user", "create", "--email", "Sec@laoshan.example", "--name", "Sec", "--role", "security_admin"];
    let with_password = [&args[..], &["--password-stdin"]].concat();
    let view = printed(&laoshan(folder.path(), &with_password, "Laoshan-demo-2026\n"));
    assert_eq!(
        (view["email"].as_str(), view["state"].as_str(), view["roles"][0].as_str()),
        (Some("sec@laoshan.example"), Some("active"), Some("security_admin"))
    );
    for (args, input, exit, word) in [
        (with_password.clone(), "Laoshan-demo-2026\n", 1, "already_exists"),
        (
            vec!["user", "create", "--email", "x", "--name", "X", "--role", "officer", "--password-stdin"],
            "a",
            1,
            "/email",
        ),
        (
            vec!["user", "create", "--email", "b@b.cn", "--name", "X", "--role", "officer", "--password-stdin"],
            "a",
            1,
            "/password",
        ),
        (
            vec!["user", "create", "--email", "b@b.cn", "--name", "X", "--role", "officer", "--role", "auditor"],
            "",
            1,
            "role_conflict",
        ),
        (vec!["user", "create", "--email", "b@b.cn", "--name", "X", "--role", "king"], "", 2, "king"),
        (vec!["user", "create", "--email", "b@b.cn", "--name", "X"], "", 2, "--role"),
    ] {
        let output = laoshan(folder.path(), &args, input);
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), words.contains(word)), (Some(exit), true), "{args:?}: {words}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn user_create_without_a_password_mails_an_invitation() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["user", "create", "--email", "a@laoshan.example", "--name", "A", "--role", "officer", "--lang", "en"];
    let view = printed(&laoshan(folder.path(), &args, ""));
    assert_eq!(view["state"], "invited");
    let mails: Vec<_> = std::fs::read_dir(folder.path().join("mail")).expect("a folder").flatten().collect();
    assert_eq!(mails.len(), 1);
    let name = mails[0].file_name().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(mails[0].path()).expect("a mail");
    let id = format!("Message-ID: <{}@laoshan.example>", name.trim_end_matches(".eml"));
    for line in ["To: a@laoshan.example", "Auto-Submitted: auto-generated", "Code: ", &id] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn keys_rotate_adds_a_key_to_the_ring() {
    let folder = tempfile::tempdir().expect("a folder");
    let signing = |list: &Value| -> Vec<String> {
        let keys = list.as_array().expect("a list").iter().filter(|key| key["purpose"] == "sign");
        keys.map(|key| key["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let before = signing(&printed(&laoshan(folder.path(), &["keys", "list"], "")));
    let made = printed(&laoshan(folder.path(), &["keys", "rotate"], ""));
    let list = laoshan(folder.path(), &["keys", "list"], "");
    let after = signing(&printed(&list));
    assert_eq!((before.len(), after.len()), (1, 2));
    assert_eq!(after[1], made["id"].as_str().unwrap_or_default());
    assert!(!String::from_utf8_lossy(&list.stdout).contains("aes256gcm"));
}
