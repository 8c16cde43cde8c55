import { Problem, type ProblemCode, problems } from "./problem.ts";

type Refusal = {
  readonly ok: false;
  readonly code: ProblemCode;
  readonly head?: number;
  readonly floor?: number;
};

/** The value of a result that is one. @throws Problem with the document's own refusal */
export function granted<T extends { readonly ok: boolean }>(result: T): Extract<T, { readonly ok: true }> {
  if (result.ok) return result as Extract<T, { readonly ok: true }>;
  const { code, head, floor } = result as unknown as Refusal;
  if (!Object.hasOwn(problems, code)) throw new Error(`a document refused with an unknown code: ${code}`);
  if (head !== undefined) throw new Problem(code, `The newest position is ${head}.`);
  if (floor !== undefined) throw new Problem(code, `The oldest position that is kept is ${floor}.`);
  throw new Problem(code);
}
