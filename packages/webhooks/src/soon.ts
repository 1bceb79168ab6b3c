/** What is there at once or comes later. A store in memory answers at once, and is not waited for. */
export type Soon<Value> = Value | PromiseLike<Value>

/** Whether one has to wait for it. */
export function isLater<Value> (value: Soon<Value>): value is PromiseLike<Value> {
  return typeof (value as Partial<PromiseLike<Value>> | undefined)?.then === 'function'
}

/** Goes on with a value, at once if it is there. */
export function andThen<Value, Next> (value: Soon<Value>, next: (value: Value) => Soon<Next>): Soon<Next> {
  return isLater(value) ? Promise.resolve(value).then(next) : next(value)
}
