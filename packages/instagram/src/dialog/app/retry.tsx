import { useEffect, useState } from 'preact/hooks'
import { useDialog } from './context.ts'
import type { Problem } from './problems.ts'
import { useOnline } from './use-online.ts'

/** Tries again by hand, when the connection is back, and when the time that Instagram asked for is over. */
export function Retry ({ problem, onRetry }: { problem: Problem, onRetry: () => void }) {
  const { text } = useDialog()
  const [seconds, setSeconds] = useState(Math.ceil(problem.retryAfterSeconds ?? 0))

  useOnline(onRetry)
  useEffect(() => {
    if (seconds === 0) return
    const timer = setTimeout(() => seconds === 1 ? onRetry() : setSeconds(seconds - 1), 1000)
    return () => clearTimeout(timer)
  }, [seconds])

  return (
    <>
      <button type='button' class='primary' onClick={onRetry}>{text.tryAgain}</button>
      {seconds > 0 && <p class='small' aria-live='off'>{text.waitSeconds(seconds)}</p>}
    </>
  )
}
