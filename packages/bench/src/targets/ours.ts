import { buildStale } from "@palimpsest/tooling/build";
import { startServer } from "@palimpsest/tooling/server";
import { plainFraming } from "../framing.ts";
import type { RunningServer, ServerCounts, Target } from "../target.ts";

/** Who created a data folder's documents, and which document stands for which room: both outlive a restart. */
interface Account {
  readonly token: string;
  readonly documents: Map<string, Promise<string>>;
}

/** The part of a document's statistics that is looked at. */
interface Stats {
  readonly rowsWritten: number;
  readonly wakes: number;
  readonly logBytes: number;
  readonly snapshotBytes: number;
}

function toCounts({ rowsWritten, wakes, logBytes, snapshotBytes }: Stats): ServerCounts {
  return { rowsWritten, wakes, storedBytes: logBytes + snapshotBytes };
}

const accounts = new Map<string, Promise<Account>>();

/** This repository's product, started as `npm start` serves it. */
export const ours: Target = {
  name: "ours",
  kind: "ours",
  about: "this repository's product, as npm start serves it",
  isDurable: true,
  opensDocuments: true,
  isBilledByUse: true,
  keepsTimers: false,
  prepare: buildStale,
  start: async (dataDir) => {
    const server = await startServer({ stateDir: dataDir });
    // "localhost" would be looked up at every connection
    const host = `127.0.0.1:${server.port}`;
    const running = await connectTo(`http://${host}`, dataDir).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return {
      ...running,
      runtimePid: server.runtimePid,
      framing: () => plainFraming,
      starts: () => null,
      stop: server.stop,
      kill: server.kill,
    };
  },
};

async function connectTo(
  origin: string,
  dataDir: string,
): Promise<Pick<RunningServer, "address" | "counts" | "own">> {
  const known = accounts.get(dataDir) ?? newAccount(origin);
  accounts.set(dataDir, known);
  const account = await known;
  const post = (path: string) => call<unknown>("POST", `${origin}${path}`, account.token);
  const documentOf = (room: string): Promise<string> => {
    const known = account.documents.get(room);
    if (known !== undefined) return known;
    const created = post("/api/documents").then((document) => (document as { readonly id: string }).id);
    account.documents.set(room, created);
    return created;
  };
  const url = `${origin.replace("http", "ws")}/sync`;
  return {
    address: async (room) => `${url}/${await documentOf(room)}`,
    counts: async (room) => {
      const stats = `${origin}/api/documents/${await documentOf(room)}/stats`;
      return toCounts(await call<Stats>("GET", stats, account.token));
    },
    own: async (room) => {
      const documentId = await documentOf(room);
      const ticket = async () =>
        ((await post(`/api/documents/${documentId}/ticket`)) as { readonly token: string }).token;
      return { url, documentId, ticket };
    },
  };
}

async function newAccount(origin: string): Promise<Account> {
  const { token } = await call<{ readonly token: string }>("POST", `${origin}/api/session`, null);
  return { token, documents: new Map() };
}

async function call<Answer>(method: string, url: string, token: string | null): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(method === "POST" ? { body: JSON.stringify(token === null ? { name: "Bench" } : {}) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}
