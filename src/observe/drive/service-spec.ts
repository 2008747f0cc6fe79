import type { Json } from '../../contract/json.ts';
import type { DriveContext } from './host.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { NotStarted } from './launch.ts';
import type { RequestRun, RequestTemplate } from './request-template.ts';
import type { ProgramEnd } from './watch-program.ts';

/** The team's service and how it is asked. */
export interface ServiceSpec {
  /** Starts it; undefined = it already runs. No shell reads it. */
  readonly command: readonly string[] | undefined;
  /** Names of variables that it takes from the surroundings. */
  readonly passEnv: readonly string[];
  /** Where it answers, `http:` or `https:`. */
  readonly url: string;
  /** Answers 200 to 399 once it is ready; undefined = any answer to `/` will do. */
  readonly readyPath: string | undefined;
  readonly readyWithinMs: number;
  readonly request: RequestTemplate;
  /** Hard limit for one request, > 0. */
  readonly timeoutMs: number;
}

/** What a service is started with. */
export interface ServiceContext extends DriveContext {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Why there is no service to ask. `program`: what was seen of the program, when one was started. */
export type ServiceFailure =
  | NotStarted
  | { readonly status: 'unusable-url'; readonly message: string }
  /** Something answers at the address before the program is started: it would be asked instead. */
  | { readonly status: 'port-taken'; readonly message: string }
  | { readonly status: 'exited-early'; readonly message: string; readonly program: ProgramEnd }
  | { readonly status: 'never-ready'; readonly message: string; readonly program: ProgramEnd | undefined }
  | { readonly status: 'aborted'; readonly message: string; readonly program: ProgramEnd | undefined };

/** What came of one request; `service-ended`: the service exited before it had answered. */
export type ServiceAnswer = Omit<HttpExchange, 'how'> & { readonly how: HttpExchange['how'] | 'service-ended' };

/** A service that is ready. Whoever gets one calls `end`. */
export interface Service {
  readonly status: 'ready';
  /** One request for one run; may run in parallel. Never throws. */
  request(input: Json, run: RequestRun): Promise<ServiceAnswer>;
  /** Whether the program that was started is still there; false for one that was found and for one that died. */
  isRunning(): boolean;
  /** Ends what was started, with all its processes; undefined = nothing was. Further calls give the same. */
  end(): Promise<ProgramEnd | undefined>;
}
