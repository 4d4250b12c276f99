export type Context = 'post' | 'review_reply' | 'comment_reply' | 'story' | 'colleague_case';

export interface Finding {
  category: string;
  severity: 'note' | 'warn' | 'block';
  /** Place in the string. */
  start: number;
  /** End in the string, exclusive. */
  end: number;
  span: string;
  rule: string;
  message: string;
  suggestion: string;
  /** Words to put in place of the span, which the guard clears. */
  replacement?: string;
}

export interface Guard {
  /** What belongs to the practice and raises no alarm. */
  prepare(profile: object): void;
  look(text: string, options: { context: Context; lang?: string; inReplyTo?: string | null }): Finding[];
  readonly version: string;
}

/** Loads the guard from a Response, or from the bytes of guard.wasm. */
export function load(source: Response | Promise<Response> | ArrayBuffer | ArrayBufferView): Promise<Guard>;
