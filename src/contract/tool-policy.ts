import type { Json } from './json.ts';

/** The most that a call of a tool can do, mildest first. */
export const TOOL_EFFECTS = ['read', 'write', 'irreversible'] as const;
export type ToolEffect = (typeof TOOL_EFFECTS)[number];

/** `always`: every call needs approval first. `when`: those for which the rule `approve-when` holds. */
export const APPROVAL_RULES = ['always', 'when', 'never'] as const;

/**
 * What a tool is to the flow of data. `secret`: its results must not leave. `untrusted`: its results are written by
 * strangers. `egress`: a call carries data out.
 */
export const TOOL_TAGS = ['secret', 'untrusted', 'egress'] as const;
export type ToolTag = (typeof TOOL_TAGS)[number];

/** A value that an argument may be compared with. */
export type Scalar = string | number | boolean;

/** What the value of an argument must be. Of a list, every element; an absent argument is not judged. */
export type ArgumentOperator =
  | { readonly op: 'in' | 'not_in'; readonly values: readonly Scalar[] }
  | { readonly op: 'min' | 'max'; readonly value: number }
  /** In UTF-16 units of a text, or elements of a list. */
  | { readonly op: 'max_length'; readonly value: number }
  /** A regular expression that the whole text matches. */
  | { readonly op: 'matches'; readonly value: string }
  | { readonly op: 'email_domain' | 'url_host' | 'path_under'; readonly values: readonly string[] }
  | { readonly op: 'sql'; readonly value: 'read_only' }
  /** Another argument of the call. */
  | { readonly op: 'same_as'; readonly value: string };

/** Where a value may come from: the words of the user, a list that the owner keeps, or what a named tool answered. */
export type Origin =
  | { readonly type: 'user' }
  | { readonly type: 'list'; readonly name: string; readonly values: readonly string[] }
  | { readonly type: 'tool'; readonly tool: string };

/** One thing that must hold of a call. `arg` is a path such as `to`, `customer.iban` or `items.*.price`. */
export type ToolRule =
  | ({ readonly kind: 'argument'; readonly arg: string } & ArgumentOperator)
  /** The value, together with those of `beside`, stands in what one of the origins said before the call. */
  | {
      readonly kind: 'provenance';
      readonly arg: string;
      readonly from: readonly Origin[];
      readonly beside: readonly string[];
    }
  /** No argument that names where something goes was taken from untrusted output alone; `except` have rules of their own. */
  | { readonly kind: 'destinations'; readonly except: readonly string[] }
  /** The latest earlier call of `tool` had the same value in `other`. */
  | { readonly kind: 'same-as-call'; readonly arg: string; readonly tool: string; readonly other: string }
  /** The arguments meet the JSON schema. */
  | { readonly kind: 'schema'; readonly schema: Json }
  /** The CEL expression is true. */
  | { readonly kind: 'when'; readonly expression: string }
  /** Where the CEL expression is true, the call needs approval. */
  | { readonly kind: 'approve-when'; readonly expression: string }
  /** The last words of the user before the call say yes to it. */
  | { readonly kind: 'confirmed' };

/** What is known of one rule and one call. */
export const RULE_FACTS = {
  holds: '1',
  broken: '0',
  /** Of provenance: neither named by the user nor on a list, which a human may still approve. */
  unnamed: 'a',
  /** Of provenance: it came from untrusted output alone. */
  untrusted: 'u',
  /** The call does not have the argument. */
  absent: '-',
  /** The recording does not say. */
  unknown: '?',
  /** The expression could not be computed. */
  failed: 'e',
} as const;
export type RuleFact = (typeof RULE_FACTS)[keyof typeof RULE_FACTS];

/** What makes an approval count. Absent members are not asked for. */
export interface ApprovalDemand {
  /** `user`: the explicit yes of the user in the conversation. Any other text names an approver or a role. Absent: any human. */
  readonly by?: string | undefined;
  /** Arguments that the approval must have been given for, value by value. */
  readonly binds?: readonly string[] | undefined;
  /** ms from the decision to the call. */
  readonly withinMs?: number | undefined;
}

/** The most calls, and the most that an argument may add up to. Absent members are not limited. */
export interface ToolLimits {
  readonly perRun?: number | undefined;
  readonly perHour?: number | undefined;
  readonly spend?:
    | { readonly arg: string; readonly perRun?: number | undefined; readonly perDay?: number | undefined }
    | undefined;
}

/** A tool as declared. Absent members are not declared. */
export interface ToolPolicy {
  readonly effect: ToolEffect;
  readonly approve: (typeof APPROVAL_RULES)[number];
  readonly approval?: ApprovalDemand | undefined;
  /** In the order of the manifest; facts about a call are in this order. */
  readonly rules?: readonly ToolRule[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** []: declared to have none. */
  readonly tags?: readonly ToolTag[] | undefined;
  readonly limits?: ToolLimits | undefined;
  /** `key`: arguments that name the business operation. `arg`: the argument that carries the key. */
  readonly idempotency?: { readonly key: readonly string[]; readonly arg?: string | undefined } | undefined;
  /** Doing it again with the same arguments changes nothing more. Absent: it may. */
  readonly idempotent?: true | undefined;
  /**
   * `none`: declared to have no undo. `command`: takes a call back in a drill; it reads `{ run, tool, args }` as JSON.
   * `verify`: reads the same, and ends with 0 once nothing of the call is left.
   */
  readonly undo?:
    | {
        readonly tool: string;
        readonly withinMs?: number | undefined;
        readonly command?: readonly string[] | undefined;
        readonly verify?: readonly string[] | undefined;
      }
    | 'none'
    | undefined;
  readonly credentials?: { readonly source: string; readonly maxTtlMs: number | undefined } | undefined;
  /** Why it is offered although nothing calls it. */
  readonly keep?: string | undefined;
  /** `false`: proposed by a program, and read by nobody yet. */
  readonly reviewed?: boolean | undefined;
}

/** Which calls a flow is about. */
export type CallSelector =
  | { readonly type: 'tool'; readonly tool: string }
  | { readonly type: 'tag'; readonly tag: ToolTag };

/** What the order of the calls of one run must be. */
export type Flow =
  /** After a call of the first kind no call of the second, unless a human approved it where `unlessApproved`. */
  | {
      readonly type: 'forbid';
      readonly id: string;
      readonly after: CallSelector;
      readonly forbid: CallSelector;
      readonly unlessApproved: boolean;
    }
  /** Before a call of `before` one of `require` that had the same values in the arguments `same`. */
  | {
      readonly type: 'require';
      readonly id: string;
      readonly require: CallSelector;
      readonly before: CallSelector;
      readonly same: readonly string[];
    }
  /** No more calls than that, of any tool or of those named; where `identical`, with the same arguments. */
  | {
      readonly type: 'at-most';
      readonly id: string;
      readonly calls: number;
      readonly of: CallSelector | undefined;
      readonly identical: boolean;
    };
