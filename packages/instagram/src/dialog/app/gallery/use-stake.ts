import { useEffect } from 'preact/hooks'
import type { Stake } from '../closing/use-closing.ts'
import { useDialog } from '../context.ts'
import type { Picking } from '../picking/use-picking.ts'
import type { Selection } from './use-selection.ts'

/** Tells what would be lost if the dialog were closed now; `undefined` for nothing. */
export function useStake (picking: Picking, selection: Selection, onStake: (stake: Stake | undefined) => void): void {
  const { config } = useDialog()
  const stake = stakeOf(picking, selection, config.store !== undefined)
  useEffect(() => onStake(stake), [stake?.name, stake?.count, picking.state.name])
  useEffect(() => () => onStake(undefined), [])
}

function stakeOf ({ state, cancel }: Picking, { chosen }: Selection, isStored: boolean): Stake | undefined {
  if (state.name === 'picking') return { name: isStored ? 'copies' : 'choice', count: state.total, discard: cancel }
  if (state.name === 'failed') return { name: 'choice', count: state.failed.length + state.picked.length, discard: cancel }
  return chosen.size === 0 ? undefined : { name: 'choice', count: chosen.size, discard () {} }
}
