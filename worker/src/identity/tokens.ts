import type { Identity, Role, UserId } from "@palimpsest/protocol";
import { errors, jwtVerify, SignJWT } from "jose";

const ISSUER = "palimpsest";
/** Two audiences, so that a ticket which leaked from an address bar is worth nothing elsewhere. */
const AUDIENCE = { session: "palimpsest:api", ticket: "palimpsest:socket" } as const;
const ALGORITHM = "HS256";
const MAX_TOKEN_LENGTH = 2048;
const SESSION_SECONDS = 400 * 24 * 3600;
/** A ticket opens a socket at once or not at all. */
const TICKET_SECONDS = 60;

export interface Ticket {
  readonly user: Identity;
  readonly documentId: string;
  readonly role: Role;
}

export type Verified<T> =
  | { readonly ok: true; readonly value: T }
  /** `expired`: it was good once; a fresh one may be asked for. */
  | { readonly ok: false; readonly reason: "expired" | "invalid" };

/** Says who somebody is, to the HTTP interface. */
export function signSession(user: Identity, key: CryptoKey, now: number): Promise<string> {
  return sign({ name: user.name, color: user.color }, user.id, AUDIENCE.session, SESSION_SECONDS, key, now);
}

/** Opens the socket of one document, once, soon. */
export async function signTicket(
  { user, documentId, role }: Ticket,
  key: CryptoKey,
  now: number,
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  const claims = { name: user.name, color: user.color, doc: documentId, role };
  const token = await sign(claims, user.id, AUDIENCE.ticket, TICKET_SECONDS, key, now);
  return { token, expiresAt: new Date((Math.floor(now / 1000) + TICKET_SECONDS) * 1000).toISOString() };
}

export async function verifySession(token: string, key: CryptoKey): Promise<Verified<Identity>> {
  const verified = await verify(token, AUDIENCE.session, key);
  if (!verified.ok) return verified;
  const user = readIdentity(verified.value);
  return user === null ? { ok: false, reason: "invalid" } : { ok: true, value: user };
}

export async function verifyTicket(token: string, key: CryptoKey): Promise<Verified<Ticket>> {
  const verified = await verify(token, AUDIENCE.ticket, key);
  if (!verified.ok) return verified;
  const user = readIdentity(verified.value);
  const { doc, role } = verified.value;
  if (user === null || typeof doc !== "string" || (role !== "view" && role !== "edit")) {
    return { ok: false, reason: "invalid" };
  }
  return { ok: true, value: { user, documentId: doc, role } };
}

function sign(
  claims: Record<string, string>,
  subject: string,
  audience: string,
  seconds: number,
  key: CryptoKey,
  now: number,
): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(key);
}

async function verify(
  token: string,
  audience: string,
  key: CryptoKey,
): Promise<Verified<Readonly<Record<string, unknown>>>> {
  if (token.length > MAX_TOKEN_LENGTH) return { ok: false, reason: "invalid" };
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience,
      requiredClaims: ["sub", "exp", "nbf", "iat"],
      clockTolerance: 5,
    });
    return { ok: true, value: payload };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { ok: false, reason: "expired" };
    if (error instanceof errors.JOSEError) return { ok: false, reason: "invalid" };
    throw error;
  }
}

function readIdentity({ sub, name, color }: Readonly<Record<string, unknown>>): Identity | null {
  if (typeof sub !== "string" || typeof name !== "string" || typeof color !== "string") return null;
  return { id: sub as UserId, name, color };
}
