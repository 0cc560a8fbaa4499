//! The provider's document and keys, kept for ten minutes.

use std::time::Duration;

use cards_app::ports::LogInError;
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::CoreProviderMetadata;
use openidconnect::{DiscoveryError, IssuerUrl};
use tokio::sync::Mutex;
use tokio::time::sleep;
use url::Url;

use super::transport::{Transport, Unreachable};

const KEPT: TimeDelta = TimeDelta::minutes(10);
/// A token with an unknown key makes us look again, but nobody can make us look all the time.
const RENEWED_AT_MOST_EVERY: TimeDelta = TimeDelta::seconds(10);
/// Waits between attempts.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(600)];

type Known = Option<(DateTime<Utc>, CoreProviderMetadata)>;

pub(super) struct Discovery {
    issuer: IssuerUrl,
    known: Mutex<Known>,
}

impl Discovery {
    pub(super) fn new(issuer: &Url) -> Result<Self, LogInError> {
        // An address without a path is spelt without the slash that Url adds.
        let text = issuer.as_str();
        let text = if issuer.path() == "/" {
            text.trim_end_matches('/')
        } else {
            text
        };
        let issuer = IssuerUrl::new(text.to_owned())
            .map_err(|_| LogInError::Untrusted("the issuer is not an address".to_owned()))?;
        Ok(Self {
            issuer,
            known: Mutex::new(None),
        })
    }

    /// The document, at most ten minutes old.
    pub(super) async fn metadata(
        &self,
        http: &Transport,
        now: DateTime<Utc>,
    ) -> Result<CoreProviderMetadata, LogInError> {
        self.at_most(KEPT, http, now).await
    }

    /// The document as it is now, or was some seconds ago.
    pub(super) async fn renewed(
        &self,
        http: &Transport,
        now: DateTime<Utc>,
    ) -> Result<CoreProviderMetadata, LogInError> {
        self.at_most(RENEWED_AT_MOST_EVERY, http, now).await
    }

    async fn at_most(
        &self,
        age: TimeDelta,
        http: &Transport,
        now: DateTime<Utc>,
    ) -> Result<CoreProviderMetadata, LogInError> {
        let mut known = self.known.lock().await;
        if let Some((at, metadata)) = &*known
            && now - *at < age
        {
            return Ok(metadata.clone());
        }
        let metadata = self.fetch(http).await?;
        *known = Some((now, metadata.clone()));
        Ok(metadata)
    }

    async fn fetch(&self, http: &Transport) -> Result<CoreProviderMetadata, LogInError> {
        for pause in PAUSES {
            match CoreProviderMetadata::discover_async(self.issuer.clone(), http).await {
                Ok(metadata) => return Ok(metadata),
                Err(error) => note(&error),
            }
            sleep(pause).await;
        }
        CoreProviderMetadata::discover_async(self.issuer.clone(), http)
            .await
            .map_err(|error| {
                note(&error);
                LogInError::ProviderDown
            })
    }
}

fn note(error: &DiscoveryError<Unreachable>) {
    tracing::warn!(%error, "the identity provider's document cannot be read");
}
