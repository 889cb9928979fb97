use serde_json::json;
use std::collections::BTreeSet;

use super::*;

fn built_in_only() -> Templates {
    Templates::load(Path::new(""), "https://laoshan.example/")
}

/// Loading proves the rest: each wording compiles, speaks only of what its letter is given, and can be filled in.
#[test]
fn every_letter_is_worded_in_both_languages_with_the_same_values_and_every_file_is_built_in() {
    let templates = built_in_only();
    for letter in LETTERS {
        let wanted = |lang| -> BTreeSet<String> {
            let keys = ["subject", "body"].map(|part| text_key(letter.name, lang, part));
            let vars = keys.iter().map(|key| templates.0.env.get_template(key).unwrap().undeclared_variables(false));
            vars.flatten().collect()
        };
        assert_eq!(wanted(Lang::Zh), wanted(Lang::En), "{}", letter.name);
        for var in letter.vars {
            assert!(catalogue::sample(var, Lang::Zh).is_some(), "{}: no sample of {var}", letter.name);
        }
        for lang in Lang::ALL {
            let filled = templates.preview(letter, lang, None, None).unwrap();
            assert!(filled.html.contains(&format!("<html lang=\"{}\">", lang.as_str())));
            assert!(!filled.subject.is_empty() && filled.text.len() > 20, "{}", letter.name);
        }
    }
    let known: BTreeSet<String> = LETTERS.iter().map(|letter| format!("{}.txt", letter.name)).collect();
    for lang in Lang::ALL {
        let folder = format!("{}/config/mail/{}", env!("CARGO_MANIFEST_DIR"), lang.as_str());
        let files: BTreeSet<String> =
            std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().to_string_lossy().into_owned()).collect();
        assert_eq!(files, known);
    }
}

#[test]
fn a_missing_value_leaves_a_gap_that_is_counted_and_an_unknown_letter_is_an_error() {
    let before = gaps();
    let filled = built_in_only().render("password_reset", Lang::En, &json!({ "name": "Li" })).unwrap();
    assert!(filled.text.starts_with("Dear Li,") && filled.text.contains("Code:\n"), "{}", filled.text);
    assert_eq!(gaps() - before, 1);
    assert!(built_in_only().render("no_such", Lang::Zh, &json!({})).is_err());
}

#[test]
fn a_value_leaves_neither_the_subject_line_nor_its_place_in_the_html() {
    let site = "x\r\nBcc: a@b.cn\r\n\r\n<script>buy</script>";
    let values = json!({ "name": "<b>n</b>", "code": "1", "minutes": 30, "site": site });
    let filled = built_in_only().render("password_reset", Lang::En, &values).unwrap();
    assert!(filled.subject.contains("Bcc: a@b.cn") && !filled.subject.contains(['\r', '\n']));
    assert!(filled.text.contains("Dear <b>n</b>,") && filled.html.contains("Dear &lt;b&gt;n"));
    assert!(!filled.html.contains("<script>"), "{}", filled.html);
}

#[test]
fn only_lines_below_our_own_address_become_links() {
    let templates = built_in_only();
    let letter = catalogue::find("password_reset").unwrap();
    let text = "Subject: s\n\n{{ site }}/messages\n{{ site }}.evil.example/x\nhttps://other.example/\n";
    let html = templates.preview(letter, Lang::En, Some(text), None).unwrap().html;
    assert_eq!(html.matches("<a href=").count(), 1, "{html}");
    assert!(html.contains("<a href=\"https:&#x2f;&#x2f;laoshan.example&#x2f;messages\""), "{html}");
}

#[test]
fn sound_files_of_an_overlay_replace_the_built_in_words_and_the_others_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("en/invitation.txt", "Subject: Welcome, {{ name }}\r\n\r\n{{ code }} {{ days }} {{ site }}");
    write("en/invitation.html", "{% extends \"layout.html\" %}{% block content %}<b>{{ code }}</b>{% endblock %}");
    write("en/password_reset.txt", "Subject: {{ name }}\n\n{{ code");
    write("en/password_changed.txt", "Subject: {{ name }}\n\n{{ code }}");
    write("en/account_locked.txt", "no subject");
    write(
        "zh-CN/account_exists.html",
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
    );
    write("zh-CN/invitaton.txt", "Subject: x\n\ny");
    let templates = Templates::load(folder.path(), "https://laoshan.example");
    let mut named: Vec<(&str, &str)> =
        templates.problems().iter().map(|p| (p.file.as_str(), p.words.en.as_str())).collect();
    named.sort_unstable();
    let files: Vec<&str> = named.iter().map(|(file, _)| *file).collect();
    assert_eq!(
        files,
        [
            "en/account_locked.txt",
            "en/password_changed.txt",
            "en/password_reset.txt",
            "zh-CN/account_exists.html",
            "zh-CN/invitaton.txt",
        ]
    );
    assert_eq!(named[0].1, "begins with `Subject: ..` on one line and an empty line after it");
    let unknown = "speaks of code; it may speak of name, site";
    assert_eq!(named[1].1, unknown);
    assert!(named[2].1.starts_with("line 1: "), "{}", named[2].1);
    assert_eq!(templates.replaced(), ["en/invitation.txt", "en/invitation.html"]);
    let values = json!({ "name": "Li", "code": "<1>", "days": 7, "site": "s", "minutes": 1 });
    let invitation = templates.render("invitation", Lang::En, &values).unwrap();
    assert_eq!((invitation.subject.as_str(), invitation.text.as_str()), ("Welcome, Li", "<1> 7 s\n"));
    assert!(invitation.html.contains("<b>&lt;1&gt;</b>"), "{}", invitation.html);
    // What is broken keeps the built-in words.
    let reset = templates.render("password_reset", Lang::En, &values).unwrap();
    assert_eq!(reset, built_in_only().render("password_reset", Lang::En, &values).unwrap());
    let missing = Templates::load(&folder.path().join("nowhere"), "https://laoshan.example");
    assert_eq!(missing.problems().len(), 1);
}
