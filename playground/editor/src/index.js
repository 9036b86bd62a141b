// The module's one export to the page: the class that the Rust side constructs.
import { PolicyEditor } from "./policy-editor.js";

globalThis.AdmittanceEditor = PolicyEditor;
