//! LDIF by the installation's mapping, behind the application's port.

use cards_app::feed::{DirectoryFeed, FeedFormat, FeedRefused, Source};

use super::{Mapping, open, read_feed};

/// Reads LDIF.
#[derive(Clone, Debug, Default)]
pub struct Ldif {
    mapping: Mapping,
}

impl Ldif {
    /// By this mapping.
    #[must_use]
    pub fn new(mapping: Mapping) -> Self {
        Self { mapping }
    }
}

impl FeedFormat for Ldif {
    fn open<'a>(
        &'a self,
        source: Box<dyn Source + 'a>,
    ) -> Result<Box<dyn DirectoryFeed + 'a>, FeedRefused> {
        Ok(Box::new(read_feed(open(source)?, &self.mapping)))
    }
}
