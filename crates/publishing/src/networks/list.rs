//! The list of networks that a process knows.

use std::sync::Arc;

use super::{Capabilities, Network};

/// Networks by their word. Cheap to clone.
#[derive(Clone)]
pub struct Networks(Arc<[Arc<dyn Network>]>);

impl Networks {
    /// These networks, in the order in which people are shown them.
    pub fn new(list: Vec<Arc<dyn Network>>) -> Self {
        Self(list.into())
    }

    /// The network with this word.
    pub fn get(&self, id: &str) -> Option<&Arc<dyn Network>> {
        self.0.iter().find(|network| network.capabilities().id == id)
    }

    /// What it can do, by its word.
    pub fn capabilities(&self, id: &str) -> Option<&Capabilities> {
        self.get(id).map(|network| network.capabilities())
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Network>> {
        self.0.iter()
    }
}
