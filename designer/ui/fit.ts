/** How well a name fits what somebody types, for every list that is searched by typing. */

/** 3: it begins with it, 2: one of its words does, 1: it is inside, 0: it does not fit. `wish` is trimmed and in small letters. */
export function fitOf(name: string, wish: string): number {
  const known = name.toLowerCase()
  if (known.startsWith(wish)) return 3
  if (known.split(/[^\p{L}\p{N}]+/u).some(word => word.startsWith(wish))) return 2
  return known.includes(wish) ? 1 : 0
}
