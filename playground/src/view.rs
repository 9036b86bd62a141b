//! The views of a scenario. Each shows the same workspace.

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// One request, its policies and the decision.
    #[default]
    Decide,
    /// All requests with their expected decisions.
    Tests,
}

impl View {
    pub const ALL: [Self; 2] = [Self::Decide, Self::Tests];

    pub fn label(self) -> &'static str {
        match self {
            Self::Decide => "Decide",
            Self::Tests => "Tests",
        }
    }
}
