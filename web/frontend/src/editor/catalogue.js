// Everything that a diagram may name, in the reader's language; asked for once.
import { ask, page } from "./page.js";

/** A promise of the catalogue: steps, limits, operations, processes … */
export const catalogue = ask(page.addresses.catalogue).then((answer) => answer.json());
