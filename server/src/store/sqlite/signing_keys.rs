//! The keys that sign. What is stored of their private half is sealed; this file could not open it.

use async_trait::async_trait;

use super::Sqlite;
use super::row::{At, to_milliseconds};
use crate::access::key_set::StoredSigningKey;
use crate::access::signing_key::Thumbprint;
use crate::store::{SigningKeys, StoreError};
use crate::vault::Sealed;

#[derive(sqlx::FromRow)]
struct SigningKeyRow {
    thumbprint: String,
    public_key: Vec<u8>,
    sealed_seed: Vec<u8>,
    signs_from: i64,
}

impl TryFrom<SigningKeyRow> for StoredSigningKey {
    type Error = StoreError;

    fn try_from(row: SigningKeyRow) -> Result<Self, StoreError> {
        let at = At { table: "signing_keys", id: &row.thumbprint };
        Ok(Self {
            public: at.bytes("public_key", row.public_key)?,
            seed: at.bytes("sealed_seed", row.sealed_seed)?,
            signs_from: at.moment("signs_from", row.signs_from)?,
        })
    }
}

#[async_trait]
impl SigningKeys for Sqlite {
    async fn signing_keys(&self) -> Result<Vec<StoredSigningKey>, StoreError> {
        let rows: Vec<SigningKeyRow> =
            sqlx::query_as("SELECT thumbprint, public_key, sealed_seed, signs_from FROM signing_keys")
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter().map(StoredSigningKey::try_from).collect()
    }

    async fn add_signing_key(&self, key: &StoredSigningKey) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO signing_keys (thumbprint, public_key, sealed_seed, signs_from) VALUES (?, ?, ?, ?)",
        )
        .bind(key.public.thumbprint().to_string())
        .bind(key.public.as_bytes())
        .bind(key.seed.as_bytes())
        .bind(to_milliseconds(key.signs_from))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn reseal_signing_key(&self, key: &Thumbprint, seed: &Sealed) -> Result<(), StoreError> {
        sqlx::query("UPDATE signing_keys SET sealed_seed = ? WHERE thumbprint = ?")
            .bind(seed.as_bytes())
            .bind(key.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn drop_signing_key(&self, key: &Thumbprint) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM signing_keys WHERE thumbprint = ?")
            .bind(key.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
