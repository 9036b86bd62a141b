//! What Amazon S3 looks at beside the policies.

use admittance::scenario::{ScenarioBlockPublicAccess, ScenarioS3};
use leptos::prelude::*;

use super::request_details::{Check, Choice, RequestField};
use super::request_form::problems;
use crate::state::use_state;
use crate::workspace::Request;

const ACLS: &[(&str, &str)] = &[
    ("", "not given"),
    ("none", "grants the caller nothing"),
    ("caller", "grants it to the caller"),
    ("public", "grants it to everybody"),
];

#[component]
pub fn S3Facts() -> impl IntoView {
    let state = use_state();
    let given = state.of_request(|request| request.s3.is_some());
    let block = state.of_request(|request| facts(request).block_public_access.is_some());
    let block = Memo::new(move |_| block.get());
    view! {
        <details class="more">
            <summary>{move || if given.get() { "Facts about S3 (given)" } else { "Facts about S3" }}</summary>
            <p class="quiet">"What S3 looks at beside the policies. What is not given is not looked at."</p>
            <div class="request-grid">
                <RequestField
                    id="request-s3-bucket"
                    label="Bucket behind the access point"
                    read=|request| facts(request).bucket.unwrap_or_default()
                    write=|request, text| change(request, |s3| s3.bucket = given_text(text))
                    problems=problems(state, "s3")
                />
                <RequestField
                    id="request-s3-bucket-owner"
                    label="Account that owns the bucket"
                    read=|request| facts(request).bucket_owner.unwrap_or_default()
                    write=|request, text| change(request, |s3| s3.bucket_owner = given_text(text))
                />
                <RequestField
                    id="request-s3-object-owner"
                    label="Account that owns the object"
                    read=|request| facts(request).object_owner.unwrap_or_default()
                    write=|request, text| change(request, |s3| s3.object_owner = given_text(text))
                />
                <Choice
                    id="request-s3-acl"
                    label="ACL of the object"
                    choices=ACLS
                    read=|request| facts(request).object_acl.unwrap_or_default()
                    write=|request, code| change(request, |s3| s3.object_acl = given_text(code))
                />
                <Choice
                    id="request-s3-block"
                    label="Block Public Access"
                    choices=&[("", "not given"), ("given", "given, with these settings")]
                    read=|request| {
                        if facts(request).block_public_access.is_some() { "given".to_owned() } else { String::new() }
                    }
                    write=|request, code| {
                        change(request, |s3| {
                            s3.block_public_access = (code == "given").then(ScenarioBlockPublicAccess::default);
                        });
                    }
                />
            </div>
            <Show when=move || block.get()>
                <div class="checks">
                    <Check
                        label="RestrictPublicBuckets"
                        read=|request| settings(request).restrict_public_buckets
                        write=|request, on| set(request, |settings| settings.restrict_public_buckets = on)
                    />
                    <Check
                        label="IgnorePublicAcls"
                        read=|request| settings(request).ignore_public_acls
                        write=|request, on| set(request, |settings| settings.ignore_public_acls = on)
                    />
                    <Check
                        label="BlockPublicAcls"
                        read=|request| settings(request).block_public_acls
                        write=|request, on| set(request, |settings| settings.block_public_acls = on)
                    />
                    <Check
                        label="BlockPublicPolicy"
                        read=|request| settings(request).block_public_policy
                        write=|request, on| set(request, |settings| settings.block_public_policy = on)
                    />
                </div>
            </Show>
        </details>
    }
    .into_any()
}

fn facts(request: &Request) -> ScenarioS3 {
    request.s3.clone().unwrap_or_default()
}

fn settings(request: &Request) -> ScenarioBlockPublicAccess {
    facts(request).block_public_access.unwrap_or_default()
}

/// Changes a fact; without any left, none are given.
fn change(request: &mut Request, how: impl FnOnce(&mut ScenarioS3)) {
    let mut s3 = facts(request);
    how(&mut s3);
    request.s3 = (s3 != ScenarioS3::default()).then_some(s3);
}

fn set(request: &mut Request, how: impl FnOnce(&mut ScenarioBlockPublicAccess)) {
    change(request, |s3| how(s3.block_public_access.get_or_insert_default()));
}

fn given_text(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
