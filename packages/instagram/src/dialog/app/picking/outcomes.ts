import type { DialogPayload } from '../../../domain/file-blob.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import { problemOf, remedyOf, type Problem } from '../problems.ts'

/** What became of one photo. */
export type Outcome = { file: DialogPayload } | Failure
export interface Failure { error: unknown, item: MediaListItem }

export function filesOf (outcomes: readonly Outcome[]): DialogPayload[] {
  return outcomes.flatMap(outcome => 'file' in outcome ? [outcome.file] : [])
}

export function failuresOf (outcomes: readonly Outcome[]): Failure[] {
  return outcomes.filter(outcome => 'error' in outcome)
}

/** The problem to tell of, and how many photos have it: one that can be mended goes before one that takes another photo. */
export function mainProblem (failures: readonly Failure[]): { problem: Problem, count: number } {
  const problems = failures.map(({ error }) => problemOf(error))
  const problem = problems.find(problem => remedyOf(problem) !== 'chooseOther') ?? problems[0] ?? { name: 'unknown' }
  return { problem, count: problems.filter(({ name }) => name === problem.name).length }
}
