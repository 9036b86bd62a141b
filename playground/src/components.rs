//! The parts of the page, one file each.

mod context_rows;
mod decision;
mod depends;
mod document_bar;
mod editor_pane;
mod explanation;
mod field;
mod further_actions;
mod gallery_dialog;
mod header;
mod icons;
mod menu;
mod options;
mod policies;
mod policy_list;
mod problems;
mod request_details;
mod request_form;
mod request_tabs;
mod s3_facts;
mod scenario_menu;
mod suggestions;
mod theme_switch;
mod toast;
mod tool_button;
mod tree;
mod values;

pub use decision::Decision;
pub use explanation::Explanation;
pub use header::Header;
pub use policies::Policies;
pub use request_form::RequestForm;
pub use toast::ToastView;
