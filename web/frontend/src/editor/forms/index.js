// The fields of a step's own form, edited in place.
export default {};
