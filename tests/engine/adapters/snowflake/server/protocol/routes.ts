import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { wireParameters } from '../engine/parameters.ts';
import type { Session } from '../engine/session.ts';
import { SqlError } from '../errors.ts';
import type { Fault, Faults, When } from '../faults.ts';
import type { ServerLog } from '../log.ts';
import { failure, success } from './answers.ts';
import { breakOff, type HttpRequest, sendJson } from './http.ts';
import { abortQuery, getChunk, getResult, getStatus, postQuery, type Serving } from './query-routes.ts';
import { closeSession, openSession, renewSession, sessionOf } from './sessions.ts';
import { authenticate, type Credentials, type User } from './users.ts';

/** What the routes work with. */
export interface Routes extends Serving {
  readonly users: readonly User[];
  readonly parameters: ReadonlyMap<string, string>;
  readonly faults: Faults;
  readonly log: ServerLog;
}

type RequestKind = NonNullable<When['request']>;

/** Answers one request. */
export async function route(routes: Routes, request: HttpRequest, response: ServerResponse): Promise<void> {
  const session = [...routes.account.sessions.values()].find((one) => one.token === request.token);
  routes.log.requests.push({ method: request.method, path: request.path, session: session?.id, at: new Date() });
  const [kind, handle] = match(request.path);
  const sql = typeof request.body.sqlText === 'string' ? request.body.sqlText : undefined;
  const fault =
    kind && routes.faults.meet({ request: kind, session: session?.id, ...(sql === undefined ? {} : { sql }) });
  try {
    if (fault?.kind === 'http') return sendJson(response, fault.status, {});
    if (fault?.kind === 'drop-before') return breakOff(response);
    if (session && fault?.kind === 'token-expired') session.tokenExpired = true;
    if (session && fault?.kind === 'session-gone') await loseSession(routes, session);
    if (fault?.kind === 'error' && kind !== 'query') throw new SqlError(fault.code, fault.sqlState, fault.message);
    await handle(routes, request, lateAnswer(response, fault), fault);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    sendJson(response, error.code === '390104' ? 401 : 200, failure(error));
  }
}

/** A session that nobody knows any more: its token fits nothing. */
async function loseSession(routes: Routes, session: Session): Promise<void> {
  session.token = '';
  await closeSession(routes.account, session);
}

/** An answer that comes late, or never: what was asked has happened then. */
function lateAnswer(response: ServerResponse, fault: Fault | undefined): ServerResponse {
  if (fault?.kind !== 'drop-after' && fault?.kind !== 'slow-answer') return response;
  const end = response.end.bind(response);
  response.end = ((body: string) => {
    if (fault.kind === 'drop-after') breakOff(response);
    else void sleep(fault.milliseconds).then(() => end(body));
    return response;
  }) as ServerResponse['end'];
  return response;
}

type Handler = (
  routes: Routes,
  request: HttpRequest,
  response: ServerResponse,
  fault: Fault | undefined,
) => Promise<void>;

const withSession =
  (
    handle: (
      routes: Routes,
      session: Session,
      request: HttpRequest,
      response: ServerResponse,
      fault: Fault | undefined,
    ) => Promise<void> | void,
  ): Handler =>
  async (routes, request, response, fault) =>
    handle(routes, sessionOf(routes.account, request.token), request, response, fault);

const paths: readonly (readonly [RegExp, RequestKind | undefined, (parts: readonly string[]) => Handler])[] = [
  [/^\/session\/v1\/login-request$/, 'login', () => login],
  [/^\/session\/token-request$/, 'renewal', () => renew],
  [
    /^\/session\/heartbeat$/,
    'heartbeat',
    () => withSession((_, _session, _request, response) => sendJson(response, 200, success(null))),
  ],
  [
    /^\/session$/,
    undefined,
    () =>
      withSession(async (routes, session, _, response) => {
        await closeSession(routes.account, session);
        sendJson(response, 200, success(null));
      }),
  ],
  [
    /^\/telemetry\/send/,
    undefined,
    () => async (_, _request, response) => sendJson(response, 200, success('Log Received')),
  ],
  [/^\/queries\/v1\/query-request$/, 'query', () => withSession(postQuery)],
  [
    /^\/queries\/v1\/abort-request$/,
    'cancel',
    () => withSession((routes, _, request, response) => abortQuery(routes, undefined, request, response)),
  ],
  [
    /^\/queries\/([\w-]+)\/abort-request$/,
    'cancel',
    ([id]) => withSession((routes, _, request, response) => abortQuery(routes, id, request, response)),
  ],
  [
    /^\/queries\/([\w-]+)\/result$/,
    'result',
    ([id = '']) => withSession((routes, _, _request, response) => getResult(routes, id, response)),
  ],
  [
    /^\/monitoring\/queries\/([\w-]+)$/,
    'status',
    ([id = '']) => withSession((routes, _, _request, response) => getStatus(routes, id, response)),
  ],
  [
    /^\/chunks\/([\w-]+)\/(\d+)\/(\d+)$/,
    'chunk',
    (parts) => (routes, _, response) => getChunk(routes, parts, response),
  ],
];

function match(path: string): [RequestKind | undefined, Handler] {
  for (const [pattern, kind, make] of paths) {
    const found = pattern.exec(path);
    if (found) return [kind, make(found.slice(1))];
  }
  return [undefined, async (_, _request, response) => sendJson(response, 404, {})];
}

const login: Handler = async (routes, request, response) => {
  const data = (request.body.data ?? {}) as Credentials & {
    readonly SESSION_PARAMETERS?: Readonly<Record<string, unknown>>;
  };
  const user = authenticate(routes.account.name, routes.users, data);
  const wishes = {
    database: request.query.get('databaseName'),
    schema: request.query.get('schemaName'),
    warehouse: request.query.get('warehouse'),
    role: request.query.get('roleName'),
  };
  const given = Object.entries(data.SESSION_PARAMETERS ?? {}).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const session = await openSession(routes.account, user, wishes, new Map([...routes.parameters, ...given]));
  sendJson(
    response,
    200,
    success({
      masterToken: session.masterToken,
      token: session.token,
      validityInSeconds: 3600,
      masterValidityInSeconds: 14_400,
      displayUserName: session.user,
      serverVersion: '9.40.1',
      firstLogin: false,
      sessionId: session.id,
      parameters: wireParameters(session.parameters),
      sessionInfo: {
        databaseName: session.database ?? null,
        schemaName: session.schema ?? null,
        warehouseName: session.warehouse ?? null,
        roleName: session.role,
      },
      responseData: null,
    }),
  );
};

const renew: Handler = async (routes, request, response) => {
  const session = renewSession(routes.account, request.token);
  sendJson(
    response,
    200,
    success({
      sessionToken: session.token,
      validityInSecondsST: 3600,
      masterToken: session.masterToken,
      validityInSecondsMT: 14_400,
      sessionId: session.id,
    }),
  );
};
