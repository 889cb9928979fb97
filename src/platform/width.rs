//! Full-width characters, as a Chinese input method writes them, brought to their half-width forms.

/// `９１３７Ａ（万）　` becomes `9137A(万) `: U+FF01..=U+FF5E and the ideographic space; everything else stays.
///
/// Narrower than Unicode NFKC on purpose: `㎡`, `①` or `℃` in a name or an address are not ours to rewrite.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).expect("lands in U+0021..=U+007E"),
            '\u{3000}' => ' ',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::half_width;

    #[test]
    fn only_width_changes() {
        assert_eq!(half_width("９１Ａｚ（万）　～！"), "91Az(万) ~!");
        assert_eq!(half_width("100㎡、①℃【】。￥"), "100㎡、①℃【】。￥");
    }
}
