// Where bpmn-js says it for authors of software, and we say it for those who draw supervision.
export default {
  "Change element": "Change into …",
  "Connect to other element": "Connect",
  "Exclusive gateway": "Choice (exclusive gateway)",
  "Parallel gateway": "In parallel (parallel gateway)",
  "Inclusive gateway": "One or several ways (inclusive gateway)",
  "Event-based gateway": "Whatever comes first (event-based gateway)",
  "User task": "Step done by people (user task)",
  "Service task": "Automatic step (service task)",
  "Business rule task": "Decided by a table (business rule task)",
  "Send task": "Send a message (send task)",
  "Receive task": "Wait for a message (receive task)",
  "Call activity": "Shared part (call activity)",
  "Parallel multi-instance": "Several times, all at once",
  "Sequential multi-instance": "Several times, one after the other",
};
