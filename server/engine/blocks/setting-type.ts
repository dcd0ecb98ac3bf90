/**
 * The makers of settings. Types and JSON are those of TypeBox; its own makers bring a whole language of types along, which every page
 * that shows a block would have to load.
 */
import type * as TypeBox from 'typebox'

type Makers = Pick<typeof TypeBox, 'Array' | 'Boolean' | 'Enum' | 'Integer' | 'Literal' | 'Number' | 'Object' | 'Optional' | 'Record' | 'String' | 'Union'>
type Schema = Readonly<Record<string, unknown>>

/** Settings that may be left out; the object they stand in does not require them. */
const optional = new WeakSet<Schema>()

const makers = {
  Array: (items: Schema, options?: Schema): Schema => ({ type: 'array', items, ...options }),
  Boolean: (options?: Schema): Schema => ({ type: 'boolean', ...options }),
  Enum: (values: readonly unknown[], options?: Schema): Schema => ({ enum: values, ...options }),
  Integer: (options?: Schema): Schema => ({ type: 'integer', ...options }),
  Literal: (value: string | number | boolean, options?: Schema): Schema => ({ type: typeof value, const: value, ...options }),
  Number: (options?: Schema): Schema => ({ type: 'number', ...options }),
  Object(properties: Readonly<Record<string, Schema>>, options?: Schema): Schema {
    const required = Object.keys(properties).filter(key => !optional.has(properties[key] ?? {}))
    return { type: 'object', ...(required.length > 0 ? { required } : {}), properties, ...options }
  },
  Optional(schema: Schema): Schema {
    const copy = { ...schema }
    optional.add(copy)
    return copy
  },
  Record: (key: { readonly pattern?: string }, value: Schema, options?: Schema): Schema => ({
    type: 'object',
    patternProperties: { [key.pattern ?? '^.*$']: value },
    ...options,
  }),
  String: (options?: Schema): Schema => ({ type: 'string', ...options }),
  Union: (anyOf: readonly Schema[], options?: Schema): Schema => ({ anyOf, ...options }),
}

/** TypeBox by another hand: the types are only read by the compiler, so nothing of what they promise beyond JSON has to be there. */
export const Type = makers as unknown as Makers
