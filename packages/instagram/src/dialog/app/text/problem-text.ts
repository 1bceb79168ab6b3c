import type { Messages, OtherProblemName, PhotoProblemName, ProblemName, ProblemText } from './messages.ts'

/** What a person is told of a problem. @param count - photos that have it */
export function problemText (text: Messages, name: ProblemName, count = 1): ProblemText {
  return isOfPhotos(text, name) ? text.photoProblems[name](count) : text.problems[name as OtherProblemName]
}

function isOfPhotos (text: Messages, name: ProblemName): name is PhotoProblemName {
  return name in text.photoProblems
}
