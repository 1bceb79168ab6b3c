import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { AccountBody, AnswerBody, AppBody, closed, FaultBody, oneOf, SwitchesBody } from './control/schemas.ts'
import type { StartOptions } from './emulator.ts'
import { faultsIn } from './schema-faults.ts'

/** What `--config` may contain: every option of `startInstagramEmulator` that JSON can express. */
const Config = closed({
  port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  host: Type.Optional(Type.String()),
  publicUrl: Type.Optional(Type.String()),
  https: Type.Optional(Type.Union([Type.Boolean(), closed({ key: Type.String(), cert: Type.String() })])),
  logger: Type.Optional(Type.Boolean()),
  apps: Type.Optional(Type.Array(AppBody)),
  redirectUris: AppBody.properties.redirectUris,
  accounts: Type.Optional(Type.Array(AccountBody)),
  answer: Type.Optional(AnswerBody.properties.answer),
  switches: Type.Optional(SwitchesBody),
  faults: Type.Optional(Type.Array(FaultBody)),
  cdnLinkLifeMs: Type.Optional(Type.Integer({ minimum: 1 })),
  callBudget: Type.Optional(Type.Integer({ minimum: 1 })),
  containerDelayMs: Type.Optional(Type.Integer({ minimum: 0 })),
  addresses: oneOf('own', 'instagram'),
  photoCache: Type.Optional(Type.String()),
  secret: Type.Optional(Type.String())
})
const faultsOf = faultsIn(Config)

/**
 * The options in a JSON file.
 *
 * @throws {Error} naming the file and every option in it that does not exist or has a wrong value
 */
export async function readConfig (file: string): Promise<StartOptions> {
  const config = parse(file, await readFile(file, 'utf8'))
  const faults = faultsOf(config)
  if (faults.length > 0) throw new Error(faults.map(fault => `${file}:${fault}`).join('\n'))
  return config as StartOptions
}

function parse (file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`, { cause: error })
  }
}
