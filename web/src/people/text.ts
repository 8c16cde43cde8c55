import { catalogue } from "../i18n/catalogue.ts";
export const peopleText = catalogue("people", {
  you: "You",
  yourName: "Your name",
  yourColor: "Your colour",
  color: (n: number) => `Colour ${n}`,
  change: (name: string) => `You are ${name}. Change name or colour`,
  dialog: "Who you are",
  save: "Done",
  hint: "This is how others see you. There is nothing to sign up for.",
  failed: "Your name could not be changed",
  goTo: (name: string) => `${name}: go to their place in the text`,
  noCaret: (name: string) => `${name} has no caret in the text right now`,
  more: (n: number) => `${n} more`,
  here: (n: number) => (n === 1 ? "Only you are here" : `${n} people are here`),
  joined: (name: string) => `${name} joined`,
  left: (name: string) => `${name} left`,
});
