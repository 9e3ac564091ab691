// What is wrong with the table: listed, and marked at its cell.
import { columns, place, words } from "./page.js";

const MARKS = ["dt-error", "dt-warning"];

function cellAt(viewer, { row, column }) {
  if (row === null) return null;
  const found = viewer.get("sheet").getRoot().rows[row];
  const cell =
    found?.cells[
      Math.max(
        columns.findIndex(({ name }) => name === column),
        0,
      )
    ];
  return cell && document.querySelector(`[data-element-id="${cell.id}"]`);
}

function line(viewer, problem) {
  const item = document.createElement("li");
  const where = document.createElement("button");
  where.type = "button";
  where.className = "link";
  where.textContent = problem.place;
  where.addEventListener("click", () => {
    const cell = cellAt(viewer, problem);
    cell?.scrollIntoView({ block: "center", inline: "center" });
    cell?.querySelector("select, input, summary")?.focus();
  });
  item.className = problem.severity;
  item.append(where, " ", problem.text);
  return item;
}

export function showProblems(viewer, problems) {
  for (const marked of document.querySelectorAll(MARKS.map((each) => `.${each}`).join())) {
    marked.classList.remove(...MARKS);
    marked.removeAttribute("title");
  }
  for (const problem of problems) {
    const cell = cellAt(viewer, problem);
    cell?.classList.add(`dt-${problem.severity}`);
    if (cell) cell.title = problem.text;
  }
  const list = place("problems");
  list.replaceChildren(...problems.map((each) => line(viewer, each)));
  if (problems.length === 0) {
    const item = document.createElement("li");
    item.className = "sound";
    item.textContent = words.sound;
    list.append(item);
  }
}
