//! The key ring: EdDSA keys that sign access tokens and audit checkpoints, and the secrets that derive refresh tokens and seal
//! fields. It lives in the database, sealed under the master key, so any number of processes share one ring.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use diesel::prelude::*;
use ed25519_dalek::{Signer, SigningKey, Verifier, VerifyingKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Arc, RwLock};

use super::actor::{SessionId, TokenClaims, UserId};
use super::clock::random_bytes;
use super::config::Config;
use super::door::Cx;
use super::trail::{Changes, Event, Subject};
use super::types::Stamp;
use crate::error::AppError;
use crate::schema::key_ring;
use crate::{id_type, text_enum};

id_type!(KeyId);

text_enum! {
    pub enum KeyPurpose {
        /// Ed25519: access tokens and audit checkpoints. The newest signs, all verify.
        Sign = "sign",
        /// 32 bytes: derives successors of refresh tokens.
        Refresh = "refresh",
        /// 32 bytes: seals single fields. The newest seals, all open; the first also keys the blind index, so it is never retired.
        Field = "field",
    }
}

/// Seals what the database keeps. 32 bytes, from the environment or a file, never from the database itself.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    /// The file is made on the first start of an embedded installation, readable by its owner only.
    pub fn load(config: &Config) -> Result<Self, String> {
        let security = &config.security;
        if !security.master_key.is_empty() {
            return Self::parse(&security.master_key).map_err(|e| format!("security.master_key {e}"));
        }
        let own = security.master_key_file.as_os_str().is_empty();
        let path = if own { config.data_dir.join("master.key") } else { security.master_key_file.clone() };
        if own && !path.exists() {
            if !config.target().is_sqlite() {
                return Err("security.master_key or security.master_key_file is needed beside a shared database".into());
            }
            write_private(&path, &STANDARD.encode(random_bytes::<32>()))
                .map_err(|e| format!("{}: {e}", path.display()))?;
        }
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Self::parse(text.trim()).map_err(|e| format!("{} {e}", path.display()))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let bytes = STANDARD.decode(text).map_err(|_| "is not base64".to_owned())?;
        bytes.try_into().map(Self).map_err(|_| "does not hold 32 bytes".to_owned())
    }

    /// AES-256-GCM with the key's id as associated data: a sealed text cannot be moved to another row.
    fn seal(&self, id: &str, plain: &[u8]) -> String {
        format!("{AES_256_GCM}:{}", encrypt(&self.0, id, plain))
    }

    fn open(&self, id: &str, sealed: &str) -> Result<Vec<u8>, String> {
        let text = sealed.strip_prefix(AES_256_GCM).and_then(|rest| rest.strip_prefix(':'));
        text.and_then(|text| decrypt(&self.0, id, text))
            .ok_or_else(|| "the key ring was sealed under another master key".to_owned())
    }
}

/// Written beside every ciphertext, so that another algorithm can come later.
const AES_256_GCM: &str = "aes256gcm";

/// AES-256-GCM under a fresh nonce, `place` as associated data: what was sealed for one place opens nowhere else.
fn encrypt(key: &[u8; 32], place: &str, plain: &[u8]) -> String {
    let nonce = random_bytes::<12>();
    let sealed =
        Aes256Gcm::new(&(*key).into()).encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: place.as_bytes() });
    STANDARD.encode([nonce.as_slice(), &sealed.expect("sealing a short message in memory")].concat())
}

fn decrypt(key: &[u8; 32], place: &str, text: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(text).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(12)?;
    let nonce: [u8; 12] = nonce.try_into().ok()?;
    Aes256Gcm::new(&(*key).into()).decrypt(&Nonce::from(nonce), Payload { msg: sealed, aad: place.as_bytes() }).ok()
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The claims of an access token. Roles are not among them: they are loaded at every request.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    iat: i64,
    exp: i64,
}

const ISSUER: &str = "laoshan";

#[derive(Clone)]
pub struct KeyRing {
    master: MasterKey,
    ring: Arc<RwLock<Ring>>,
}

#[derive(Default)]
struct Ring {
    /// Oldest first; the last one signs.
    sign: Vec<Signing>,
    refresh: Vec<[u8; 32]>,
    field: Vec<FieldKey>,
}

/// Sealing and finding use keys of their own, both derived from the one that is kept.
struct FieldKey {
    id: String,
    seal: [u8; 32],
    index: [u8; 32],
}

impl FieldKey {
    fn of(id: String, secret: [u8; 32]) -> Self {
        Self { id, seal: hmac_sha256(&secret, b"seal"), index: hmac_sha256(&secret, b"index") }
    }
}

struct Signing {
    id: String,
    created_at: Stamp,
    key: SigningKey,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = key_ring)]
struct KeyRow {
    id: KeyId,
    purpose: KeyPurpose,
    algorithm: String,
    public_key: String,
    sealed: String,
    created_at: Stamp,
    retired_at: Option<Stamp>,
}

#[derive(Debug, Queryable, Serialize)]
pub struct KeyView {
    pub id: KeyId,
    pub purpose: KeyPurpose,
    pub algorithm: String,
    /// Base64; empty for a secret that has no public half.
    pub public_key: String,
    pub created_at: Stamp,
    pub retired_at: Option<Stamp>,
}

impl KeyRing {
    pub fn new(master: MasterKey) -> Self {
        Self { master, ring: Arc::default() }
    }

    /// Reads the ring, making the first keys of a new installation.
    pub fn load(&self, cx: &mut Cx) -> Result<(), AppError> {
        for purpose in KeyPurpose::ALL {
            let have: i64 = key_ring::table.filter(key_ring::purpose.eq(purpose)).count().get_result(cx.conn)?;
            if have == 0 {
                self.make(cx, *purpose)?;
            }
        }
        let rows: Vec<KeyRow> = key_ring::table
            .filter(key_ring::retired_at.is_null())
            .select(KeyRow::as_select())
            .order(key_ring::id)
            .load(cx.conn)?;
        let mut ring = Ring::default();
        for row in rows {
            let secret = self.master.open(row.id.as_str(), &row.sealed).map_err(AppError::internal)?;
            let secret: [u8; 32] =
                secret.try_into().map_err(|_| AppError::internal("a key of the ring is not 32 bytes"))?;
            match row.purpose {
                KeyPurpose::Sign => ring.sign.push(Signing::of(row.id.0, row.created_at, secret)),
                KeyPurpose::Refresh => ring.refresh.push(secret),
                KeyPurpose::Field => ring.field.push(FieldKey::of(row.id.0, secret)),
            }
        }
        *self.ring.write().unwrap_or_else(|e| e.into_inner()) = ring;
        Ok(())
    }

    /// A new signing key; the older ones go on verifying until `retire_old` takes them out. It signs once `load` has run after
    /// the commit.
    pub fn make_signing_key(&self, cx: &mut Cx) -> Result<KeyId, AppError> {
        self.make(cx, KeyPurpose::Sign)
    }

    /// Takes signing keys out of use that a newer one replaced longer ago than any access token lives.
    pub fn retire_old(&self, cx: &mut Cx, access_minutes: i64) -> Result<usize, AppError> {
        let rows: Vec<(KeyId, Stamp)> = key_ring::table
            .filter(key_ring::purpose.eq(KeyPurpose::Sign))
            .filter(key_ring::retired_at.is_null())
            .select((key_ring::id, key_ring::created_at))
            .order(key_ring::id)
            .load(cx.conn)?;
        let safe = cx.now.minus(chrono::Duration::minutes(access_minutes + 5));
        let mut retired = 0;
        for pair in rows.windows(2) {
            if pair[1].1 < safe {
                diesel::update(key_ring::table.find(&pair[0].0))
                    .set(key_ring::retired_at.eq(cx.now))
                    .execute(cx.conn)?;
                cx.record(Event::on(Subject::new("key", &pair[0].0)).action("key.retire").moved("active", "retired"));
                retired += 1;
            }
        }
        Ok(retired)
    }

    /// Every key there ever was, oldest first; what is secret stays out.
    pub fn list(cx: &mut Cx) -> Result<Vec<KeyView>, AppError> {
        let rows = key_ring::table
            .select((
                key_ring::id,
                key_ring::purpose,
                key_ring::algorithm,
                key_ring::public_key,
                key_ring::created_at,
                key_ring::retired_at,
            ))
            .order(key_ring::id)
            .load(cx.conn)?;
        Ok(rows)
    }

    /// When the newest signing key was made.
    pub fn newest(cx: &mut Cx) -> Result<Option<Stamp>, AppError> {
        Ok(key_ring::table
            .filter(key_ring::purpose.eq(KeyPurpose::Sign))
            .select(key_ring::created_at)
            .order(key_ring::id.desc())
            .first(cx.conn)
            .optional()?)
    }

    fn make(&self, cx: &mut Cx, purpose: KeyPurpose) -> Result<KeyId, AppError> {
        let id: KeyId = cx.id();
        let secret = random_bytes::<32>();
        let public_key = match purpose {
            KeyPurpose::Sign => STANDARD.encode(SigningKey::from_bytes(&secret).verifying_key().as_bytes()),
            KeyPurpose::Refresh | KeyPurpose::Field => String::new(),
        };
        let row = KeyRow {
            id: id.clone(),
            purpose,
            algorithm: match purpose {
                KeyPurpose::Sign => "Ed25519",
                KeyPurpose::Refresh => "HMAC-SHA256",
                KeyPurpose::Field => "AES-256-GCM",
            }
            .to_owned(),
            public_key,
            sealed: self.master.seal(id.as_str(), &secret),
            created_at: cx.now,
            retired_at: None,
        };
        diesel::insert_into(key_ring::table).values(&row).execute(cx.conn)?;
        cx.record(
            Event::on(Subject::new("key", &id))
                .action("key.make")
                .to("active")
                .changes(Changes::default().set("purpose", purpose)),
        );
        Ok(id)
    }

    pub fn issue_access(
        &self,
        user: &UserId,
        session: &SessionId,
        now: Stamp,
        minutes: i64,
    ) -> Result<String, AppError> {
        let iat = now.utc().timestamp();
        let claims = Claims {
            iss: ISSUER.into(),
            aud: ISSUER.into(),
            sub: user.0.clone(),
            sid: session.0.clone(),
            iat,
            exp: iat + minutes * 60,
        };
        let ring = self.ring.read().unwrap_or_else(|e| e.into_inner());
        let newest = ring.signing_at(now)?;
        let header = Header { kid: Some(newest.id.clone()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, &claims, &newest.encoding).map_err(AppError::internal)
    }

    /// `None` for anything that is not a token of ours in its time.
    pub fn verify_access(&self, token: &str, now: Stamp) -> Option<TokenClaims> {
        let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
        let ring = self.ring.read().unwrap_or_else(|e| e.into_inner());
        let key = ring.sign.iter().find(|k| k.id == kid)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The library reads the machine's clock; ours is a value (and the demo's can be moved), so the time is checked below.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &key.decoding, &validation).ok()?.claims;
        let at = now.utc().timestamp();
        const LEEWAY: i64 = 5;
        (claims.exp + LEEWAY > at && claims.iat <= at + LEEWAY)
            .then_some(TokenClaims { user_id: UserId(claims.sub), session_id: SessionId(claims.sid) })
    }

    /// The one successor of a refresh token: derived, so that two tabs that refresh at once are given the same, and only its hash
    /// has to be stored.
    pub fn successor(&self, token: &str) -> Result<String, AppError> {
        let ring = self.ring.read().unwrap_or_else(|e| e.into_inner());
        let secret = ring.refresh.last().ok_or_else(|| AppError::internal("the key ring is empty"))?;
        Ok(hex::encode(hmac_sha256(secret, token.as_bytes())))
    }

    /// Seals one field of one record for keeping: `aes256gcm:<key id>:<ciphertext>`. `place` names where it is kept (table, column
    /// and row); it opens only there.
    pub fn seal_field(&self, place: &str, plain: &str) -> Result<String, AppError> {
        let ring = self.ring.read().unwrap_or_else(|e| e.into_inner());
        let newest = ring.field.last().ok_or_else(|| AppError::internal("the key ring is empty"))?;
        Ok(format!("{AES_256_GCM}:{}:{}", newest.id, encrypt(&newest.seal, place, plain.as_bytes())))
    }

    pub fn open_field(&self, place: &str, sealed: &str) -> Result<String, AppError> {
        let ring = self.ring.read().unwrap_or_else(|e| e.into_inner());
        let open = || {
            let (algorithm, rest) = sealed.split_once(':')?;
            let (id, text) = rest.split_once(':')?;
            let key = ring.field.iter().find(|key| key.id == id).filter(|_| algorithm == AES_256_GCM)?;
            String::from_utf8(decrypt(&key.seal, place, text)?).ok()
        };
        open().ok_or_else(|| AppError::internal(format!("a sealed field does not open: {place}")))
    }

    /// HMAC-SHA256 of a value under a key nobody outside has: equal values are found by it, and it tells nothing else. `domain` keeps
    /// values of different kinds apart.
    pub fn blind_index(&self, domain: &str, value: &str) -> Result<String, AppError> {
        let ring = self.ring.read().unwrap_or_else(|e| e.into_inner());
        let first = ring.field.first().ok_or_else(|| AppError::internal("the key ring is empty"))?;
        Ok(hex::encode(hmac_sha256(&first.index, format!("{domain}\0{value}").as_bytes())))
    }

    /// A keyed digest for things too short to be hid by a plain one (a mailed code, an address). `label` keeps uses apart.
    pub fn digest(&self, label: &str, text: &str) -> Result<String, AppError> {
        self.successor(&format!("{label}\0{text}"))
    }

    /// Signs with the newest key: its id and the signature in base64.
    pub fn sign(&self, message: &[u8], now: Stamp) -> Result<(String, String), AppError> {
        let ring = self.ring.read().unwrap_or_else(|e| e.into_inner());
        let newest = ring.signing_at(now)?;
        Ok((newest.id.clone(), STANDARD.encode(newest.key.sign(message).to_bytes())))
    }

    /// Checks a signature against any key the ring ever had.
    pub fn verify(cx: &mut Cx, key_id: &str, message: &[u8], signature: &str) -> Result<bool, AppError> {
        let public: Option<String> =
            key_ring::table.filter(key_ring::id.eq(key_id)).select(key_ring::public_key).first(cx.conn).optional()?;
        let check = || {
            let key: [u8; 32] = STANDARD.decode(public?).ok()?.try_into().ok()?;
            let signature: [u8; 64] = STANDARD.decode(signature).ok()?.try_into().ok()?;
            VerifyingKey::from_bytes(&key).ok()?.verify(message, &signature.into()).ok()
        };
        Ok(check().is_some())
    }
}

/// A new key is not used before every process that shares the ring has read it again (`jobs::watch_keys`).
const SETTLE_SECONDS: i64 = 120;

impl Ring {
    fn signing_at(&self, now: Stamp) -> Result<&Signing, AppError> {
        let settled = now.minus(chrono::Duration::seconds(SETTLE_SECONDS));
        // A fresh installation has nothing older, and nobody it could disagree with.
        let key = self.sign.iter().rev().find(|key| key.created_at <= settled).or(self.sign.first());
        key.ok_or_else(|| AppError::internal("the key ring is empty"))
    }
}

impl Signing {
    fn of(id: String, created_at: Stamp, secret: [u8; 32]) -> Self {
        // PKCS#8 v1 of an Ed25519 key is this constant prefix and the 32 bytes (RFC 8410, section 7).
        const PREFIX: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
        let key = SigningKey::from_bytes(&secret);
        let encoding = EncodingKey::from_ed_der(&[PREFIX.as_slice(), &secret].concat());
        let decoding = DecodingKey::from_ed_der(key.verifying_key().as_bytes());
        Self { id, created_at, key, encoding, decoding }
    }
}

/// RFC 2104, for keys no longer than a block.
fn hmac_sha256(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let pad = |byte: u8| {
        let mut block = [byte; 64];
        block.iter_mut().zip(key).for_each(|(b, k)| *b ^= k);
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests;
