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

/** Does a piece of work and ends it with one of two functions, whether it answers or fails, at once or later. */
export function finish<Value, Next> (work: () => Soon<Value>, onValue: (value: Value) => Next, onError: (error: unknown) => Next): Soon<Next> {
  let value: Soon<Value>
  try {
    value = work()
  } catch (error) {
    return onError(error)
  }
  return isLater(value) ? Promise.resolve(value).then(onValue, onError) : onValue(value)
}
