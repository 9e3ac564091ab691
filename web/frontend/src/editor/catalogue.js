// Everything that a diagram may name, in the reader's language; asked for once.
import { askUntil } from "./insisting.js";
import { page } from "./page.js";

/** A promise of the catalogue: steps, limits, operations, processes … */
export const catalogue = askUntil(page.addresses.catalogue, (answer) => answer.json());
