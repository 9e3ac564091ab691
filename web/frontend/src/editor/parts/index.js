// Shared parts, opened in place.
import Opening from "./opening.js";

export default { __init__: ["opening"], opening: ["type", Opening] };
