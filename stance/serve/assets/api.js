/** Requests to the service, and its problems in words for people. */

export class Trouble extends Error {
  constructor(message, status) { super(message); this.status = status; }
}

const KEY = "stance-key";
export const keepKey = (key) => sessionStorage.setItem(KEY, key);

export async function ask(path, { body = null, accept = "application/json", signal = null } = {}) {
  const headers = { Accept: accept };
  const key = sessionStorage.getItem(KEY);
  if (key) { headers.Authorization = `Bearer ${key}`; }
  if (body !== null) { headers["Content-Type"] = "application/json"; }
  const request = { method: body === null ? "GET" : "POST", headers, signal, body: body === null ? null : JSON.stringify(body) };
  let response;
  for (let attempt = 0; ; attempt += 1) {
    try { response = await fetch(path, request); }
    catch (error) {
      if (error.name === "AbortError") { throw error; }
      throw new Trouble("The service does not answer. Is it still running? Your text is still here; try again in a moment.", 0);
    }
    if (response.status !== 429 || attempt === 3) { break; }
    await new Promise((done) => { setTimeout(done, 1000 * Number(response.headers.get("Retry-After") || 1)); });
  }
  if (!response.ok) { throw new Trouble(await told(response), response.status); }
  return accept === "application/json" ? response.json() : response.text();
}

async function told(response) {
  try { return (await response.json()).detail; }
  catch { return `The service answered with status ${response.status}. Try again in a moment.`; }
}
