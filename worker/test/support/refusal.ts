/** The code of the problem that a request was answered with; the answer is checked to be one. */
export async function refusal(response: Response | Promise<Response>): Promise<string> {
  const answer = await response;
  const type = answer.headers.get("content-type");
  if (type !== "application/problem+json") throw new Error(`${answer.status} is no problem, but ${type}`);
  const problem = await answer.json<{ code: string; status: number; title: string; detail?: string }>();
  if (problem.status !== answer.status) throw new Error(`${answer.status} says that it is ${problem.status}`);
  return problem.code;
}
