/** Types of variables as the flow declares them. */
import type { VariableDeclaration } from '../../../server/engine/index.ts'

/** A declared type. */
export type VariableType = VariableDeclaration['type']
