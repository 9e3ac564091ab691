// dmn-js with what a table of fixed columns needs: rows come and go, columns stay.
import TableViewer from "dmn-js-decision-table/lib/Viewer";
import addRule from "dmn-js-decision-table/lib/features/add-rule";
import annotations from "dmn-js-decision-table/lib/features/annotations/editor";
import cellSelection from "dmn-js-decision-table/lib/features/cell-selection";
import tableActions from "dmn-js-decision-table/lib/features/editor-actions";
import keyboard from "dmn-js-decision-table/lib/features/keyboard";
import modeling from "dmn-js-decision-table/lib/features/modeling";
import EditingManager from "dmn-js-shared/lib/base/EditingManager";
import dataTypes from "dmn-js-shared/lib/features/data-types";
import expressionLanguages from "dmn-js-shared/lib/features/expression-languages";
import { is } from "dmn-js-shared/lib/util/ModelUtil";
import editorActions from "table-js/lib/features/editor-actions";
import interactionEvents from "table-js/lib/features/interaction-events";
import selection from "table-js/lib/features/selection";
import cells from "./cells.js";
import words from "./words.js";

class TableEditor extends TableViewer {
  getModules() {
    return [
      ...TableViewer._getModules(),
      addRule,
      annotations,
      cellSelection,
      tableActions,
      editorActions,
      interactionEvents,
      keyboard,
      modeling,
      selection,
      dataTypes,
      expressionLanguages,
      cells,
      words,
    ];
  }
}

/** A file with one table, opened at once. */
export class Tables extends EditingManager {
  _getViewProviders() {
    return [
      {
        id: "decisionTable",
        constructor: TableEditor,
        opens: (element) =>
          is(element, "dmn:Decision") && is(element.decisionLogic, "dmn:DecisionTable"),
      },
    ];
  }
}
