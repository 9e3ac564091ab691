// What is said about the chosen element, on the right side of the editor.
export default {};
