/** @jsxImportSource @bpmn-io/properties-panel/preact */
// The panel: listens to what is chosen and changed, and draws itself anew.
import { render } from "@bpmn-io/properties-panel/preact";
import { catalogue } from "../catalogue.js";
import { Panel } from "./context.js";
import { GROUPS } from "./groups/index.js";
import { Heading } from "./heading.jsx";
import { speaker } from "./words.js";

const LISTENS = [
  "import.done",
  "selection.changed",
  "elements.changed",
  "commandStack.changed",
  "root.set",
];

export default class PropertiesPanel {
  static $inject = ["config.propertiesPanel", "config.duban", "eventBus", "injector"];

  constructor(config, page, eventBus, injector) {
    this._place = config?.parent;
    this._page = page;
    this._injector = injector;
    this._get = (name) => injector.get(name, false);
    this._problems = [];
    for (const event of LISTENS) eventBus.on(event, () => this._later());
    eventBus.on("duban.checked", ({ problems }) => {
      this._problems = problems;
      this._later();
    });
    this.ready = this._learn();
  }

  async _learn() {
    this.catalogue = await catalogue;
    this._later();
  }

  /** Draw once for all that one deed changes, but before the next: it begins from what is drawn. */
  _later() {
    if (this._waits || !this._place) return;
    this._waits = true;
    queueMicrotask(() => {
      this._waits = false;
      this._draw();
    });
  }

  _draw() {
    const element = this._chosen();
    if (!this.catalogue || !element) return;
    const told = {
      catalogue: this.catalogue,
      editing: this._injector.get("editing"),
      get: this._get, // the same with each drawing: what hangs on it isn't done anew
      language: this._page.language,
      readonly: Boolean(this._page.readonly),
      say: speaker(this.catalogue.words),
      problems: this._problems.filter((problem) => problem.element === element.id),
      element,
      businessObject: element.businessObject,
    };
    render(<Body told={told} />, this._place);
  }

  /** The one element that is chosen; the process where none is, nothing where several are. */
  _chosen() {
    const chosen = this._injector.get("selection").get();
    if (chosen.length > 1) return chosen[chosen.length - 1];
    const element = chosen[0] ?? this._injector.get("canvas").getRootElement();
    return element?.labelTarget ?? (element?.businessObject ? element : null);
  }
}

function Body({ told }) {
  const { element } = told;
  const groups = GROUPS.filter((group) => group.about(element, told));
  return (
    <Panel.Provider value={told}>
      <div class="pp" key={element.id} data-element={element.id}>
        <Heading />
        {groups.map(({ id, Group }) => (
          <Group key={id} />
        ))}
      </div>
    </Panel.Provider>
  );
}
