// Some references of BPMN name data, not elements: the reader would drop what it can't look up.
const OF_DATA = [
  "bpmn:loopDataInputRef",
  "bpmn:loopDataOutputRef",
  "bpmn:itemRef",
  "bpmn:itemSubjectRef",
  "bpmn:structureRef",
];

/** Keep them as what they name. */
export default class References {
  static $inject = ["eventBus"];

  constructor(eventBus) {
    eventBus.on("import.parse.complete", ({ references, elementsById }) => {
      for (const { element, property, id } of references ?? []) {
        if (!elementsById[id] && OF_DATA.includes(property)) element.set(property, { id });
      }
    });
  }
}
