// What stands inside what.

/** Everything in a process or sub-process, and in those inside it. */
export function* everythingIn(scope) {
  for (const element of scope.flowElements ?? []) {
    yield element;
    if (element.flowElements) yield* everythingIn(element);
  }
}
