// Whether a line is half typed: what writes it hears of it only once it is left.
const LINES = "textarea, input:not([type=checkbox], [type=radio], [type=file])";

let written;
const note = () => {
  written = document.activeElement?.value?.trim();
};

for (const event of ["focusin", "change", "submit"]) document.addEventListener(event, note, true);
document.addEventListener("keydown", ({ key, defaultPrevented }) => {
  if (key === "Enter" && defaultPrevented) note(); // the line has taken it
});
note();

/** Whether an element is a line to type into. */
export const isLine = (element) => element.matches(LINES);

/** Whether somebody has typed into a line and hasn't left it. */
export function typing() {
  const { activeElement: line } = document;
  return Boolean(line && isLine(line)) && line.value.trim() !== written;
}
