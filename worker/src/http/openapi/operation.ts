export function object(properties: Readonly<Record<string, object>>) {
  return { type: "object", properties, required: Object.keys(properties) };
}

export interface OperationOptions {
  readonly parameters?: readonly object[];
  readonly body?: Readonly<Record<string, object>>;
  /** The body is a file of this type. */
  readonly file?: string;
  /** What the answer is, where it is not JSON. */
  readonly type?: string;
}

export function operation(
  summary: string,
  answers: Readonly<Record<number, object | null>>,
  { parameters, body, file, type = "application/json" }: OperationOptions = {},
) {
  const problem = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const responses: Record<string, object> = { default: { description: "A refusal", content: problem } };
  for (const [status, schema] of Object.entries(answers)) {
    responses[status] =
      schema === null ? { description: "Done" } : { description: summary, content: { [type]: { schema } } };
  }
  const content =
    file === undefined
      ? { "application/json": { schema: { type: "object", properties: body } } }
      : { [file]: { schema: { type: "string", format: "binary" } } };
  return {
    summary,
    ...(parameters === undefined ? {} : { parameters }),
    ...(body === undefined && file === undefined ? {} : { requestBody: { content } }),
    responses,
  };
}
