import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  request as requestHttp,
  type Server,
  type ServerResponse,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A server between the driver and an account, which writes down what they say to each other. */
export interface Recorder {
  readonly host: string;
  readonly port: number;
  /** How many pairs of request and answer were written. */
  readonly count: () => number;
  readonly close: () => Promise<void>;
}

export interface RecorderOptions {
  /** `https://acme.snowflakecomputing.com`. */
  readonly target: string;
  /** Where the pairs are written, one file each. */
  readonly folder: string;
  /** Texts that are in no file, such as a password. */
  readonly secrets: readonly string[];
}

/** Starts a recorder on a free port of this machine. What it is sent goes on as it is; what it writes has no secrets. */
export async function startRecorder({ target, folder, secrets }: RecorderOptions): Promise<Recorder> {
  mkdirSync(folder, { recursive: true });
  let count = 0;
  const server = createServer((incoming, outgoing) => {
    void forward(incoming, outgoing, target).then(({ request, answer }) => {
      count += 1;
      const [path = ''] = (incoming.url ?? '').split('?');
      const name = `${String(count).padStart(4, '0')}-${path.replace(/\W+/g, '-').replace(/^-|-$/g, '')}.json`;
      const pair = {
        method: incoming.method,
        path,
        request: readable(request),
        status: answer.status,
        answer: readable(answer.body),
      };
      writeFileSync(join(folder, name), `${withoutSecrets(JSON.stringify(redacted(pair), null, 2), secrets)}\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { host: '127.0.0.1', port, count: () => count, close: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

interface Pair {
  readonly request: Buffer;
  readonly answer: { readonly status: number; readonly body: Buffer };
}

async function forward(incoming: IncomingMessage, outgoing: ServerResponse, target: string): Promise<Pair> {
  const request = await bodyOf(incoming);
  const url = new URL(incoming.url ?? '/', target);
  const { host: _, ...headers } = incoming.headers;
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = send(url, { method: incoming.method, headers }, resolve);
    sent.on('error', reject);
    sent.end(request);
  });
  const body = await bodyOf(answer);
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  outgoing.end(body);
  return { request, answer: { status: answer.statusCode ?? 502, body } };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function readable(body: Buffer): unknown {
  const text = (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Keys whose values let somebody in. */
const secretKey =
  /^(password|token|mastertoken|idtoken|mfatoken|passcode|oldsessiontoken|oauth.*|qrmk|authenticator_token|proof_key|x-amz-.*|chunkheaders|presignedurl)$/i;

/** Without what lets somebody in; two values that were the same are still the same. */
function redacted(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => redacted(item));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redacted(item, name)]));
  }
  if (secretKey.test(key) && value !== null && value !== '') {
    return `redacted ${createHash('sha256').update(String(value)).digest('hex').slice(0, 8)}`;
  }
  return value;
}

const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.filter((secret) => secret.length > 3).reduce((left, secret) => left.replaceAll(secret, 'redacted'), text);
