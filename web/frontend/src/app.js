import "@tabler/core/dist/css/tabler.min.css";
import "./styles/index.css";
import "htmx.org";
import "./parts/choosing.js";
import "./parts/fields.js";
import "./parts/focus.js";
import "./parts/keyboard.js";
import "./parts/live.js";
import "./parts/menus.js";
import "./parts/prints.js";
import "./parts/refusals.js";
import "./parts/several.js";
import "./parts/toast.js";

import.meta.glob("./styles/rooms/*.css", { eager: true });
