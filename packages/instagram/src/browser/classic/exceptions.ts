import { PickerError } from '../errors.ts'

/** Thrown for wrong use of the API, before anything is sent. */
export class FilepickerException extends Error {
  override readonly name = 'FilepickerException'
  readonly text: string

  constructor (text: string) {
    super(text)
    this.text = text
  }

  override toString (): string {
    return `FilepickerException: ${this.text}`
  }
}

/** What `onError` gets. */
export class FPError {
  readonly code: number
  readonly message: string

  constructor (code: number, message = new PickerError(code as PickerError['code']).message) {
    this.code = code
    this.message = message
  }

  toString (): string {
    return `FPError ${this.code}: ${this.message}`
  }
}
