/** What a program that knows only the published HTTP interface sees of the product. */

/** The server that the global setup started for all ordinary tests. */
export function sharedServer(): string {
  const url = process.env.PALIMPSEST_URL;
  if (url === undefined) throw new Error("PALIMPSEST_URL is not set: run this through Playwright's config");
  return url;
}

export interface TextNode {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly TextNode[];
}

export interface Content {
  readonly seq: number;
  readonly title: string;
  readonly content: TextNode;
}

export interface Stats {
  readonly head: number;
  readonly wakes: number;
  readonly connections: number;
  readonly rowsWritten: number;
}

export interface HistoryEntry {
  readonly kind: "session" | "restore" | "import" | "version";
  readonly seq?: number;
  readonly lastSeq?: number;
  readonly name?: string;
}

interface Created {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** A guest without a browser. */
export class Guest {
  readonly url: string;
  readonly token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  static async enter(name = "Scribe", url = sharedServer()): Promise<Guest> {
    const response = await fetch(`${url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name }),
    });
    const { token } = (await response.json()) as { token: string };
    return new Guest(url, token);
  }

  request(path: string, init: { method?: string; body?: unknown } = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: init.method ?? "GET",
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
  }

  async json<T>(path: string, init: { method?: string; body?: unknown } = {}): Promise<T> {
    const response = await this.request(path, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** The id of a new document. */
  async create(body: { title?: string; markdown?: string; json?: object } = {}): Promise<string> {
    return (await this.json<Created>("/api/documents", { method: "POST", body })).id;
  }

  content(id: string): Promise<Content> {
    return this.json(`/api/documents/${id}/content?format=json`);
  }

  async markdown(id: string): Promise<string> {
    return (await this.request(`/api/documents/${id}/content?format=markdown`)).text();
  }

  /** Asking wakes the document's object: not during a silence that is to put it to sleep. */
  stats(id: string): Promise<Stats> {
    return this.json(`/api/documents/${id}/stats`);
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    return (await this.json<{ entries: HistoryEntry[] }>(`/api/documents/${id}/history`)).entries;
  }

  async ticket(id: string): Promise<string> {
    return (await this.json<{ token: string }>(`/api/documents/${id}/ticket`, { method: "POST", body: {} }))
      .token;
  }
}

/** The text of each top-level block. */
export function blocksOf(node: TextNode): string[] {
  return (node.content ?? []).map(textOf);
}

function textOf(node: TextNode): string {
  return node.text ?? (node.content ?? []).map(textOf).join("");
}

/** Without the attributes that are left at null: whether a default is written out differs between readers. */
export function comparable(node: TextNode): TextNode {
  const attrs = Object.fromEntries(Object.entries(node.attrs ?? {}).filter(([, value]) => value !== null));
  return {
    type: node.type,
    ...(node.text === undefined ? {} : { text: node.text }),
    ...(Object.keys(attrs).length === 0 ? {} : { attrs }),
    ...(node.marks === undefined ? {} : { marks: node.marks }),
    ...(node.content === undefined ? {} : { content: node.content.map(comparable) }),
  };
}
