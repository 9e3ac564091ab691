// What dmn-js says by itself, in the reader's language.
import { page } from "./page.js";

const chinese = {
  "Add rule": "添加一行",
  Annotation: "说明",
  Annotations: "说明",
  And: "且",
  "Decision name: ": "名称：",
  "Hit policy": "命中规则",
  "Hit policy:": "命中规则：",
  Input: "条件",
  "Input expression: ": "条件：",
  "Input label: ": "条件：",
  "Input type": "类型",
  "Move rule": "移动此行",
  Output: "结果",
  "Output label: ": "结果：",
  "Output name: ": "结果：",
  "Output type": "类型",
  Resize: "调整宽度",
  Then: "则",
  When: "当",
};

function translate(template, parts = {}) {
  const known = page.language === "zh_CN" ? chinese[template] : undefined;
  return (known ?? template).replace(/{([^}]+)}/g, (whole, name) => parts[name] ?? whole);
}

export default { translate: ["value", translate] };
