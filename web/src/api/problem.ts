import type { components } from './schema';

export type FieldFault = components['schemas']['ProblemField'];

/** A refusal of the server (RFC 9457), or the network's. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  readonly errors: FieldFault[];
  /** Everything else the answer carries. */
  readonly more: Record<string, unknown>;

  constructor(status: number, body: unknown) {
    const known = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    super(typeof known.title === 'string' ? known.title : `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = typeof known.code === 'string' ? known.code : 'unreachable';
    this.detail = typeof known.detail === 'string' ? known.detail : undefined;
    this.requestId = typeof known.request_id === 'string' ? known.request_id : undefined;
    this.errors = Array.isArray(known.errors) ? (known.errors as FieldFault[]) : [];
    this.more = known;
  }

  /** The network failed, the server is away or too busy: the same request may work in a moment. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 503;
  }
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { title: error instanceof Error ? error.message : String(error), code: 'unreachable' });
}
