// What every part of the panel is told: the element, its house, and how to change it.
import { createContext } from "@bpmn-io/properties-panel/preact";
import { useContext } from "@bpmn-io/properties-panel/preact/hooks";

export const Panel = createContext(null);

/** `element`, `businessObject`, `catalogue`, `editing`, `say`, `problems`, `get`, `language`, `readonly`. */
export const usePanel = () => useContext(Panel);
