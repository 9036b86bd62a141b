//! What opens above the page.

use leptos::prelude::*;

use super::choice_dialog::ChoiceDialog;
use super::gallery_dialog::GalleryDialog;
use super::open_dialog::OpenDialog;
use super::palette::Palette;
use super::shelf_dialog::ShelfDialog;
use super::shortcuts::Shortcuts;
use crate::keys::Dialogs;

#[component]
pub fn DialogViews(dialogs: Dialogs) -> impl IntoView {
    view! {
        <Palette open=dialogs.palette />
        <Shortcuts open=dialogs.shortcuts />
        <GalleryDialog open=dialogs.gallery />
        <OpenDialog open=dialogs.opening />
        <ChoiceDialog />
        <ShelfDialog open=dialogs.shelf />
    }
    .into_any()
}
