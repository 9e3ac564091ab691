// What isn't saved yet is kept on this computer, should the browser or the network go.
import { Kept } from "../../parts/saving/kept.js";
import { page } from "../page.js";

export const kept = new Kept(`duban.draft.${page.draft.id}`);
