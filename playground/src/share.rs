//! Links that carry a scenario: in the fragment of the page's own address, which browsers never send.
//!
//! `#share=1.DOCUMENT.REQUEST.DATA`: the places of the selected document and request, and the scenario as JSON,
//! compressed (raw deflate, by the browser) and written in the URL-safe alphabet of base64. Whatever comes out of a
//! link is read as a scenario and nothing else, by the same parser as a file, after its sizes were checked.
//!
//! `#share=2.DOCUMENT.REQUEST.OFF.DATA` has also the documents that are switched off, as their numbers in the order of the
//! scenario's places with `-` between. Where none is, the link is of version 1, which pages of every age read.

use admittance::scenario::Scenario;
use base64ct::{Base64UrlUnpadded, Encoding};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader, WritableStream};

use crate::storage::Saved;
use crate::workspace::Workspace;

/// What a fragment begins with that is a link of ours; any other fragment is none.
const PREFIX: &str = "share=";
const VERSION: &str = "1";
/// The version that knows documents that are switched off.
const WITH_OFF: &str = "2";
/// The longest fragment that is read or made: what browsers and chats pass on is less.
const MAX_CHARS: usize = 192 << 10;
/// The longest scenario that a link may unpack to.
const MAX_TEXT: usize = 1 << 20;
/// What is decompressed at a time. Deflate makes at most a thousandfold of it.
const PIECE: usize = 1 << 10;

const FORMAT: &str = "deflate-raw";

// `web-sys` counts these two among the unstable interfaces and leaves them out.
#[wasm_bindgen]
extern "C" {
    type CompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn readable(this: &CompressionStream) -> ReadableStream;

    #[wasm_bindgen(method, getter)]
    fn writable(this: &CompressionStream) -> WritableStream;

    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn readable(this: &DecompressionStream) -> ReadableStream;

    #[wasm_bindgen(method, getter)]
    fn writable(this: &DecompressionStream) -> WritableStream;
}

/// Why a link is not opened or made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Of a form that only a later version of this page may know.
    Version,
    /// Longer than any link that this page makes.
    Long,
    /// Not what this page wrote: cut off, or changed.
    Broken,
    /// What it holds is no scenario, and why not.
    NoScenario(String),
}

impl Refused {
    pub fn message(&self) -> String {
        match self {
            Self::Version => "it was made by another version of this page".to_owned(),
            Self::Long => "it is too long".to_owned(),
            Self::Broken => "it is damaged or cut off".to_owned(),
            Self::NoScenario(reason) => format!("it holds no scenario ({reason})"),
        }
    }
}

/// A link before its data is decompressed.
#[derive(Debug, PartialEq, Eq)]
struct Link {
    document: usize,
    request: usize,
    /// The documents that are switched off, by their numbers.
    off: Vec<usize>,
    data: Vec<u8>,
}

/// Whether a fragment (with or without its `#`) claims to be a link of ours.
pub fn is_link(fragment: &str) -> bool {
    fragment.trim_start_matches('#').starts_with(PREFIX)
}

/// The fragment that carries a scenario.
pub async fn encode(saved: &Saved) -> Result<String, Refused> {
    let json = serde_json::to_string(&saved.scenario).map_err(|_| Refused::Broken)?;
    if json.len() > MAX_TEXT {
        return Err(Refused::Long);
    }
    let stream = CompressionStream::new(FORMAT).map_err(|_| Refused::Broken)?;
    let data = through(&stream.writable(), &stream.readable(), json.as_bytes(), MAX_TEXT).await?;
    let text = Base64UrlUnpadded::encode_string(&data);
    let (document, request) = (saved.document, saved.request);
    let off: Vec<String> = saved.workspace().off().iter().map(usize::to_string).collect();
    let fragment = match off.join("-") {
        off if off.is_empty() => format!("{PREFIX}{VERSION}.{document}.{request}.{text}"),
        off => format!("{PREFIX}{WITH_OFF}.{document}.{request}.{off}.{text}"),
    };
    if fragment.len() > MAX_CHARS { Err(Refused::Long) } else { Ok(fragment) }
}

/// The scenario that a fragment carries.
pub async fn decode(fragment: &str) -> Result<Saved, Refused> {
    let Link { document, request, off, data } = parse(fragment)?;
    let stream = DecompressionStream::new(FORMAT).map_err(|_| Refused::Broken)?;
    let bytes = through(&stream.writable(), &stream.readable(), &data, MAX_TEXT).await?;
    let text = String::from_utf8(bytes).map_err(|_| Refused::Broken)?;
    let scenario = read(&text)?;
    let places = Workspace::from_scenario(scenario.clone()).places();
    let disabled: Option<_> = off.into_iter().map(|number| places.get(number).cloned()).collect();
    Ok(Saved { document, request, disabled: disabled.ok_or(Refused::Broken)?, ..Saved::of(scenario, true) })
}

fn read(text: &str) -> Result<Scenario, Refused> {
    crate::state::read_scenario(text).map_err(|diagnostics| {
        Refused::NoScenario(diagnostics.into_iter().next().map(|each| each.message).unwrap_or_default())
    })
}

fn parse(fragment: &str) -> Result<Link, Refused> {
    if fragment.len() > MAX_CHARS {
        return Err(Refused::Long);
    }
    let rest = fragment.trim_start_matches('#').strip_prefix(PREFIX).ok_or(Refused::Broken)?;
    let mut parts = rest.split('.');
    let knows_off = match parts.next() {
        Some(VERSION) => false,
        Some(WITH_OFF) => true,
        _ => return Err(Refused::Version),
    };
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok()).ok_or(Refused::Broken);
    let (document, request) = (number(parts.next())?, number(parts.next())?);
    let off = match knows_off {
        true => parts.next().unwrap_or_default().split('-').map(|text| number(Some(text))).collect::<Result<_, _>>()?,
        false => Vec::new(),
    };
    let (Some(data), None) = (parts.next(), parts.next()) else { return Err(Refused::Broken) };
    let data = Base64UrlUnpadded::decode_vec(data).map_err(|_| Refused::Broken)?;
    Ok(Link { document, request, off, data })
}

/// Sends bytes through a transforming stream, piece by piece, so that no more is made than is read; gives up when more
/// than a limit comes out.
async fn through(
    into: &WritableStream,
    out_of: &ReadableStream,
    bytes: &[u8],
    limit: usize,
) -> Result<Vec<u8>, Refused> {
    let broken = |_: JsValue| Refused::Broken;
    let writer = into.get_writer().map_err(broken)?;
    // Errors of writing come out at the other end; a future that is dropped has taken them.
    for piece in bytes.chunks(PIECE) {
        drop(JsFuture::from(writer.write_with_chunk(&Uint8Array::from(piece))));
    }
    drop(JsFuture::from(writer.close()));
    let reader: ReadableStreamDefaultReader = out_of.get_reader().unchecked_into();
    let mut found = Vec::new();
    loop {
        let next = JsFuture::from(reader.read()).await.map_err(broken)?;
        if Reflect::get(&next, &"done".into()).map_err(broken)?.is_truthy() {
            return Ok(found);
        }
        let piece: Uint8Array = Reflect::get(&next, &"value".into()).map_err(broken)?.unchecked_into();
        if found.len().saturating_add(piece.length() as usize) > limit {
            drop(JsFuture::from(reader.cancel()));
            return Err(Refused::Long);
        }
        found.extend(piece.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_taken_apart_strictly() {
        let link = |document, request, off: &[usize], data: &[u8]| {
            Ok(Link { document, request, off: off.to_vec(), data: data.to_vec() })
        };
        let cases = [
            ("#share=1.0.2.AAEC", link(0, 2, &[], &[0, 1, 2])),
            ("share=1.3.0.", link(3, 0, &[], &[])),
            ("share=2.0.2.1-3.AAEC", link(0, 2, &[1, 3], &[0, 1, 2])),
            ("share=2.0.0.AAEC", Err(Refused::Broken)),
            ("share=2.0.0..AAEC", Err(Refused::Broken)),
            ("share=2.0.0.1-.AAEC", Err(Refused::Broken)),
            ("share=3.0.0.AAEC", Err(Refused::Version)),
            ("share=", Err(Refused::Version)),
            ("share=1", Err(Refused::Broken)),
            ("share=1.0.0", Err(Refused::Broken)),
            ("share=1.-1.0.AAEC", Err(Refused::Broken)),
            ("share=1.0.0.AAEC.more", Err(Refused::Broken)),
            ("share=1.0.0.AA+/", Err(Refused::Broken)),
            ("share=1.0.0.AAEC%3Cscript%3E", Err(Refused::Broken)),
            ("share=1.99999999999999999999999999.0.AAEC", Err(Refused::Broken)),
        ];
        for (fragment, wanted) in cases {
            assert_eq!(parse(fragment), wanted, "{fragment}");
        }
        assert_eq!(parse(&format!("share=1.0.0.{}", "A".repeat(MAX_CHARS))), Err(Refused::Long));
    }

    #[test]
    fn other_fragments_are_no_links() {
        assert!(is_link("#share=9"));
        assert!(!is_link("#decision"));
        assert!(!is_link(""));
    }
}
