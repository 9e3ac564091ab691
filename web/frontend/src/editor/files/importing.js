// A file of one's own goes to the house first: it says what it would lose, and keeps it.
import { place } from "../page.js";

export default class Importing {
  static $inject = ["saving"];

  constructor(saving) {
    const input = place("file");
    input.addEventListener("change", async () => {
      if (!input.files.length) return;
      if (await saving.save()) input.form.submit();
      else input.value = ""; // the same file may be chosen again
    });
  }
}
