import { describe, expect, it } from "vitest";
import { openapi } from "../src/http/openapi.ts";
import { app } from "../src/index.ts";
import { call, guest, json, newDocument, ORIGIN } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";

const UNKNOWN = "0000000000000000000000";

async function code(response: Response | Promise<Response>): Promise<string> {
  const answer = await response;
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = await answer.json<{ code: string; status: number; title: string }>();
  expect(problem.status).toBe(answer.status);
  expect(problem.title).toMatch(/\.$/);
  return problem.code;
}

describe("sessions", () => {
  it("[WK1] a guest gets a name, a colour and a token that says who they are", async () => {
    const { user, token } = await guest("Ada");
    expect(user.name).toBe("Ada");
    expect(user.color).toMatch(/^#[0-9a-f]{6}$/);
    const me = await json<{ user: unknown }>(call("GET", "/api/session", { token }));
    expect(me.user).toEqual(user);
  });

  it("[WK1] the cookie is enough for our own pages, and keeps the person through a rename", async () => {
    const first = await call("POST", "/api/session");
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(first.headers.get("set-cookie")).toMatch(/HttpOnly.*SameSite=Lax/i);
    const { user } = await json<{ user: { id: string; name: string } }>(first);
    const headers = { cookie, origin: ORIGIN };
    const renamed = await json<{ user: { id: string; name: string } }>(
      call("POST", "/api/session", { headers, body: { name: "Grace" } }),
    );
    expect(renamed.user).toMatchObject({ id: user.id, name: "Grace" });
  });

  it("[WK2] a page of another origin cannot use the cookie", async () => {
    const first = await call("POST", "/api/session");
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    const headers = { cookie, origin: "https://evil.test" };
    expect(await code(call("POST", "/api/documents", { headers }))).toBe("foreign-origin");
    expect(await code(call("POST", "/api/session", { headers }))).toBe("foreign-origin");
  });

  it("[WK2] a forged or truncated token is nobody", async () => {
    const { token } = await guest("Ada");
    for (const bad of [`${token}x`, token.slice(0, -4), "x", "a.b.c", "x".repeat(5000)]) {
      expect(await code(call("GET", "/api/session", { token: bad }))).toBe("unauthenticated");
    }
  });
});

describe("documents", () => {
  it("[WK3] a document is made from Markdown, listed, read, renamed and deleted", async () => {
    const ada = await guest("Ada");
    const body = { title: "Notes", markdown: "# One\n\nsome **bold** text\n" };
    const made = await call("POST", "/api/documents", { token: ada.token, body });
    expect(made.status).toBe(201);
    const { id, url } = await json<{ id: string; url: string }>(made);
    expect(url).toBe(`${ORIGIN}/d/${id}`);
    const path = `/api/documents/${id}`;

    const markdown = await call("GET", `${path}/content?format=markdown`);
    expect(await markdown.text()).toContain("some **bold** text");
    const list = await json<{ documents: { id: string; title: string }[] }>(
      call("GET", "/api/documents", { token: ada.token }),
    );
    expect(list.documents).toMatchObject([{ id, title: "Notes" }]);

    await call("PATCH", path, { token: ada.token, body: { title: "Better notes" } });
    expect(await json(call("GET", path))).toMatchObject({ title: "Better notes", role: "edit" });
    expect(await json(call("GET", `${path}/content`))).toMatchObject({ title: "Better notes" });

    expect((await call("DELETE", path, { token: ada.token })).status).toBe(204);
    expect(await code(call("GET", `${path}/content`, { token: ada.token }))).toBe("in-trash");
    const after = await json(call("GET", "/api/documents", { token: ada.token }));
    expect(after).toEqual({ documents: [], next: null });
  });

  it("[WK3] only the owner deletes", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada);
    expect(await code(call("DELETE", `/api/documents/${id}`, { token: ben.token }))).toBe("forbidden");
  });

  it("[WK4] what was opened by its address is in the visitor's list too", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "Shared" });
    const client = await Client.join(id, ben);
    client.close();
    const list = await json<{ documents: { id: string; openedAt: string | null }[] }>(
      call("GET", "/api/documents", { token: ben.token }),
    );
    expect(list.documents.map((entry) => entry.id)).toEqual([id]);
    expect(list.documents[0]?.openedAt).not.toBeNull();
  });

  it("[WK5] every format, now and at every kind of moment", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "first" });
    const path = `/api/documents/${id}`;
    const client = await Client.join(id, ada);
    await client.write(paragraph("second"));
    const version = await json<{ id: string }>(
      call("POST", `${path}/versions`, { token: ada.token, body: { name: "both" } }),
    );
    await client.write(paragraph("third"));

    const text = async (query: string) => (await call("GET", `${path}/content?${query}`)).text();
    expect(await text("format=text")).toMatch(/first\s+second\s+third/);
    expect(await text("format=text&at=0")).toBe("");
    expect(await text("format=text&at=1")).toMatch(/^first\s*$/);
    expect(await text(`format=text&at=${version.id}`)).toMatch(/^first\s+second\s*$/);
    expect(await text(`format=markdown&at=${new Date(Date.now()).toISOString()}`)).toContain("third");
    expect(await text("format=text&at=2020-01-01T00:00:00Z")).toBe("");
    expect(await text("format=html&at=1")).toBe("<p>first</p>");
    const answer = await call("GET", `${path}/content?format=yjs&at=2`);
    expect(answer.headers.get("x-palimpsest-seq")).toBe("2");
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(10);
    expect(await json(call("GET", `${path}/content?at=1`))).toEqual({
      seq: 1,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      author: ada.user,
      title: "",
      content: { type: "doc", content: [expect.objectContaining({ type: "paragraph" })] },
    });
    expect(await json(call("GET", `${path}/content?at=0`))).toMatchObject({ seq: 0, at: null, author: null });
  });

  it("[WK6] content is served so that it can never run on our origin", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "<script>alert(1)</script> [x](javascript:alert(1))" });
    const answer = await call("GET", `/api/documents/${id}/content?format=html`);
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const html = await answer.text();
    expect(html).not.toContain("<script");
    expect(html).not.toContain('href="javascript');
  });
});

describe("refusals", () => {
  it("[WK7] bad bodies, moments, formats and ids each have their code and change nothing", async () => {
    const ada = await guest("Ada");
    const { token } = ada;
    const id = await newDocument(ada, { markdown: "kept" });
    const path = `/api/documents/${id}`;
    const before = await json(call("GET", `${path}/stats`));

    expect(await code(call("POST", "/api/documents", { token, body: "{bad" }))).toBe("bad-json");
    expect(await code(call("POST", "/api/documents", { token, body: { title: 5 } }))).toBe("bad-request");
    expect(await code(call("POST", "/api/documents", { token, body: [] }))).toBe("bad-request");
    expect(await code(call("POST", "/api/documents", { token, body: { title: "x".repeat(201) } }))).toBe(
      "bad-request",
    );
    expect(
      await code(call("POST", "/api/documents", { token, body: { markdown: "x".repeat(2_000_001) } })),
    ).toBe("bad-request");
    expect(await code(call("POST", "/api/documents", { token, body: "x".repeat(9_000_000) }))).toBe(
      "too-large",
    );
    expect(await code(call("POST", "/api/documents", {}))).toBe("unauthenticated");
    expect(await code(call("POST", "/api/session", { body: { name: "" } }))).toBe("bad-request");
    expect(await code(call("POST", "/api/session", { body: { color: "red" } }))).toBe("bad-request");
    expect(await code(call("PATCH", path, { token, body: { title: null } }))).toBe("bad-request");
    expect(await code(call("PATCH", path, { token, body: {} }))).toBe("bad-request");
    for (const at of ["x", "-1", "1.5", "2024-13-01T00:00:00Z", "2024-01-01", "v_"]) {
      expect(await code(call("GET", `${path}/content?at=${at}`))).toBe("bad-moment");
    }
    expect(await code(call("GET", `${path}/content?at=999999`))).toBe("beyond-head");
    expect(await code(call("GET", `${path}/content?at=2999-01-01T00:00:00Z`))).toBe("beyond-head");
    expect(await code(call("GET", `${path}/content?at=v_unknown`))).toBe("unknown-version");
    expect(await code(call("GET", `${path}/content?format=docx`))).toBe("bad-format");
    expect(await code(call("GET", `${path}/history?limit=0`))).toBe("bad-request");
    expect(await code(call("GET", `${path}/history?limit=201`))).toBe("bad-request");
    expect(await code(call("GET", `${path}/history?before=x`))).toBe("bad-request");
    expect(await code(call("POST", `${path}/versions`, { token, body: {} }))).toBe("bad-request");
    expect(await code(call("POST", `${path}/versions`, { token, body: { name: "x", seq: 77 } }))).toBe(
      "beyond-head",
    );
    expect(await code(call("POST", `${path}/versions`, { body: { name: "x" } }))).toBe("unauthenticated");
    expect(await code(call("POST", `${path}/restore`, { token, body: {} }))).toBe("bad-request");
    expect(await code(call("POST", `${path}/restore`, { token, body: { to: 77 } }))).toBe("beyond-head");
    expect(await code(call("POST", `${path}/restore`, { token, body: { to: "nonsense" } }))).toBe(
      "bad-moment",
    );
    expect(await code(call("POST", `${path}/restore`, { body: { to: 0 } }))).toBe("unauthenticated");

    expect(await json(call("GET", `${path}/stats`))).toEqual(before);
  });

  it("[WK8] an unknown document is the same 404 on every route, and is never made by asking", async () => {
    const { token } = await guest("Ada");
    for (const id of [UNKNOWN, "short", "..%2f..%2fetc", "é".repeat(22)]) {
      const path = `/api/documents/${encodeURIComponent(id)}`;
      for (const rest of [
        "",
        "/content",
        "/history",
        "/stats",
        "/timeline",
        "/versions",
        "/verify",
        "/export",
      ]) {
        expect(await code(call("GET", path + rest, { token }))).toBe("not-found");
      }
      for (const [rest, body] of [
        ["/ticket", {}],
        ["/versions", { name: "x" }],
        ["/restore", { to: 0 }],
        ["/copy", {}],
      ] as const) {
        expect(await code(call("POST", path + rest, { token, body }))).toBe("not-found");
      }
    }
    expect(await code(call("GET", "/api/nothing"))).toBe("no-such-route");
    expect(await code(call("GET", `/sync/${UNKNOWN}`))).toBe("not-a-websocket");
  });
});

describe("description", () => {
  it("[WK9] the OpenAPI description has exactly the routes that exist", async () => {
    const described = Object.entries(openapi.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const existing = app.routes
      .filter(({ path, method }) => path.startsWith("/api/") && method !== "ALL")
      .map(({ path, method }) => `${method} ${path.replace(/\/$/, "").replaceAll(/:(\w+)/g, "{$1}")}`);
    expect(described.sort()).toEqual([...new Set(existing)].sort());
    expect(await json(call("GET", "/api/openapi.json"))).toMatchObject({ openapi: "3.1.0" });
  });
});
