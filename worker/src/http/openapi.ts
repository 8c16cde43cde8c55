import { SUBPROTOCOL } from "@palimpsest/protocol";
import { documentsPaths } from "./openapi/documents.ts";
import { filesPaths } from "./openapi/files.ts";
import { object } from "./openapi/operation.ts";
import { pastPaths } from "./openapi/past.ts";
import { text } from "./openapi/schemas.ts";
import { problems } from "./problem.ts";

/** The HTTP interface as OpenAPI 3.1 describes it. A test holds it against the routes that exist. */
export const openapi = {
  openapi: "3.1.0",
  info: {
    title: "Palimpsest",
    version: "1",
    description: `Collaborative documents with their whole history. Documents are edited over a WebSocket at /sync/{id} (y-protocols; subprotocol ${SUBPROTOCOL} adds acknowledgements and resuming).`,
  },
  components: {
    securitySchemes: {
      bearer: { type: "http", scheme: "bearer", description: "The token that POST /api/session returns." },
      cookie: { type: "apiKey", in: "cookie", name: "palimpsest-session" },
    },
    schemas: {
      Problem: object({
        type: text,
        title: text,
        status: { type: "integer" },
        code: { enum: Object.keys(problems) },
      }),
    },
  },
  security: [{ bearer: [] }, { cookie: [] }],
  paths: { ...documentsPaths, ...pastPaths, ...filesPaths },
};
