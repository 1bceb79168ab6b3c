import { rotated, sameSecrets, type ActiveEndpoint, type OpenSecret } from './active-endpoint.ts'
import { checkWhole, entriesOf, mergeInput, parseEntryId, parseEvents, parseSecrets, parseSettings, parseUrl, type DisabledReason, type EndpointEntry, type EndpointInput, type EndpointRecord } from './endpoint.ts'
import { SenderError } from './errors.ts'
import { cameSecond, onNewest } from './newest.ts'
import { generateSecret, type SecretBox } from './secret-box.ts'
import type { DeliveryStore } from './stores/delivery-store.ts'
import type { Guard } from './transport/guard.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const LONGEST_OVERLAP_MS = 3_650 * DAY_MS

/** What `endpoints.add` answers. */
export interface AddedEndpoint {
  id: string
  url: string
  entries: EndpointEntry[]
  /** The newest signing secret, for the receiver. */
  secret: string
}

export interface RotateOptions {
  /** Generated when absent. */
  secret?: string | undefined
  /** How long the earlier secrets go on signing beside the new one, in milliseconds, at most ten years. @defaultValue 24 hours */
  overlapMs?: number | undefined
}

export interface EndpointRegistryOptions {
  store: DeliveryStore
  guard: Guard
  /** Absent: secrets live in memory only, and only declared endpoints can have them. */
  box: SecretBox | undefined
  now: () => number
  newId: () => string
  /** Called after every change of an endpoint, `undefined` when it is removed. */
  onChange: (endpointId: string, record: EndpointRecord | undefined) => void
}

/** The endpoints: kept in memory, written through to the store, edited while the sender runs. */
export class EndpointRegistry {
  readonly #options: EndpointRegistryOptions
  readonly #active = new Map<string, ActiveEndpoint>()
  readonly #byAction = new Map<string, string[]>()

  constructor (options: EndpointRegistryOptions) {
    this.#options = options
  }

  /** Reads what is stored, leaving alone what has not changed. */
  async load (): Promise<void> {
    const records = await this.#options.store.endpoints()
    const stored = new Set(records.map(({ id }) => id))
    for (const id of this.#active.keys()) {
      if (!stored.has(id)) this.#forget(id)
    }
    for (const record of records) {
      const known = this.#active.get(record.id)
      if (known && JSON.stringify(known.record) === JSON.stringify(record)) continue
      await this.#read(record, known?.secrets ?? [])
    }
  }

  /** Makes the stored endpoints agree with those in the options: added, changed, or disabled because they are gone from there. */
  async declare (inputs: readonly EndpointInput[]): Promise<void> {
    const declared = new Set<string>()
    for (const input of inputs) declared.add((await this.#put(input, true)).record.id)
    for (const { record } of [...this.#active.values()]) {
      if (record.isDeclared && record.isEnabled && !declared.has(record.id)) await this.disable(record.id, 'undeclared')
    }
  }

  /**
   * Adds an endpoint, or, when its url is known, the events and settings given. Adding the same twice changes nothing.
   *
   * @throws {SenderError} SENDER_ENDPOINT_INVALID, SENDER_ADDRESS_REFUSED, SENDER_SECRETS_REQUIRED
   */
  async add (input: EndpointInput): Promise<AddedEndpoint> {
    const { record, secrets } = await this.#put(input, false)
    return { id: record.id, url: record.url, entries: entriesOf(record), secret: secrets[0]?.secret ?? '' }
  }

  /** All entries, one per url and event type. */
  async list (): Promise<EndpointEntry[]> {
    return [...this.#active.values()].flatMap(({ record }) => entriesOf(record))
  }

  /** The endpoint behind an id of its own or of one of its entries, without its secrets. */
  async get (id: string): Promise<Omit<EndpointRecord, 'secrets'>> {
    const { secrets: _, ...record } = this.find(id).record
    return record
  }

  /** Changes settings; what is not given stays. @throws {SenderError} SENDER_NOT_FOUND, SENDER_ENDPOINT_INVALID */
  async update (id: string, changes: Omit<EndpointInput, 'url' | 'secret'>): Promise<void> {
    await this.#onNewest(async () => {
      const { record, secrets } = this.find(id)
      const settings = parseSettings({ ...record, ordered: record.isOrdered, ...changes })
      const events = changes.events === undefined ? record.events : parseEvents(changes.events)
      await this.#save({ ...record, ...settings, events }, secrets)
    })
  }

  /** Removes an endpoint, or one entry of it; what was pending for a removed endpoint is cancelled. @throws {SenderError} SENDER_NOT_FOUND */
  async remove (id: string): Promise<void> {
    await this.#onNewest(async () => {
      const { event } = parseEntryId(id)
      const { record, secrets } = this.find(id)
      const events = event === undefined ? [] : record.events.filter(name => name !== event)
      if (events.length > 0) {
        await this.#save({ ...record, events }, secrets)
        return
      }
      await this.#options.store.removeEndpoint(record.id)
      this.#forget(record.id)
    })
  }

  /** Delivers again, starting with what waited. @throws {SenderError} SENDER_NOT_FOUND */
  async enable (id: string): Promise<void> {
    await this.#onNewest(async () => {
      const { record, secrets } = this.find(id)
      await this.#save({ ...record, isEnabled: true, disabledReason: undefined, failingSinceMs: undefined }, secrets)
    })
  }

  /** Sends nothing more; what is pending waits. New events are still stored for it. @throws {SenderError} SENDER_NOT_FOUND */
  async disable (id: string, reason: DisabledReason = 'manual'): Promise<void> {
    await this.#onNewest(async () => {
      const { record, secrets } = this.find(id)
      await this.#save({ ...record, isEnabled: false, disabledReason: reason }, secrets)
    })
  }

  /**
   * Puts a new secret in front. Until the overlap ends every request is signed with the old ones too.
   *
   * @returns the new secret
   * @throws {SenderError} SENDER_NOT_FOUND, SENDER_SECRETS_REQUIRED, SENDER_ENDPOINT_INVALID
   */
  async rotate (id: string, { secret = generateSecret(), overlapMs = DAY_MS }: RotateOptions = {}): Promise<string> {
    parseSecrets(secret)
    checkWhole('overlapMs', overlapMs, 0, LONGEST_OVERLAP_MS)
    await this.#onNewest(async () => {
      const { record, secrets } = this.find(id)
      this.#requireBox(record.url)
      await this.#save(record, rotated(secrets, secret, this.#options.now(), overlapMs))
    })
    return secret
  }

  /** Remembers since when an endpoint has only failed; `undefined` after a success. */
  async noteFailingSince (id: string, failingSinceMs: number | undefined): Promise<void> {
    await this.#onNewest(async () => {
      const { record, secrets } = this.find(id)
      if (record.failingSinceMs !== failingSinceMs) await this.#save({ ...record, failingSinceMs }, secrets)
    })
  }

  /** Ids of the endpoints that listen to an action. */
  matching (action: string): readonly string[] {
    const known = this.#byAction.get(action)
    if (known) return known
    const ids = [...this.#active.values()].filter(({ record }) => record.events.includes(action)).map(({ record }) => record.id)
    this.#byAction.set(action, ids)
    return ids
  }

  has (id: string): boolean {
    return this.#active.has(parseEntryId(id).endpointId)
  }

  /** @throws {SenderError} SENDER_NOT_FOUND */
  find (id: string): ActiveEndpoint {
    const found = this.#active.get(parseEntryId(id).endpointId)
    if (!found) throw new SenderError('SENDER_NOT_FOUND', `no endpoint has the id ${id}`)
    return found
  }

  async #onNewest<Value> (change: () => Promise<Value>): Promise<Value> {
    return await onNewest(change, () => this.load())
  }

  async #put (input: EndpointInput, isDeclared: boolean): Promise<ActiveEndpoint> {
    return await this.#onNewest(() => this.#tryPut(input, isDeclared))
  }

  async #tryPut (input: EndpointInput, isDeclared: boolean): Promise<ActiveEndpoint> {
    const url = parseUrl(input.url)
    const refusal = this.#options.guard.refusalOfUrl(url)
    if (refusal) throw new SenderError('SENDER_ADDRESS_REFUSED', refusal)
    const events = parseEvents(input.events)
    const given = parseSecrets(input.secret).map(secret => ({ secret }))
    const known = [...this.#active.values()].find(({ record }) => record.url === url.href)
    const secrets = given.length > 0 ? given : known && known.secrets.length > 0 ? known.secrets : [{ secret: generateSecret() }]
    if (!isDeclared || given.length === 0) this.#requireBox(url.href)
    const record: EndpointRecord = known
      ? mergeInput(known.record, input, events, isDeclared)
      : { id: `ep_${this.#options.newId()}`, url: url.href, events, isEnabled: true, isDeclared, ...parseSettings(input), secrets: [], createdAtMs: this.#options.now() }
    const isSame = known && JSON.stringify(known.record) === JSON.stringify(record) && sameSecrets(known.secrets, secrets)
    return isSame ? known : await this.#save(record, secrets)
  }

  async #save (record: EndpointRecord, secrets: OpenSecret[]): Promise<ActiveEndpoint> {
    const { box, store } = this.#options
    // Without a key what is sealed stays as it is: a tool that has none must not lose secrets.
    const sealed = box ? secrets.map(({ secret, endsAtMs }) => ({ sealed: box.seal(secret, record.url), endsAtMs })) : record.secrets
    const stored = { ...record, secrets: sealed }
    await store.putEndpoint(stored, this.#active.get(record.id)?.record)
    return this.#remember(stored, secrets)
  }

  #remember (record: EndpointRecord, secrets: OpenSecret[]): ActiveEndpoint {
    const active = { record, url: new URL(record.url), secrets }
    this.#active.set(record.id, active)
    this.#byAction.clear()
    // Nothing can be signed without a secret: deliveries wait until a start declares the endpoint again.
    this.#options.onChange(record.id, secrets.length > 0 ? record : undefined)
    return active
  }

  #forget (id: string): void {
    this.#active.delete(id)
    this.#byAction.clear()
    this.#options.onChange(id, undefined)
  }

  /** Takes a stored record in; secrets sealed under an older key of the host are sealed anew. */
  async #read (record: EndpointRecord, inMemory: OpenSecret[]): Promise<void> {
    const { box } = this.#options
    if (!box || record.secrets.length === 0) {
      this.#remember(record, inMemory)
      return
    }
    const opened = record.secrets.map(({ sealed, endsAtMs }) => ({ ...box.open(sealed, record.url), endsAtMs }))
    const secrets = opened.map(({ secret, endsAtMs }) => ({ secret, endsAtMs }))
    this.#remember(record, secrets)
    if (opened.every(({ isCurrent }) => isCurrent)) return
    await this.#save(record, secrets).catch(error => { if (!cameSecond(error)) throw error })
  }

  #requireBox (url: string): void {
    if (this.#options.box) return
    throw new SenderError('SENDER_SECRETS_REQUIRED',
      `no secret of ${url} can be stored: give its "secret" in the option "endpoints", or give createSender "secrets", the host's own keys that encrypt what is stored`)
  }
}
