import { catalogue } from "../../i18n/catalogue.ts";

/** Beginnings, as Markdown. They belong to whoever makes a document of one: no program looks at them again. */
export const templateText = catalogue("templates", {
  title: "Begin with",
  hint: "Each is an ordinary document from the first moment on.",
  making: "The document is being made",
  blank: { name: "Blank page", about: "Nothing but room", title: "", markdown: "" },
  meeting: {
    name: "Meeting notes",
    about: "Who, what, and who does what by when",
    title: "Meeting notes",
    markdown: `**Date:**  
**Present:**  
**Notes by:**

## What this is about

One sentence that says what should be different after this meeting.

## Topics

1. First topic
2. Second topic

## Decided

- 

## To do

- [ ] What – who – by when
- [ ] What – who – by when

## Next time

`,
  },
  project: {
    name: "Project plan",
    about: "Aim, milestones, risks, open questions",
    title: "Project plan",
    markdown: `> What will be true when this is done? Two sentences that a stranger understands.

## Why now

What happens if we do not do it.

## What belongs to it, and what does not

| In | Out |
| --- | --- |
|  |  |
|  |  |

## Milestones

| What | Who | When | How we know it is done |
| --- | --- | --- | --- |
| First version |  |  |  |
| Everybody uses it |  |  |  |

## Risks

- **Risk:** what we do about it

## Next steps

- [ ] First step

## Open questions

- 
`,
  },
  decision: {
    name: "Decision record",
    about: "What was decided, and why not otherwise",
    title: "Decision: ",
    markdown: `**Status:** proposed  
**Date:**  
**Decided by:**

## Context

What makes a decision necessary? Facts only.

## Options

### First option

- Speaks for it:
- Speaks against it:

### Second option

- Speaks for it:
- Speaks against it:

## Decision

We choose … because …

## Consequences

What becomes easier, what becomes harder, and when we look at this again.
`,
  },
  week: {
    name: "Weekly review",
    about: "What was, what counts next",
    title: "Week of ",
    markdown: `## This week

- [x] What got done

## What I learned

- 

## What held me up

- 

## Next week

Three things, the most important one first.

- [ ] First
- [ ] Second
- [ ] Third

---

*Later, not now:*

- 
`,
  },
  reading: {
    name: "Reading notes",
    about: "What it says, what I make of it",
    title: "Notes on ",
    markdown: `**Author:**  
**Read in:**

## In three sentences

What it says, in my own words.

## Worth keeping

> A passage, with its page.

Why it matters to me.

## Questions and doubts

- 

## Leads to

- What I want to read or try next
`,
  },
});
