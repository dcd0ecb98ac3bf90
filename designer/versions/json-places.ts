/** Where things are in the text of a flow file: the place of a JSON Pointer, and the path at a place. */
import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'

type Node = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>

/** A stretch of the text. */
export interface Place {
  readonly from: number
  readonly to: number
}

/** The stretch that a pointer names; the nearest thing around it when it is not there. */
export function placeOf(state: EditorState, pointer: string): Place {
  const steps = pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  let node: Node | null = syntaxTree(state).topNode.firstChild
  let place: Place = { from: 0, to: Math.min(1, state.doc.length) }
  for (const step of steps) {
    const next: { readonly value: Node; readonly place: Place } | undefined = node ? childOf(state, node, step) : undefined
    if (!next) return place
    node = next.value
    place = next.place
  }
  return place
}

function childOf(state: EditorState, node: Node, step: string): { readonly value: Node; readonly place: Place } | undefined {
  if (node.name === 'Object') {
    for (let property = node.firstChild; property; property = property.nextSibling) {
      if (property.name !== 'Property' || keyOf(state, property) !== step) continue
      const value = property.lastChild
      const key = property.firstChild
      if (value && key) return { value, place: stretch(isSmall(value) ? value : key) }
    }
  }
  if (node.name === 'Array') {
    const entries = valuesOf(node)
    const value = entries[Number(step)]
    if (value) return { value, place: { from: value.from, to: isSmall(value) ? value.to : value.from + 1 } }
  }
  return undefined
}

/** Nodes answer by getters, which a copy would lose. */
function stretch({ from, to }: Node): Place {
  return { from, to }
}

/** Marking a whole object would mark half of the file. */
function isSmall(node: Node): boolean {
  return node.name !== 'Object' && node.name !== 'Array'
}

function valuesOf(array: Node): readonly Node[] {
  const values: Node[] = []
  for (let child = array.firstChild; child; child = child.nextSibling) if (!['[', ']', ',', '⚠'].includes(child.name)) values.push(child)
  return values
}

function keyOf(state: EditorState, property: Node): string | undefined {
  const name = property.firstChild
  if (name?.name !== 'PropertyName') return undefined
  try {
    const key: unknown = JSON.parse(state.sliceDoc(name.from, name.to))
    return typeof key === 'string' ? key : undefined
  } catch {
    return undefined
  }
}

/** What is being written at a place: a key of the object at `path`, or the value at `path`; `from` is where it begins. */
export interface Written {
  readonly kind: 'key' | 'value'
  readonly path: readonly string[]
  readonly from: number
}

/** What is written at `at`; undefined where nothing can be completed. */
export function writtenAt(state: EditorState, at: number): Written | undefined {
  const node = syntaxTree(state).resolveInner(at, -1)
  if (node.name === 'PropertyName') return { kind: 'key', path: pathTo(state, node.parent?.parent ?? null), from: node.from }
  if (node.name === 'Object' || node.name === '{') {
    const object = node.name === '{' ? node.parent : node
    return { kind: 'key', path: pathTo(state, object), from: at }
  }
  if (node.name === 'String' || node.name === 'True' || node.name === 'False' || node.name === 'Null' || node.name === 'Number')
    return { kind: 'value', path: pathTo(state, node), from: node.from }
  if (node.name === 'Property' || node.name === ':') {
    const property = node.name === ':' ? node.parent : node
    const key = property ? keyOf(state, property) : undefined
    if (property && key !== undefined) return { kind: 'value', path: [...pathTo(state, property.parent), key], from: at }
  }
  return undefined
}

/** The path of a value from the root. */
function pathTo(state: EditorState, node: Node | null): readonly string[] {
  const path: string[] = []
  for (let child = node, parent = node?.parent; child && parent; child = parent, parent = parent.parent) {
    if (parent.name === 'Property') {
      const key = keyOf(state, parent)
      if (key !== undefined) path.unshift(key)
    }
    if (parent.name === 'Array') {
      const { from } = child
      path.unshift(String(valuesOf(parent).findIndex(value => value.from === from)))
    }
  }
  return path
}
