import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface StoredComment {
  readonly id: number;
  readonly issue: number;
  readonly author: { readonly login: string; readonly type: 'Bot' | 'User' };
  body: string;
}

export interface StoredStatus {
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string;
  readonly target_url?: string;
}

interface RequestPattern {
  readonly method: string;
  readonly path: RegExp;
}

interface Fault extends RequestPattern {
  readonly status: number;
  /** Default: once. */
  times?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whether the request is carried out and only the answer is lost. Default false. */
  readonly done?: boolean;
}

/** As the token of a job has it. */
const bot = { login: 'github-actions[bot]', type: 'Bot' } as const;
const longestBody = 65_536;

/**
 * As much of GitHub's REST API as reviews need, in memory: comments in pages, statuses, states of pull requests, and
 * faults on order. It refuses what GitHub refuses: a wrong token, a body that is too long, what is not there.
 */
export class GitHubServer {
  readonly comments: StoredComment[] = [];
  readonly statuses: StoredStatus[] = [];
  readonly requests: { readonly method: string; readonly path: string }[] = [];
  readonly pulls = new Map<number, 'open' | 'closed'>();
  readonly repository = 'acme/shop';
  readonly token = 'ghs_tokenForTests';
  /** Whose token it is. A user's token, and no other, may ask who he is. */
  author: StoredComment['author'] = bot;
  url = '';
  readonly #faults: Fault[] = [];
  readonly #interruptions: (RequestPattern & { readonly act: () => void })[] = [];
  readonly #server: Server;
  #lastId = 1000;

  private constructor() {
    this.#server = createServer((request, response) => void this.#receive(request, response));
  }

  static async start(): Promise<GitHubServer> {
    const server = new GitHubServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.url = `http://127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What GitHub sets for a run of a pull request. Its files go to the folder. */
  env(run: { readonly pullRequest: number; readonly commit: string }, folder: string): NodeJS.ProcessEnv {
    const event = join(folder, 'event.json');
    const pull = { number: run.pullRequest, head: { sha: run.commit }, base: { ref: 'main' } };
    writeFileSync(event, JSON.stringify({ action: 'synchronize', number: run.pullRequest, pull_request: pull }));
    return {
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: this.url,
      GITHUB_BASE_REF: 'main',
      GITHUB_EVENT_PATH: event,
      GITHUB_REF: `refs/pull/${run.pullRequest}/merge`,
      GITHUB_REPOSITORY: this.repository,
      GITHUB_RUN_ID: '99',
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_SHA: 'f'.repeat(40),
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      GITHUB_TOKEN: this.token,
    };
  }

  /** A comment that is there without a request. */
  addComment(issue: number, body: string, author: StoredComment['author'] = bot): StoredComment {
    this.#lastId += 1;
    const comment = { id: this.#lastId, issue, author, body };
    this.comments.push(comment);
    return comment;
  }

  /** Answers the next requests of this kind with a fault. */
  fail(fault: Fault): void {
    this.#faults.push({ times: 1, ...fault });
  }

  /** Does something right before the next request of this kind is carried out: what another run does meanwhile. */
  beforeNext(pattern: RequestPattern, act: () => void): void {
    this.#interruptions.push({ ...pattern, act });
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '/' } = request;
    const [path = '', query = ''] = url.split('?');
    this.requests.push({ method, path: url });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const suits = (pattern: RequestPattern): boolean => pattern.method === method && pattern.path.test(path);
    const interruption = this.#interruptions.findIndex(suits);
    if (interruption >= 0) this.#interruptions.splice(interruption, 1)[0]?.act();
    const fault = this.#faults.find((each) => (each.times ?? 1) > 0 && suits(each));
    if (fault) fault.times = (fault.times ?? 1) - 1;
    const answer = (): Answer =>
      request.headers.authorization === `Bearer ${this.token}`
        ? this.#answer(method, path, new URLSearchParams(query), text === '' ? {} : JSON.parse(text))
        : { status: 401, body: { message: 'Bad credentials' } };
    if (fault?.done) answer();
    const { status, body, headers } = fault ? { body: { message: `Fault ${fault.status}` }, ...fault } : answer();
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  #answer(method: string, path: string, query: URLSearchParams, body: Readonly<Record<string, string>>): Answer {
    if (path === '/user') {
      if (this.author.type === 'User') return { status: 200, body: this.author };
      return { status: 403, body: { message: 'Resource not accessible by integration' } };
    }
    const route = path.startsWith(`/repos/${this.repository}/`) ? path.slice(`/repos/${this.repository}`.length) : '';
    for (const [ofMethod, pattern, act] of this.#routes) {
      const match = method === ofMethod ? pattern.exec(route) : null;
      if (match) return act(match[1] ?? '', body, query);
    }
    return notFound;
  }

  readonly #routes: readonly (readonly [method: string, path: RegExp, act: Route])[] = [
    ['GET', /^\/issues\/(\d+)\/comments$/, (issue, _, query) => this.#page(Number(issue), query)],
    [
      'POST',
      /^\/issues\/(\d+)\/comments$/,
      (issue, { body = '' }) =>
        body.length > longestBody
          ? tooLong
          : { status: 201, body: shown(this.addComment(Number(issue), body, this.author)) },
    ],
    [
      'PATCH',
      /^\/issues\/comments\/(\d+)$/,
      (id, { body = '' }) => {
        const comment = this.comments.find((each) => each.id === Number(id));
        if (!comment) return notFound;
        if (body.length > longestBody) return tooLong;
        comment.body = body;
        return { status: 200, body: shown(comment) };
      },
    ],
    [
      'DELETE',
      /^\/issues\/comments\/(\d+)$/,
      (id) => {
        const place = this.comments.findIndex((each) => each.id === Number(id));
        if (place < 0) return notFound;
        this.comments.splice(place, 1);
        return { status: 204 };
      },
    ],
    [
      'POST',
      /^\/statuses\/(\w+)$/,
      (sha, { state = '', context = '', description = '', target_url }) => {
        const status = { sha, state, context, description, ...(target_url === undefined ? {} : { target_url }) };
        this.statuses.push(status);
        return { status: 201, body: status };
      },
    ],
    [
      'GET',
      /^\/pulls\/(\d+)$/,
      (number) => {
        const state = this.pulls.get(Number(number));
        return state === undefined ? notFound : { status: 200, body: { number: Number(number), state } };
      },
    ],
  ];

  #page(issue: number, query: URLSearchParams): Answer {
    const size = Math.min(100, Number(query.get('per_page') ?? 30));
    const page = Number(query.get('page') ?? 1);
    const all = this.comments.filter((comment) => comment.issue === issue);
    const link = `<${this.url}/repositories/1/issues/${issue}/comments?page=${page + 1}>; rel="next"`;
    return {
      status: 200,
      body: all.slice((page - 1) * size, page * size).map(shown),
      ...(all.length > page * size ? { headers: { link } } : {}),
    };
  }
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Route = (parameter: string, body: Readonly<Record<string, string>>, query: URLSearchParams) => Answer;

const notFound: Answer = { status: 404, body: { message: 'Not Found' } };
const tooLong: Answer = {
  status: 422,
  body: { message: 'Validation Failed', errors: [{ message: 'body is too long (maximum is 65536 characters)' }] },
};
const shown = ({ id, body, author }: StoredComment): object => ({ id, body, user: author });
