import { AskFailure, answered, type Asked, type Given, readJson, type RouteKey, sessionNow, targetOf } from './ask.js';

interface Upload<Key extends RouteKey> {
  readonly asked: Omit<Asked<Key>, 'body'>;
  readonly file: Blob;
  readonly mediaType: string;
  /** Bytes that have gone so far, of all. */
  readonly onProgress: (share: { readonly sent: number; readonly of: number }) => void;
}

/**
 * Sends a file as it lies on the disk and tells how far it has got, which `fetch` cannot. Throws `AskFailure`, or an
 * `AbortError` when the signal of `asked` says so.
 */
export const upload = <Key extends RouteKey>(key: Key, { asked, file, mediaType, onProgress }: Upload<Key>) =>
  new Promise<Given<Key>>((resolve, reject) => {
    const { signal, idempotencyKey } = asked as { readonly signal?: AbortSignal; readonly idempotencyKey?: string };
    const { method, url } = targetOf(key, asked as Parameters<typeof targetOf>[1]);
    const session = sessionNow();
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader('accept', 'application/json, application/problem+json');
    request.setRequestHeader('content-type', mediaType);
    request.setRequestHeader('sluice-request', '1');
    if (idempotencyKey !== undefined) request.setRequestHeader('idempotency-key', idempotencyKey);
    request.upload.onprogress = ({ loaded, total }) => onProgress({ sent: loaded, of: total });
    request.onload = () => {
      answered(new Response(request.responseText, { status: request.status }), session)
        .then(async (answer) => resolve((await readJson(answer)) as Given<Key>))
        .catch(reject);
    };
    request.onerror = () => reject(new AskFailure({ code: 'unreachable' }));
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
