// What the page says to the editor of publications, its places, and how it asks the house.
import { asking } from "../parts/saving/asking.js";
import { Kept } from "../parts/saving/kept.js";
import { saying } from "../parts/saying.js";

/** `publication`, `addresses`, `words`, `figures`, `checks`, and whether it is `readonly`. */
export const page = JSON.parse(document.getElementById("publication-told").textContent);

/** The element of the page with this `data-pub` name. */
export const place = (name) => document.querySelector(`[data-pub="${name}"]`);

/** A copy of what the page keeps ready in the `<template>` of this name. */
export const piece = (name) => place(name).content.firstElementChild.cloneNode(true);

/** The words of this name in the reader's language; `{name}` in them is filled from `parts`. */
export const words = saying(page.words);

/** Ask the house: like fetch, with what every request of the editor carries. */
export const ask = asking(page.csrf);

/** What isn't saved yet, on this computer. */
export const kept = new Kept(`duban.publication.${page.publication.id}`);
