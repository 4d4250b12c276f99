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
  /** Words to put in place of replace_start to replace_end, which the guard clears; empty: leave it out. From advise only. */
  replacement?: string;
  /** Where what they replace starts; at the span, or before it where grammar asks for more. */
  replace_start?: number;
  /** Its end, exclusive. */
  replace_end?: number;
}

export interface Guard {
  /** What belongs to the practice and raises no alarm. */
  prepare(profile: object): void;
  look(text: string, options: { context: Context; lang?: string; inReplyTo?: string | null }): Finding[];
  /** As look, with replacements. */
  advise(text: string, options: { context: Context; lang?: string; inReplyTo?: string | null }): Finding[];
  readonly version: string;
}

/** Loads the guard from a Response, or from the bytes of guard.wasm. */
export function load(source: Response | Promise<Response> | ArrayBuffer | ArrayBufferView): Promise<Guard>;
