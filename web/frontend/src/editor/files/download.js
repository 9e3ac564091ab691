// Hands a text or picture to the reader as a file.
import { handOver } from "../../parts/saving/file.js";
import { page } from "../page.js";

const TYPES = { bpmn: "application/xml", svg: "image/svg+xml", png: "image/png" };

/** Save it as a file named after the process. */
export function download(content, kind) {
  const blob = content instanceof Blob ? content : new Blob([content], { type: TYPES[kind] });
  handOver(blob, `${page.draft.process}.${kind}`);
}
