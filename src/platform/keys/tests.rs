use super::*;

#[test]
fn hmac_agrees_with_rfc_4231_case_2_padded() {
    // RFC 4231 test case 2: key "Jefe"; keys shorter than a block are zero-padded, so 32 bytes with trailing zeros are the same.
    let mut key = [0u8; 32];
    key[..4].copy_from_slice(b"Jefe");
    let mac = hex::encode(hmac_sha256(&key, b"what do ya want for nothing?"));
    assert_eq!(mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

#[test]
fn what_was_sealed_opens_only_under_the_same_key_and_id() {
    let (a, b) = (MasterKey([1; 32]), MasterKey([2; 32]));
    let sealed = a.seal("k1", b"secret");
    assert_eq!(a.open("k1", &sealed).as_deref(), Ok(b"secret".as_slice()));
    assert!(a.open("k2", &sealed).is_err() && b.open("k1", &sealed).is_err());
}

#[test]
fn a_field_opens_in_its_place_only_and_is_found_by_its_index() {
    let ring = KeyRing::new(MasterKey([1; 32]));
    ring.ring.write().expect("fresh").field.push(FieldKey::of("k1".into(), [7; 32]));
    let sealed = ring.seal_field("talents.id:1", "11010519491231002X").expect("seals");
    let index = ring.blind_index("id", "11010519491231002X").expect("an index");
    assert!(sealed.starts_with("aes256gcm:k1:") && !sealed.contains("1101"), "{sealed}");
    assert_ne!(sealed, ring.seal_field("talents.id:1", "11010519491231002X").expect("seals"), "a fresh nonce");
    // A newer key seals from now on; what the older one sealed still opens, and the index stays.
    ring.ring.write().expect("fresh").field.push(FieldKey::of("k2".into(), [8; 32]));
    assert_eq!(ring.open_field("talents.id:1", &sealed).expect("opens"), "11010519491231002X");
    assert!(ring.open_field("talents.id:2", &sealed).is_err());
    assert!(ring.seal_field("p", "x").expect("seals").starts_with("aes256gcm:k2:"));
    assert_eq!(ring.blind_index("id", "11010519491231002X").expect("an index"), index);
    assert_ne!(ring.blind_index("other", "11010519491231002X").expect("an index"), index);
}

#[test]
fn a_token_verifies_in_its_time_only() {
    let ring = KeyRing::new(MasterKey([1; 32]));
    let now = Stamp::new(chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("a date"));
    ring.ring.write().expect("fresh").sign.push(Signing::of("k".into(), now, [7; 32]));
    let token = ring.issue_access(&UserId("u".into()), &SessionId("s".into()), now, 15).expect("signs");
    let after = |minutes| now.plus(chrono::Duration::minutes(minutes));
    assert!(ring.verify_access(&token, after(14)).is_some_and(|c| c.user_id.as_str() == "u"));
    assert!(ring.verify_access(&token, after(16)).is_none());
    assert!(ring.verify_access(&token[..token.len() - 3], now).is_none());
}
