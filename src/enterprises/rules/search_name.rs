//! Names as they are searched: 海尔 is found inside 青岛海尔智家股份有限公司, however brackets and letters are typed.

use std::collections::BTreeSet;

use crate::platform::width::half_width;

/// Half-width, lower case, without spaces.
pub fn search_name(name: &str) -> String {
    half_width(name).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Every piece of one and of two characters, once each.
pub fn pieces(searched: &str) -> BTreeSet<String> {
    let chars: Vec<char> = searched.chars().collect();
    let singles = chars.iter().map(char::to_string);
    let pairs = chars.windows(2).map(|pair| pair.iter().collect());
    singles.chain(pairs).collect()
}

/// The longest pieces of a wanted text: its pairs, or the one character it is.
pub fn probes(wanted: &str) -> BTreeSet<String> {
    let longest = wanted.chars().count().min(2);
    pieces(wanted).into_iter().filter(|piece| piece.chars().count() == longest).collect()
}

/// `wanted` anywhere inside, as a LIKE pattern with `\` as its escape.
pub fn like_pattern(wanted: &str) -> String {
    let mut pattern = String::from("%");
    for c in wanted.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_to_one_spelling() {
        for name in ["ＡＢＣ（中国） 有限公司", "abc(中国)有限公司", "Abc（中国）　有限公司"]
        {
            assert_eq!(search_name(name), "abc(中国)有限公司");
        }
    }

    #[test]
    fn pieces_are_single_characters_and_pairs_once_each() {
        let expected = ["海", "尔", "海尔", "尔海"].map(String::from);
        assert_eq!(pieces("海尔海尔"), expected.into());
        assert!(pieces("").is_empty());
    }

    #[test]
    fn a_search_starts_from_its_longest_pieces() {
        assert_eq!(probes("海尔智"), ["海尔", "尔智"].map(String::from).into());
        assert_eq!(probes("海"), ["海"].map(String::from).into());
        assert!(probes("").is_empty());
    }

    #[test]
    fn wildcards_in_the_text_are_meant_literally() {
        assert_eq!(like_pattern(r"50%_\"), r"%50\%\_\\%");
    }
}
