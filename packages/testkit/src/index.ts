export { caseCount, forEachSeed, type Random, seeded } from "./random.ts";
export { typingTimes } from "./typing.ts";
export { collect, randomEdit } from "./updates-edit.ts";
export { type RandomHistory, randomHistory } from "./updates-history.ts";
export { view } from "./updates-view.ts";
