// What the page's program constructs: the editor, and the way to what is loaded later.
import { Analysis } from "../../analysis/client.js";
import { Said } from "../../analysis/said.js";
import { PolicyEditor } from "./policy-editor.js";

globalThis.AdmittanceEditor = PolicyEditor;
globalThis.AdmittanceAnalysis = Analysis;
globalThis.AdmittanceSaid = Said;
