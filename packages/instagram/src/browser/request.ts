import { PickerError, type PickerErrorCode } from './errors.ts'
import type { RequestOptions } from './types.ts'

/** Error numbers of a call by the status of the refusal; `other` for the rest and when there is no answer. */
export type CodesByStatus = Partial<Record<400 | 403 | 404, PickerErrorCode>> & { other: PickerErrorCode, unreachable?: PickerErrorCode }

export interface Call {
  method: 'GET' | 'POST'
  address: string
  body?: string | FormData | URLSearchParams | Blob
  headers?: Record<string, string>
  withCredentials?: boolean
  codes: CodesByStatus
}

/** Share of the progress that an upload gets; the rest is the answer. */
const UPLOAD_PERCENT = 95

/**
 * One call of the server. It goes by XMLHttpRequest, the only way to hear how far an upload is.
 *
 * @throws {PickerError} by the call's table of codes
 */
export function request ({ method, address, body, headers = {}, withCredentials = false, codes }: Call, { signal, onProgress }: Pick<RequestOptions, 'signal' | 'onProgress'>): Promise<string> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const xhr = new XMLHttpRequest()
    const abort = (): void => {
      xhr.abort()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
    xhr.open(method, address)
    xhr.withCredentials = withCredentials
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
    xhr.upload.onprogress = event => { if (event.lengthComputable) onProgress?.(Math.round(event.loaded * UPLOAD_PERCENT / event.total)) }
    xhr.onloadend = () => {
      signal?.removeEventListener('abort', abort)
      if (signal?.aborted === true) return
      if (xhr.status < 200 || xhr.status >= 300) return reject(errorOf(xhr, codes))
      onProgress?.(100)
      resolve(xhr.responseText)
    }
    xhr.send(body ?? null)
  })
}

/** @throws {PickerError} also when the answer is not JSON, which is what the code for the rest is for */
export async function requestJson<Answer> (call: Call, options: Pick<RequestOptions, 'signal' | 'onProgress'>): Promise<Answer> {
  const text = await request(call, options)
  try {
    return JSON.parse(text) as Answer
  } catch {
    throw new PickerError(call.codes.other, { status: 200 })
  }
}

function errorOf (xhr: XMLHttpRequest, codes: CodesByStatus): PickerError {
  const { status } = xhr
  if (status === 0) return new PickerError(codes.unreachable ?? codes.other)
  const code = status === 400 || status === 403 || status === 404 ? codes[status] : undefined
  return new PickerError(code ?? codes.other, { status, reason: reasonOf(xhr.responseText) })
}

function reasonOf (text: string): string | undefined {
  try {
    return (JSON.parse(text) as { code?: string }).code
  } catch {
    return undefined
  }
}
