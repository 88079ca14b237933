import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';

/** A request as the routes see it. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://server');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    token: /Token="([^"]*)"/.exec(incoming.headers.authorization ?? '')?.[1],
    body: parseBody(Buffer.concat(pieces)),
  };
}

/** A body may be packed, whatever its headers say. */
function parseBody(bytes: Buffer): Readonly<Record<string, unknown>> {
  if (bytes.length === 0) return {};
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** A part of an answer: packed, and not called JSON, as the storage behind an account serves it. */
export function sendPacked(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'binary/octet-stream', 'content-encoding': 'gzip' });
  response.end(gzipSync(text));
}

/** Breaks the connection without an answer. */
export function breakOff(response: ServerResponse): void {
  response.socket?.destroy();
}
