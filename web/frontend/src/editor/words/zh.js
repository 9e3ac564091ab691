// Our own Chinese: what the library's translation lacks or puts in a programmer's words.
import keys from "./zh/keys.js";
import menus from "./zh/menus.js";
import palette from "./zh/palette.js";
import problems from "./zh/problems.js";
import saving from "./zh/saving.js";
import simulation from "./zh/simulation.js";

export default { ...menus, ...palette, ...saving, ...problems, ...keys, ...simulation };
