export const views = ["recent", "starred", "trash"] as const;
export const sorts = ["opened", "changed", "title", "created"] as const;

export type View = (typeof views)[number];
export type Sort = (typeof sorts)[number];

/** What the list is to show; it stands in the address, so that going back from a document leads to the same list. */
export type HomeQuestion = { readonly view: View; readonly sort: Sort; readonly query: string };

const maxQuery = 200;

function known<T extends string>(value: string | null, all: readonly T[], otherwise: T): T {
  return all.find((each) => each === value) ?? otherwise;
}

export function readQuestion(search: string): HomeQuestion {
  const params = new URLSearchParams(search);
  return {
    view: known(params.get("view"), views, "recent"),
    sort: known(params.get("sort"), sorts, "opened"),
    query: (params.get("q") ?? "").slice(0, maxQuery),
  };
}

/** The address of the home page with this question; what is usual is left out. */
export function homeAddress({ view, sort, query }: HomeQuestion): string {
  const params = new URLSearchParams();
  if (view !== "recent") params.set("view", view);
  if (sort !== "opened") params.set("sort", sort);
  if (query.trim() !== "") params.set("q", query.slice(0, maxQuery));
  const search = params.toString();
  return search === "" ? "/" : `/?${search}`;
}
