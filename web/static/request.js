// Talking to the API. Whatever goes wrong becomes one `Problem`; a request that was called off stays an
// AbortError.
import { language, text } from "./language.js";

const API = "/api/v1";

/** A failure to show: the server's own words if it gave any (RFC 9457 `detail`), else a catalogue key. */
export class Problem extends Error {
  constructor({ status = null, detail = null, key, retryable = false }) {
    super(detail ?? key);
    this.status = status;
    this.detail = detail;
    this.key = key;
    this.retryable = retryable;
  }

  describe() {
    return this.detail ?? text(this.key, { status: this.status });
  }
}

export function get(path, signal) {
  return send(path, { signal });
}

export function post(path, body, signal) {
  return send(path, { method: "POST", body: JSON.stringify(body), signal });
}

async function send(path, options) {
  const headers = { Accept: "application/json", "Accept-Language": language() };
  if (options.body) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(API + path, { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ key: "error.network", retryable: true });
  }
  if (!response.ok) throw await refusal(response);
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ key: "error.unreadable", retryable: true });
  }
}

async function refusal(response) {
  const { status } = response;
  const body = await response.json().catch(() => null);
  const detail = typeof body?.detail === "string" && body.detail ? body.detail : null;
  const key = status === 503 ? "error.unavailable" : "error.status";
  return new Problem({ status, detail, key, retryable: status === 429 || status >= 500 });
}
