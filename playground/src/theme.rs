//! Light, dark, or what the system says.

use gloo::storage::{LocalStorage, Storage};
use gloo::utils::document_element;

const KEY: &str = "admittance.theme";

/// A color scheme that the reader can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The value of the `data-theme` attribute.
    pub fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|each| each.code() == code).unwrap_or(Self::System)
    }
}

/// The choice of an earlier visit.
pub fn stored() -> Theme {
    LocalStorage::get::<String>(KEY).map_or(Theme::System, |code| Theme::from_code(&code))
}

/// Shows the theme and remembers it.
pub fn choose(theme: Theme) {
    apply(theme);
    // A browser that forbids storage forgets the choice; nothing else depends on it.
    let _ = LocalStorage::set(KEY, theme.code());
}

/// Shows the theme.
pub fn apply(theme: Theme) {
    // Setting an attribute with a valid name cannot fail.
    let _ = document_element().set_attribute("data-theme", theme.code());
}
