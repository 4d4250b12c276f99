// The guard in JavaScript: text in, findings out, nothing sent anywhere.
//
//   import { load } from 'bedside-guard';
//   const guard = await load(fetch(new URL('guard.wasm', import.meta.url)));
//   guard.prepare({ practice: { name: 'Cedar Hollow Family Medicine', staff: ['Dr. Maria Alvarez'] } });
//   guard.look('Thank you for visiting us!', { context: 'review_reply' });
//
// Places (`start`, `end`) are those of JavaScript strings.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Loads the guard from a Response (or a promise of one), or from the bytes of guard.wasm. */
export async function load(source) {
  const given = await source;
  const { instance } = given instanceof ArrayBuffer || ArrayBuffer.isView(given)
    ? await WebAssembly.instantiate(given, {})
    : await WebAssembly.instantiateStreaming(given, {});
  return new Guard(instance.exports);
}

class Guard {
  #wasm;

  constructor(wasm) {
    this.#wasm = wasm;
  }

  /** What belongs to the practice and raises no alarm. Throws when it cannot be read. */
  prepare(profile) {
    if (this.#wasm.prepare(this.#write(profile)) !== 1) throw new TypeError('not a profile that the guard can read');
  }

  /**
   * Everything the rules find, in the order of the text.
   * context: post, review_reply, comment_reply, story or colleague_case; lang: en or es.
   */
  look(text, { context, lang = 'en', inReplyTo = null }) {
    return this.#read(this.#wasm.look(this.#write({ text, context, lang, in_reply_to: inReplyTo }))).findings;
  }

  /** As look, and with `replacement`, `replace_start` and `replace_end` where other words mend a finding. Some looks long. */
  advise(text, { context, lang = 'en', inReplyTo = null }) {
    return this.#read(this.#wasm.advise(this.#write({ text, context, lang, in_reply_to: inReplyTo }))).findings;
  }

  /** The version of the rules. */
  get version() {
    return this.#read(this.#wasm.version()).version;
  }

  #write(value) {
    const bytes = encoder.encode(JSON.stringify(value));
    const at = this.#wasm.room(bytes.length);
    new Uint8Array(this.#wasm.memory.buffer, at, bytes.length).set(bytes);
    return bytes.length;
  }

  #read(length) {
    const answer = JSON.parse(decoder.decode(new Uint8Array(this.#wasm.memory.buffer, this.#wasm.answer(), length)));
    if (answer.error) throw new TypeError(answer.error);
    return answer;
  }
}
